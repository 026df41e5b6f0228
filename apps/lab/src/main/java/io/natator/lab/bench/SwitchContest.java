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
 * @param bounds for each contender but us, what our figure through its figure must be
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
        boolean met = alsoMet;
        for (Bound bound : bounds) {
            double found = ours / others.get(bound.contender());
            all.put("ratio to " + bound.contender(), found);
            met &= bound.isMet(found);
        }
        all.putAll(further);
        String target = String.join(", ", bounds.stream().map(Bound::toString).toList());
        return new Report(bench, unit, ours, others, samples, Contest.disturbed(contenders, samples), target, met, all);
    }
}
