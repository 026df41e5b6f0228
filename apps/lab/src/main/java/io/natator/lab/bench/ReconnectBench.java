package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Wait;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent.Synced;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A switch comes back: with its rules still there, or with none. Before both it is left alone for as long, so that nothing that
 * was done to its flows keeps its main loop awake; both are measured while it carries packets, and while it is idle.
 */
final class ReconnectBench implements Bench {
    private static final double TARGET = 0.5;
    private static final long DATAPATH = 1;
    private static final String BRIDGE = "s1";
    private static final String NOBODY = "tcp:127.0.0.1:1";
    /** Longer than any timer of an Open vSwitch that has nothing to do, but for its statistics. */
    private static final Duration IDLE = Duration.ofMillis(1200);
    /** A handshake takes some ten milliseconds, unless Open vSwitch does not look at the connection. */
    private static final double STALLED = 0.1;

    private static final String HOST = "10.9.0.2";
    private static final String NEIGHBOUR = "10.9.0.1";
    private static final String PACKETS_A_SECOND = "500";

    @Override
    public String name() {
        return "reconnect";
    }

    @Override
    public String about() {
        return "a switch with 65,536 rules reconnects, until in sync, against a full reinstall";
    }

    /** Seconds of the two parts of a reconnect, sample by sample. */
    private record Parts(List<Double> handshake, List<Double> reconcile) {
        Parts() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        /** The first sample warmed up. */
        static double median(List<Double> seconds) {
            double[] sorted = seconds.stream()
                    .skip(1)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return sorted[sorted.length / 2];
        }

        String stalled() {
            long stalled = handshake.stream().skip(1).filter(s -> s > STALLED).count();
            return stalled + " of " + (handshake.size() - 1);
        }
    }

    /** One of the contenders: what is there when the switch connects, and what it does meanwhile. */
    private record Case(String name, boolean rulesThere, boolean carries, Parts parts) {
        Case(String name, boolean rulesThere, boolean carries) {
            this(name, rulesThere, carries, new Parts());
        }
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        List<Rule> rules = Blocks.compile(Blocks.translations(1, 17)).rules();
        List<Case> cases = List.of(
                new Case(Contender.NATATOR, true, true),
                new Case("full reinstall", false, true),
                new Case("natator, idle switch", true, false),
                new Case("full reinstall, idle switch", false, false));
        try (Testbed testbed = Testbed.start(List.of())) {
            testbed.switches().devices(List.of(Blocks.device(DATAPATH)));
            testbed.ovs().addBridge(BRIDGE, DATAPATH);
            Namespace host = host(testbed);
            testbed.ovs().setController(BRIDGE, testbed.target());
            Testbed.InSync _ = testbed.awaitSync(DATAPATH, testbed.desire(DATAPATH, rules));
            List<Contender> contenders = cases.stream()
                    .map(c -> new Contender(c.name(), () -> sample(testbed, host, rules.size(), c)))
                    .toList();
            return report(rules.size(), cases, contenders, new Contest(progress).run(name(), contenders));
        }
    }

    private Report report(int rules, List<Case> cases, List<Contender> contenders, List<Contest.Measured> samples) {
        double natator = Contest.median(Contender.NATATOR, samples);
        Map<String, Double> others = Contest.others(contenders, samples);
        Map<String, Object> further = new LinkedHashMap<>();
        further.put("rules", rules);
        further.put("packets_a_second", Integer.parseInt(PACKETS_A_SECOND));
        further.put(
                "idle_ratio",
                Contest.median(cases.get(2).name(), samples)
                        / Contest.median(cases.get(3).name(), samples));
        List<String> names = List.of("", "_reinstall", "_idle", "_idle_reinstall");
        for (int i = 0; i < cases.size(); i++) {
            Parts parts = cases.get(i).parts();
            further.put("handshake" + names.get(i) + "_s", Parts.median(parts.handshake()));
            further.put("after_handshake" + names.get(i) + "_s", Parts.median(parts.reconcile()));
            further.put("stalled" + names.get(i), parts.stalled());
        }
        return new Report(
                name(),
                "s",
                natator,
                others,
                samples,
                Contest.disturbed(contenders, samples),
                "at most half the time of a full reinstall (ratio <= 0.5)",
                natator <= TARGET * others.values().iterator().next(),
                further);
    }

    /** A host at port 1 of the bridge. */
    private static Namespace host(Testbed testbed) {
        Namespace host = testbed.scratch().namespace("host");
        host.wire("eth0", testbed.namespace(), "p1");
        host.address("eth0", HOST + "/24");
        host.ip("neigh", "replace", NEIGHBOUR, "lladdr", "02:00:00:00:00:01", "dev", "eth0");
        testbed.ovs().addPort(BRIDGE, "p1", 1);
        return host;
    }

    private static double sample(Testbed testbed, Namespace host, int rules, Case c) throws Exception {
        // A bridge that loses its last controller flushes its flows, so it gets one that is never there.
        testbed.ovs().setController(BRIDGE, NOBODY);
        testbed.awaitDisconnected(1);
        if (!c.rulesThere()) {
            String _ = testbed.ovs().ofctl("del-flows", BRIDGE);
        }
        testbed.checkFlows(BRIDGE, c.rulesThere() ? rules : 0);
        testbed.settle();
        Wait.pause(IDLE);
        Pid ping = c.carries() ? ping(host) : null;
        try {
            return connect(testbed, rules, c);
        } finally {
            if (ping != null) {
                ping.kill(true);
            }
        }
    }

    private static Pid ping(Namespace host) {
        String interval = "%.4f".formatted(1 / Double.parseDouble(PACKETS_A_SECOND));
        Pid ping = host.start("ping", List.of("ping", "-q", "-n", "-i", interval, NEIGHBOUR));
        Wait.pause(Duration.ofMillis(200));
        return ping;
    }

    /** From the TCP connection until in sync, in seconds. */
    private static double connect(Testbed testbed, int rules, Case c) {
        long start = testbed.firstConnection(() -> testbed.ovs().setController(BRIDGE, testbed.target()));
        long connected = testbed.awaitConnected(DATAPATH);
        Testbed.InSync inSync = testbed.awaitNextSync(DATAPATH);
        c.parts().handshake().add((connected - start) / 1e9);
        c.parts().reconcile().add((inSync.at() - connected) / 1e9);
        Synced got = inSync.synced();
        if (got.added() != (c.rulesThere() ? 0 : rules)
                || got.kept() != (c.rulesThere() ? rules : 0)
                || got.removed() != 0
                || got.restored() != (c.rulesThere() ? 0 : rules)) {
            throw new LabException("unexpected: " + got);
        }
        testbed.checkFlows(BRIDGE, rules);
        testbed.settle();
        return (inSync.at() - start) / 1e9;
    }
}
