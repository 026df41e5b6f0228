package io.natator.lab.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contest of switches.
 *
 * @param bench name
 * @param unit of all values
 * @param bounds what our figure through another contender's must be; none if it is only reported
 */
record SwitchContest(String bench, String unit, List<Contender> contenders, List<Bound> bounds) {
    static final String KERNEL = "kernel nftables masquerade";
    static final String OPEN_VSWITCH = "Open vSwitch userspace";

    /**
     * A target.
     *
     * @param atMost true if less is better
     */
    record Bound(String contender, double ratio, boolean atMost) {
        boolean isMet(double found) {
            return atMost ? found <= ratio : found >= ratio;
        }

        @Override
        public String toString() {
            return "%s %s x %s".formatted(atMost ? "<=" : ">=", ratio, contender);
        }
    }

    /** Measures and judges; {@code further} figures may depend on what was measured. */
    Report run(PrintWriter progress, Map<String, Object> further, boolean alsoMet) throws Exception {
        return judge(new Contest(progress).run(bench, contenders), further, alsoMet);
    }

    Report judge(List<Contest.Measured> samples, Map<String, Object> further, boolean alsoMet) {
        Map<String, Double> others = Contest.others(contenders, samples);
        double ours = Contest.median(Contender.NATATOR, samples);
        Map<String, Object> all = new LinkedHashMap<>();
        others.forEach((name, value) -> all.put("ratio to " + name, ours / value));
        boolean met = alsoMet && bounds.stream().allMatch(b -> b.isMet(ours / others.get(b.contender())));
        all.putAll(further);
        String target = bounds.isEmpty()
                ? "none"
                : String.join(", ", bounds.stream().map(Bound::toString).toList());
        return new Report(bench, unit, ours, others, samples, Contest.disturbed(contenders, samples), target, met, all);
    }
}
