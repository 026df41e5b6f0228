package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.bench.SwitchContest.Bound;
import io.natator.model.rule.Rule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Rules into the software switch and into Open vSwitch, by the same controller, until the barrier is answered. */
final class SwitchFlowModsBench implements Bench {
    private static final long OURS = 1;
    private static final long THEIRS = 2;
    private static final String BRIDGE = "theirs";

    @Override
    public String name() {
        return "softswitch-flowmods";
    }

    @Override
    public String about() {
        return "65,536 per-host rules into the software switch, against Open vSwitch under the same controller";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        List<Rule> rules = Blocks.compile(Blocks.translations(1, 17)).rules();
        try (Testbed testbed = Testbed.start(List.of())) {
            testbed.switches().devices(List.of(Blocks.device(OURS), Blocks.device(THEIRS)));
            testbed.ovs().addBridge(BRIDGE, THEIRS);
            testbed.ovs().setController(BRIDGE, testbed.target());
            testbed.namespace().ip("link", "add", "d1", "type", "veth", "peer", "name", "d2");
            SwitchProcess _ = SwitchProcess.start(
                    testbed.scratch(), testbed.namespace(), OURS, "1=d1,2=d2", "--controller=" + testbed.target());
            for (long datapath : List.of(OURS, THEIRS)) {
                Testbed.InSync _ = testbed.awaitSync(datapath, testbed.desire(datapath, List.of()));
            }
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> install(testbed, OURS, rules)),
                    new Contender(SwitchContest.OPEN_VSWITCH, () -> install(testbed, THEIRS, rules)));
            return new SwitchContest(
                            name(), "rules/s", contenders, List.of(new Bound(SwitchContest.OPEN_VSWITCH, 2, false)))
                    .run(progress, Map.of("rules", rules.size()), true);
        }
    }

    private static double install(Testbed testbed, long datapath, List<Rule> rules) {
        long start = System.nanoTime();
        Testbed.InSync inSync = testbed.awaitSync(datapath, testbed.desire(datapath, rules));
        if (inSync.synced().added() != rules.size()) {
            throw new LabException("not from an empty table: " + inSync.synced());
        }
        Testbed.InSync _ = testbed.awaitSync(datapath, testbed.desire(datapath, List.of()));
        testbed.settle();
        return rules.size() / ((inSync.at() - start) / 1e9);
    }
}
