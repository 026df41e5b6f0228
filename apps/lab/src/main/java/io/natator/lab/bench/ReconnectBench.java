package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent.Synced;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A switch comes back: with its rules still there, or with none. */
final class ReconnectBench implements Bench {
    private static final double TARGET = 0.5;
    private static final long DATAPATH = 1;
    private static final String BRIDGE = "s1";
    private static final String NOBODY = "tcp:127.0.0.1:1";

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
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        List<Rule> rules = Blocks.compile(Blocks.translations(1, 17)).rules();
        try (Testbed testbed = Testbed.start(List.of())) {
            testbed.switches().devices(List.of(Blocks.device(DATAPATH)));
            testbed.ovs().addBridge(BRIDGE, DATAPATH);
            testbed.ovs().setController(BRIDGE, testbed.target());
            Testbed.InSync _ = testbed.awaitSync(DATAPATH, testbed.desire(DATAPATH, rules));

            Parts there = new Parts();
            Parts gone = new Parts();
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> rulesThere(testbed, rules.size(), there)),
                    new Contender("full reinstall", () -> rulesGone(testbed, rules.size(), gone)));
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            double natator = Contest.median(Contender.NATATOR, samples);
            Map<String, Double> others = Contest.others(contenders, samples);
            Map<String, Object> further = new LinkedHashMap<>();
            further.put("rules", rules.size());
            further.put("handshake_s", Parts.median(there.handshake()));
            further.put("handshake_reinstall_s", Parts.median(gone.handshake()));
            further.put("after_handshake_s", Parts.median(there.reconcile()));
            further.put("after_handshake_reinstall_s", Parts.median(gone.reconcile()));
            further.put("after_handshake_ratio", Parts.median(there.reconcile()) / Parts.median(gone.reconcile()));
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
    }

    private static double rulesThere(Testbed testbed, int rules, Parts parts) {
        disconnect(testbed);
        return connect(testbed, new Synced(DATAPATH, 0, 0, rules, 0, List.of()), parts);
    }

    private static double rulesGone(Testbed testbed, int rules, Parts parts) {
        disconnect(testbed);
        String _ = testbed.ovs().ofctl("del-flows", BRIDGE);
        testbed.checkFlows(BRIDGE, 0);
        testbed.settle();
        return connect(testbed, new Synced(DATAPATH, 0, rules, 0, 0, Map.of("", rules), List.of()), parts);
    }

    /** A bridge that loses its last controller flushes its flows, so it gets one that is never there. */
    private static void disconnect(Testbed testbed) {
        testbed.ovs().setController(BRIDGE, NOBODY);
        testbed.awaitDisconnected(1);
        testbed.settle();
    }

    /** From the TCP connection until in sync, in seconds. */
    private static double connect(Testbed testbed, Synced expected, Parts parts) {
        long start = testbed.firstConnection(() -> testbed.ovs().setController(BRIDGE, testbed.target()));
        long connected = testbed.awaitConnected(DATAPATH);
        Testbed.InSync inSync = testbed.awaitNextSync(DATAPATH);
        parts.handshake().add((connected - start) / 1e9);
        parts.reconcile().add((inSync.at() - connected) / 1e9);
        Synced got = inSync.synced();
        if (got.added() != expected.added()
                || got.kept() != expected.kept()
                || got.removed() != expected.removed()
                || got.restored() != expected.restored()) {
            throw new LabException("expected " + expected + ", but got " + got);
        }
        testbed.checkFlows(BRIDGE, (long) got.added() + got.kept());
        testbed.settle();
        return (inSync.at() - start) / 1e9;
    }
}
