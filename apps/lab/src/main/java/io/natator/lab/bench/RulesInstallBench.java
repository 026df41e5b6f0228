package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.model.rule.Rule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules into an empty Open vSwitch, until it has answered the barrier behind them. */
final class RulesInstallBench implements Bench {
    private static final long DATAPATH = 1;
    private static final String OURS = "ours";
    private static final String THEIRS = "theirs";

    @Override
    public String name() {
        return "rules-install";
    }

    @Override
    public String about() {
        return "65,536 per-host rules into Open vSwitch, against ovs-ofctl --bundle";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        List<Rule> rules = Blocks.compile(Blocks.translations(1, 17)).rules();
        try (Testbed testbed = Testbed.start(List.of())) {
            Path file = RuleFile.write(testbed.dir().resolve("rules.txt"), rules);
            testbed.switches().devices(List.of(Blocks.device(DATAPATH)));
            testbed.ovs().addBridge(OURS, DATAPATH);
            testbed.ovs().addBridge(THEIRS, DATAPATH + 1);
            testbed.ovs().setController(OURS, testbed.target());
            Testbed.InSync _ = testbed.awaitSync(DATAPATH, testbed.desire(DATAPATH, List.of()));

            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> ours(testbed, rules)),
                    new Contender("ovs-ofctl --bundle add-flows", () -> theirs(testbed, file, rules.size())));
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            checkSame(testbed, file, rules);
            return report(rules.size(), contenders, samples);
        }
    }

    private Report report(int rules, List<Contender> contenders, List<Contest.Measured> samples) {
        Map<String, Double> others = Contest.others(contenders, samples);
        double natator = Contest.median(Contender.NATATOR, samples);
        double theirs = others.values().iterator().next();
        Map<String, Object> further = new LinkedHashMap<>();
        further.put("rules", rules);
        further.put("seconds_natator", rules / natator);
        further.put("seconds_contender", rules / theirs);
        return new Report(
                name(),
                "rules/s",
                natator,
                others,
                samples,
                Contest.disturbed(contenders, samples),
                "at least as fast as ovs-ofctl (ratio >= 1.0)",
                natator >= theirs,
                further);
    }

    private static double ours(Testbed testbed, List<Rule> rules) {
        long start = System.nanoTime();
        Testbed.InSync inSync = testbed.awaitSync(DATAPATH, testbed.desire(DATAPATH, rules));
        if (inSync.synced().added() != rules.size()) {
            throw new LabException("not from an empty table: " + inSync.synced());
        }
        testbed.checkFlows(OURS, rules.size());
        Testbed.InSync _ = testbed.awaitSync(DATAPATH, testbed.desire(DATAPATH, List.of()));
        testbed.checkFlows(OURS, 0);
        testbed.settle();
        return rules.size() / ((inSync.at() - start) / 1e9);
    }

    private static double theirs(Testbed testbed, Path file, int rules) {
        long start = System.nanoTime();
        String _ = testbed.ovs().ofctl("add-flows", THEIRS, file.toString(), "--bundle");
        double seconds = (System.nanoTime() - start) / 1e9;
        testbed.checkFlows(THEIRS, rules);
        String _ = testbed.ovs().ofctl("del-flows", THEIRS);
        testbed.checkFlows(THEIRS, 0);
        testbed.settle();
        return rules / seconds;
    }

    /** Both ways leave the very same flows, cookies and flags included. */
    private static void checkSame(Testbed testbed, Path file, List<Rule> rules) {
        Testbed.InSync _ = testbed.awaitSync(DATAPATH, testbed.desire(DATAPATH, rules));
        String _ = testbed.ovs().ofctl("add-flows", THEIRS, file.toString(), "--bundle");
        List<String> ours = testbed.ovs().rules(OURS);
        List<String> theirs = testbed.ovs().rules(THEIRS);
        if (ours.size() != rules.size() || !ours.equals(theirs)) {
            Set<String> common = new HashSet<>(theirs);
            throw new LabException("the two tables differ; ours has "
                    + ours.stream().filter(rule -> !common.contains(rule)).findFirst());
        }
    }
}
