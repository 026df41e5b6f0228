package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Compilation;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Outcome;
import io.natator.model.intent.Device;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Arp;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.packet.Packet.Nd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/** A real Open vSwitch does with the rules what the evaluator says. */
class TraceIT {
    private static final int SCENARIOS = 6;
    private static final int PACKETS = 20;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final Pattern FINAL = Pattern.compile("Final flow: (.*)");
    private static final Pattern OUTPUT = Pattern.compile("output:(\\d+)");

    /** What a device is like. */
    private record Kind(Set<Feature> features, int tables, int hostBits) {}

    private static final List<Kind> KINDS =
            List.of(new Kind(Fixtures.OVS, 254, 0), new Kind(Fixtures.HARDWARE, 4, 2), new Kind(Fixtures.OVS, 1, 0));

    @Test
    void openVSwitchDoesWhatTheEvaluatorSays() {
        int traced = 0;
        try (Tracer tracer = new Tracer(Scenario.UNCONFIGURED_PORT)) {
            for (long seed : seeds()) {
                for (Device.Mode mode : Device.Mode.values()) {
                    traced += check(tracer, KINDS.get((int) (seed % KINDS.size())), mode, seed);
                }
            }
        }
        System.out.println(traced + " packets traced");
        assertThat(traced).isGreaterThan(SCENARIOS * PACKETS);
    }

    private static long[] seeds() {
        LongStream seeds = Seeds.some().limit(SCENARIOS);
        return seeds.toArray();
    }

    private static int check(Tracer tracer, Kind kind, Device.Mode mode, long seed) {
        Scenario scenario = new Scenario(seed, mode, kind.hostBits);
        Capabilities capabilities = scenario.capabilities(kind.features, kind.tables, Integer.MAX_VALUE);
        Compilation compilation =
                new NatCompiler().compile(scenario.device, capabilities, scenario.translations, scenario.nextHops);
        if (compilation.placements().values().stream()
                .anyMatch(p -> !p.degraded().isEmpty())) {
            return 0;
        }
        tracer.load(compilation.rules());
        Evaluator evaluator = new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops);
        int traced = 0;
        for (int i = 0; i < PACKETS; i++) {
            Arrival arrival = scenario.arrival(capabilities);
            if (arrival.packet() instanceof Ip ip && (ip.protocol() == ICMP || ip.protocol() == ICMPV6)) {
                continue; // would be given with types and codes that these packets have not
            }
            Outcome outcome = evaluator.evaluate(arrival);
            if (outcome instanceof Outcome.Controlled c
                    && c.cause() == Outcome.Cause.TTL_EXCEEDED
                    && !kind.features.contains(Feature.MATCH_TTL)) {
                continue; // dropped when the TTL is decremented, if it comes so far
            }
            String trace = tracer.trace(flow(arrival.inPort(), arrival.packet()));
            assertThat(said(arrival, trace))
                    .as("seed %d\n%s\n%s\n%s", seed, scenario, arrival, trace)
                    .isEqualTo(expected(kind, arrival, outcome));
            traced++;
        }
        return traced;
    }

    /** Where a packet goes, and its fields there; empty if it ends. */
    private static List<Object> expected(Kind kind, Arrival arrival, Outcome outcome) {
        Packet before = arrival.packet();
        return switch (outcome) {
            case Outcome.Sent sent -> List.of(Integer.toString(sent.port()), fields(arrival.inPort(), sent.packet()));
            case Outcome.Copied copied -> throw new IllegalStateException("nobody serves here: " + copied);
            case Outcome.Normal normal -> List.of("NORMAL", fields(arrival.inPort(), normal.packet()));
            case Outcome.Answered a
            when kind.features.contains(Feature.MOVE) ->
                List.of(Integer.toString(arrival.inPort()), fields(arrival.inPort(), a.reply()));
            case Outcome.Answered a -> List.of("CONTROLLER", fields(arrival.inPort(), before));
            case Outcome.Controlled c -> List.of("CONTROLLER", fields(arrival.inPort(), c.packet()));
            case Outcome.Dropped d -> List.of();
            case Outcome.NotOurs n -> List.of();
        };
    }

    private static List<Object> said(Arrival arrival, String trace) {
        List<String> outputs = new ArrayList<>();
        for (String line : trace.lines().map(String::strip).toList()) {
            Matcher output = OUTPUT.matcher(line);
            if (output.matches()) {
                outputs.add(output.group(1));
            } else if (line.equals("IN_PORT")) {
                outputs.add(Integer.toString(arrival.inPort()));
            } else if (line.equals("NORMAL")) {
                outputs.add(line);
            } else if (line.startsWith("CONTROLLER")) {
                outputs.add("CONTROLLER");
            } else if (line.contains("skipping output to input port") && !outputs.isEmpty()) {
                outputs.removeLast();
            }
        }
        if (outputs.isEmpty()) {
            return List.of();
        }
        assertThat(outputs).as(trace).hasSize(1);
        Map<String, String> fields = fields(arrival.inPort(), arrival.packet());
        Matcher last = FINAL.matcher(trace);
        if (last.find() && !last.group(1).equals("unchanged")) {
            parse(last.group(1)).forEach((k, v) -> fields.computeIfPresent(k, (key, old) -> v));
        }
        return List.of(outputs.getFirst(), fields);
    }

    private static Map<String, String> fields(int inPort, Packet packet) {
        return parse(flow(inPort, packet));
    }

    private static Map<String, String> parse(String flow) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : flow.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                String value = field.substring(equals + 1);
                boolean ipv6 = value.contains("::") || value.split(":", -1).length == 8;
                // A solicitation's type is printed under another name than it is read.
                fields.put(
                        field.substring(0, equals).replace("icmpv6_", "icmp_"),
                        ipv6 ? IpAddress.valueOf(value).toString() : value);
            }
        }
        return fields;
    }

    private static String flow(int inPort, Packet packet) {
        String ethernet = ",in_port=" + inPort + ",dl_src=" + packet.ethSrc() + ",dl_dst=" + packet.ethDst();
        String flow = switch (packet) {
            case Arp a ->
                "arp" + ethernet + ",arp_op=" + a.op() + ",arp_spa=" + a.spa() + ",arp_tpa=" + a.tpa() + ",arp_sha="
                        + a.sha() + ",arp_tha=" + a.tha();
            case Ip i ->
                (i.src().isIp4() ? "ip" : "ipv6") + ethernet + addresses(i) + ",nw_proto=" + i.protocol() + ",nw_ttl="
                        + i.ttl();
            case Nd n ->
                "icmp6" + ethernet + ",ipv6_src=" + n.src() + ",ipv6_dst=" + n.dst() + ",nw_ttl=255,icmpv6_type="
                        + n.type() + ",icmpv6_code=0,nd_target=" + n.target();
        };
        return flow.toLowerCase(Locale.ROOT);
    }

    private static String addresses(Ip ip) {
        String prefix = ip.src().isIp4() ? "nw_" : "ipv6_";
        return "," + prefix + "src=" + ip.src() + "," + prefix + "dst=" + ip.dst();
    }
}
