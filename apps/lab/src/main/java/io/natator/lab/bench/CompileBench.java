package io.natator.lab.bench;

import com.sun.management.OperatingSystemMXBean;
import io.natator.model.compile.Compilation;
import io.natator.model.intent.Translation;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules compiled a second of one core's time, garbage collection included, and the heap that they take. */
final class CompileBench implements Bench {
    private static final double TARGET = 1_000_000;
    private static final long GIB = 1L << 30;

    @Override
    public String name() {
        return "compile";
    }

    @Override
    public String about() {
        return "rules compiled per second on one core, and heap per rule";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        List<Translation> slash16 = Blocks.translations(1, 16);
        // The first compilations run in the interpreter.
        for (int i = 0; i < 5; i++) {
            Compilation _ = Blocks.compile(slash16);
        }
        List<Contender> contenders = List.of(new Contender(Contender.NATATOR, () -> rate(slash16)));
        List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
        double rate = Contest.median(Contender.NATATOR, samples);

        List<Translation> many = Blocks.translations(8, 16);
        long before = Heap.used();
        Compilation held = Blocks.compile(many);
        double heapPerRule = (double) (Heap.used() - before) / held.rules().size();
        Map<String, Object> further = new LinkedHashMap<>();
        further.put("rules_held", held.rules().size());
        further.put("heap_bytes_per_rule", heapPerRule);
        further.put("heap_mib_per_million_rules", heapPerRule * 1e6 / (1 << 20));
        return new Report(
                name(),
                "rules/s",
                rate,
                Map.of("target", TARGET),
                samples,
                Contest.disturbed(contenders, samples),
                "at least 1,000,000 rules/s on one core; a million rules in at most 1 GiB",
                rate >= TARGET && heapPerRule * 1e6 <= GIB,
                further);
    }

    private static double rate(List<Translation> translations) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            throw new IllegalStateException("this JVM does not tell its CPU time");
        }
        int rules = 0;
        long start = system.getProcessCpuTime();
        for (int i = 0; i < 50; i++) {
            rules += Blocks.compile(translations).rules().size();
        }
        return rules / ((system.getProcessCpuTime() - start) / 1e9);
    }
}
