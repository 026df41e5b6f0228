package io.natator.softswitch.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.softswitch.agent.Agent;
import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.text.InstructionText;
import io.natator.softswitch.text.MatchText;
import io.natator.softswitch.trace.Arrival;
import io.natator.softswitch.trace.PacketText;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Answers commands about a running switch: {@code [json] dump-flows [TABLE]}, {@code [json] dump-flows-no-stats [TABLE]},
 * {@code [json] dump-ports}, {@code [json] dump-counters}, {@code [json] show}, {@code [json] dump-sessions [PREFIX]},
 * {@code [json] dump-pools}, {@code dump-cache}, {@code trace PACKET},
 * {@code set-controller [ENDPOINT...]}.
 * The first line out is {@code ok}, or {@code error} and what is wrong. May be called by any thread but the datapath's.
 */
public final class Inspector {
    private static final long PATIENCE_SECONDS = 5;
    private static final int PAGE = 1000;
    private static final int MOST_SESSIONS = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SwitchConfig config;
    private final Datapath datapath;
    private final Agent agent;

    public Inspector(SwitchConfig config, Datapath datapath, Agent agent) {
        this.config = config;
        this.datapath = datapath;
        this.agent = agent;
    }

    /** Something cannot be answered; the message is for people. */
    private static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswered(String message) {
            super(message);
        }
    }

    void answer(String line, Writer out) throws IOException {
        boolean json = line.startsWith("json ");
        String[] words = line.substring(json ? 5 : 0).strip().split(" ", 2);
        try {
            String text = command(words[0], words.length > 1 ? words[1].strip() : "", json);
            out.write("ok\n" + text + "\n");
        } catch (Unanswered e) {
            out.write("error " + e.getMessage() + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String command(String command, String argument, boolean json)
            throws Unanswered, InterruptedException, IOException {
        return switch (command) {
            case "dump-flows" -> flows(table(argument), true, json);
            case "dump-flows-no-stats" -> flows(table(argument), false, json);
            case "dump-ports" -> ports(json);
            case "dump-counters" -> counters(json);
            case "show" -> show(json);
            case "dump-cache" ->
                lines(ask(new Request.DumpCache(), Reply.Text.class).lines());
            case "dump-sessions" -> sessions(argument, json);
            case "dump-pools" -> pools(json);
            case "trace" -> trace(argument);
            case "set-controller" -> setControllers(argument);
            default -> throw new Unanswered("no command " + command);
        };
    }

    private static int table(String argument) throws Unanswered {
        if (argument.isEmpty()) {
            return Ports.TABLE_ALL;
        }
        if (!argument.matches("[0-9]{1,3}") || Integer.parseInt(argument) >= Ports.TABLE_ALL) {
            throw new Unanswered("no table " + argument);
        }
        return Integer.parseInt(argument);
    }

    private String flows(int table, boolean counts, boolean json) throws Unanswered, InterruptedException, IOException {
        Request.Filter all = new Request.Filter(table, Ports.ANY, Ports.GROUP_ANY, 0, 0, Match.ANY);
        BlockingQueue<Reply> replies = send(new Request.FlowStats(all));
        List<Reply.Flow> flows = new ArrayList<>();
        boolean more = true;
        while (more) {
            Reply.Flows part = next(replies, Reply.Flows.class);
            flows.addAll(part.flows());
            more = !part.last();
        }
        flows.sort(FlowText.ORDER);
        return json
                ? JSON.writeValueAsString(flows.stream().map(Inspector::json).toList())
                : flows.stream().map(flow -> " " + FlowText.of(flow, counts)).collect(Collectors.joining("\n"));
    }

    private static Map<String, Object> json(Reply.Flow flow) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("table", flow.table());
        all.put("priority", flow.priority());
        all.put("cookie", "0x" + Long.toHexString(flow.cookie()));
        all.put("match", MatchText.of(flow.match()));
        all.put("actions", InstructionText.of(flow.instructions()));
        all.put("packets", flow.packets());
        all.put("bytes", flow.bytes());
        all.put("duration_seconds", flow.ageNanos() / 1e9);
        all.put("idle_timeout", flow.idleTimeout());
        all.put("hard_timeout", flow.hardTimeout());
        return all;
    }

    private String ports(boolean json) throws Unanswered, InterruptedException, IOException {
        Map<Integer, String> names = datapath.ports().stream()
                .collect(Collectors.toMap(Event.PortDescription::port, Event.PortDescription::name));
        config.ports().forEach(port -> names.putIfAbsent(port.number(), port.device()));
        List<Reply.Port> ports =
                ask(new Request.PortStats(), Reply.PortStats.class).ports();
        return json
                ? JSON.writeValueAsString(ports.stream()
                        .map(p -> PortText.json(p, names.getOrDefault(p.port(), "")))
                        .toList())
                : ports.stream()
                        .map(p -> PortText.of(p, names.getOrDefault(p.port(), "")))
                        .collect(Collectors.joining("\n"));
    }

    private String counters(boolean json) throws Unanswered, InterruptedException, IOException {
        Map<String, Long> all = new LinkedHashMap<>();
        ask(new Request.Counters(), Reply.Counters.class).counters().forEach(c -> all.put(c.name(), c.value()));
        agent.counters().forEach((name, value) -> all.put("agent_" + name, value));
        return json
                ? JSON.writeValueAsString(all)
                : all.entrySet().stream()
                        .map(e -> "%-44s %d".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    /** Sessions of inside hosts in a prefix, or all; at most so many that nobody would read more. */
    private String sessions(String inside, boolean json) throws Unanswered, InterruptedException, IOException {
        SessionQuery query = inside.isEmpty() ? SessionQuery.ALL : SessionText.ofInside(inside);
        if (query == null) {
            throw new Unanswered("not an address or prefix: " + inside);
        }
        List<Session> all = new ArrayList<>();
        String token = "";
        do {
            Reply.Sessions page = ask(new Request.Sessions(query, token, PAGE, Instant.now()), Reply.Sessions.class);
            all.addAll(page.sessions());
            token = page.nextToken();
        } while (!token.isEmpty() && all.size() < MOST_SESSIONS);
        if (json) {
            return JSON.writeValueAsString(all.stream().map(SessionText::json).toList());
        }
        List<String> lines = new ArrayList<>(all.stream().map(SessionText::of).toList());
        if (!token.isEmpty()) {
            lines.add("and more");
        }
        return lines(lines);
    }

    private String pools(boolean json) throws Unanswered, InterruptedException, IOException {
        List<PoolUse> pools = ask(new Request.PoolsUse(), Reply.Pools.class).pools();
        return json
                ? JSON.writeValueAsString(pools.stream().map(SessionText::json).toList())
                : lines(pools.stream().flatMap(p -> SessionText.of(p).stream()).toList());
    }

    private String show(boolean json) throws IOException {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("datapath_id", "%016x".formatted(config.datapathId()));
            all.put("profile", datapath.profile().name());
            all.put("tables", datapath.profile().tables());
            all.put("capacity", datapath.profile().capacity());
            all.put("ports", datapath.ports());
            all.put("controllers", agent.controllers());
            return JSON.writeValueAsString(all);
        }
        List<String> lines = new ArrayList<>();
        lines.add("datapath %016x, profile %s: %d tables of %d rules, fail mode %s"
                .formatted(
                        config.datapathId(),
                        datapath.profile().name(),
                        datapath.profile().tables(),
                        datapath.profile().capacity(),
                        config.failMode().name().toLowerCase(Locale.ROOT)));
        datapath.ports().forEach(port -> lines.add(" " + PortText.of(port)));
        agent.controllers()
                .forEach(c -> lines.add(" controller %s: %s"
                        .formatted(
                                c.endpoint(),
                                c.connected()
                                        ? "connected, " + c.role()
                                        : "not connected" + (c.failure().isEmpty() ? "" : ", " + c.failure()))));
        return lines(lines);
    }

    private String setControllers(String endpoints) throws Unanswered {
        try {
            agent.setControllers(Splitter.on(' ')
                    .omitEmptyStrings()
                    .splitToStream(endpoints)
                    .map(Endpoint::parse)
                    .toList());
            return "";
        } catch (IllegalArgumentException e) {
            throw new Unanswered(e.getMessage());
        }
    }

    private String trace(String packet) throws Unanswered, InterruptedException {
        Arrival arrival;
        try {
            arrival = PacketText.read(packet);
        } catch (IllegalArgumentException e) {
            throw new Unanswered(e.getMessage());
        }
        return lines(ask(new Request.Trace(arrival.inPort(), arrival.frame()), Reply.Trace.class)
                .lines());
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private <T extends Reply> T ask(Request request, Class<T> type) throws Unanswered, InterruptedException {
        return next(send(request), type);
    }

    private BlockingQueue<Reply> send(Request request) throws Unanswered {
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        if (!datapath.ask(request, replies::add)) {
            throw new Unanswered("the switch is busy: try again");
        }
        return replies;
    }

    private static <T extends Reply> T next(BlockingQueue<Reply> replies, Class<T> type)
            throws Unanswered, InterruptedException {
        Reply reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!type.isInstance(reply)) {
            throw new Unanswered(
                    reply instanceof Reply.Done(List<Reply.Refused> refused) && !refused.isEmpty()
                            ? refused.getFirst().refusal().text()
                            : "the switch does not answer");
        }
        return type.cast(reply);
    }
}
