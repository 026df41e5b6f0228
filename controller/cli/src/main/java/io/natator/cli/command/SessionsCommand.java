package io.natator.cli.command;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.output.Words;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.ListSessionsResponse;
import io.natator.v1.Session;
import io.natator.v1.WatchSessionsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code natator sessions}. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = "Shows sessions of software switches: who talks to whom, as which outside address and port.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {SessionsClearCommand.class, SessionsTopCommand.class, SessionsUseCommand.class},
        footer = {
            "",
            "All conditions that are given must hold. At most 10,000 sessions can be watched. Who had an",
            "address in the past: natator whois.",
            "",
            "Examples:",
            "  natator sessions",
            "  natator sessions --inside 192.168.2.0/28 --protocol tcp",
            "  natator sessions --outside 203.0.113.7:50000 --remote 198.51.100.0/24",
            "  natator sessions --translation office --sort bytes --limit 20 -o wide",
            "  natator sessions --protocol udp --watch  what comes, goes, or gets into another state",
            "  natator sessions -o json | jq -r '.[].inside' | sort | uniq -c",
            "  natator sessions top                     who has most of them",
            "  natator sessions use                     how full pools are, and what they refused",
            "  natator sessions clear --inside 192.168.2.7",
        })
public final class SessionsCommand extends ClientCommand {
    private static final int PAGE = 1000;
    private static final int MOST_SORTED = 100_000;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many; 0: all. Default ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--sort",
            paramLabel = "BY",
            description = "Most first: ${COMPLETION-CANDIDATES}. All sessions are fetched for it, 100,000 at most.")
    private Order sort;

    @Mixin
    private WatchableOutput output;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "With --watch: how often switches are asked, 500ms to 1m. 2s if left out.")
    private Duration interval;

    /** What {@code --sort} takes. */
    enum Order {
        PACKETS,
        BYTES,
        AGE;

        Comparator<Session> comparator() {
            return switch (this) {
                case PACKETS -> Comparator.comparingLong(Session::getPackets).reversed();
                case BYTES -> Comparator.comparingLong(Session::getBytes).reversed();
                case AGE -> Comparator.comparing(Session::getStartTime, Timestamps.comparator());
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    void prepare() {
        filter.prepare(this);
        if (limit < 0) {
            throw usage("--limit: 0 or more");
        }
        if (output.watch && sort != null) {
            throw usage("--sort: changes come as they happen; leave out --sort or --watch");
        }
        if (interval != null && !output.watch) {
            throw usage("--interval: of --watch only");
        }
    }

    @Override
    int run(Client client) {
        if (output.watch) {
            return new SessionWatching(context(), output.json()).run(client, watchRequest());
        }
        int wanted = limit == 0 ? Integer.MAX_VALUE : limit;
        Found found = fetch(client, sort == null ? wanted : MOST_SORTED);
        List<Session> sessions = found.sessions();
        if (sort != null) {
            sessions.sort(sort.comparator());
            sessions = sessions.subList(0, Math.min(wanted, sessions.size()));
        }
        new Listing(terminal(), context().clock().instant(), output.format())
                .print("sessions", SessionText::name, SessionText.live(), sessions);
        if (found.more()) {
            terminal()
                    .err()
                    .println("there are more than "
                            + (sort == null
                                    ? Words.number(limit) + ": --limit 0 shows all"
                                    : Words.number(MOST_SORTED) + ", of which these are sorted: give conditions"));
        }
        SessionText.unreachable(terminal(), found.unreachable());
        return ExitCode.OK;
    }

    private WatchSessionsRequest watchRequest() {
        var request = WatchSessionsRequest.newBuilder().setFilter(filter.filter());
        if (interval != null) {
            request.setInterval(Durations.fromNanos(interval.toNanos()));
        }
        return request.build();
    }

    /** @param more true if there are others beside these */
    private record Found(List<Session> sessions, List<String> unreachable, boolean more) {}

    private Found fetch(Client client, int most) {
        List<Session> sessions = new ArrayList<>();
        Set<String> unreachable = new LinkedHashSet<>();
        ListSessionsRequest request =
                ListSessionsRequest.newBuilder().setFilter(filter.filter()).build();
        boolean more;
        do {
            ListSessionsResponse page = client.sessions()
                    .listSessions(request.toBuilder()
                            .setPageSize(Math.min(PAGE, most - sessions.size()))
                            .build());
            sessions.addAll(page.getSessionsList());
            unreachable.addAll(page.getUnreachableList());
            more = !page.getNextPageToken().isEmpty();
            request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
        } while (more && sessions.size() < most);
        return new Found(sessions, List.copyOf(unreachable), more);
    }
}
