package io.natator.lab.bench;

import io.natator.lab.LabException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All benchmarks. */
public final class Benches {
    private static final List<Bench> ALL = List.of(
            new CompileBench(),
            new RulesInstallBench(),
            new ReconnectBench(),
            new PlanBench(),
            new DevicesBench(),
            new Bgp100kBench(),
            new Bgp1mBench(),
            new BgpDeltaBench(),
            new BgpNeighborsBench(),
            SwitchPpsBench.overload(),
            SwitchPpsBench.oneCore(),
            SwitchPpsBench.naptOverload(),
            SwitchPpsBench.naptOneCore(),
            new NaptSessionsBench(),
            new NaptScaleBench(),
            new NaptThroughputBench(),
            new SwitchThroughputBench(),
            new SwitchLatencyBench(),
            new SwitchRulesBench(),
            new SwitchFlowModsBench());

    private Benches() {}

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(Bench::name).toList();
    }

    /** Name and purpose, one a line. */
    public static List<String> about() {
        return ALL.stream()
                .map(bench -> "%-19s %s".formatted(bench.name(), bench.about()))
                .toList();
    }

    /**
     * Runs the benchmarks of these names, or all if there are none.
     *
     * @param target directory for what is built; results go to {@code bench/NAME.json} there
     * @return true if all of them ran; whether a target was met is in the reports
     */
    public static boolean run(List<String> names, PrintWriter out, PrintWriter progress, Path target) {
        for (String name : names) {
            if (!names().contains(name)) {
                throw new LabException("there is no benchmark " + name + "; there are " + String.join(", ", names()));
            }
        }
        quiet();
        List<String> failed = new ArrayList<>();
        for (Bench bench : ALL) {
            if (!names.isEmpty() && !names.contains(bench.name())) {
                continue;
            }
            try {
                Report report = bench.run(progress);
                report.write(target.resolve("bench"));
                report.print(out);
            } catch (Exception e) {
                failed.add(bench.name());
                progress.println(bench.name() + ": " + e);
                progress.flush();
            }
        }
        return failed.isEmpty();
    }

    /** What switches do all the time here is no news. */
    private static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(ch.qos.logback.classic.Level.ERROR);
        }
    }
}
