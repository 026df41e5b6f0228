package io.natator.lab.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Takes samples of all contenders in turn, until each has enough that nobody disturbed. */
final class Contest {
    /** Rounds until we are content. */
    private static final int WANTED = 5;
    /** Rounds after which we take what we have. */
    private static final int MOST = 12;
    /** A figure needs so many undisturbed samples, or is marked as disturbed. */
    private static final int LEAST = 3;

    private final PrintWriter progress;

    Contest(PrintWriter progress) {
        this.progress = progress;
    }

    /**
     * One measurement.
     *
     * @param spin worst core's share that was missing just before or just after, 0 to 1
     */
    record Measured(String contender, double value, double spin, boolean disturbed) {}

    /** Measures; the first round warms up and does not count. */
    List<Measured> run(String bench, List<Contender> contenders) throws Exception {
        for (Contender contender : contenders) {
            say(bench + ": warming up " + contender.name());
            double _ = contender.sample().measure();
        }
        List<Measured> all = new ArrayList<>();
        for (int round = 1; round <= MOST && !enough(contenders, all, WANTED); round++) {
            for (Contender contender : contenders) {
                double before = SpinCheck.lost();
                double value = contender.sample().measure();
                double spin = Math.max(before, SpinCheck.lost());
                Measured measured = new Measured(contender.name(), value, spin, spin > SpinCheck.LIMIT);
                all.add(measured);
                say("%s: round %d, %-12s %,14.3f%s"
                        .formatted(
                                bench,
                                round,
                                contender.name(),
                                value,
                                measured.disturbed() ? "  (disturbed: %.0f %%)".formatted(spin * 100) : ""));
            }
        }
        return all;
    }

    /** Median of the undisturbed samples of one contender, or of all if there are too few. */
    static double median(String contender, List<Measured> all) {
        List<Measured> of = of(contender, all);
        List<Measured> quiet = of.stream().filter(m -> !m.disturbed()).toList();
        double[] values = (quiet.size() >= LEAST ? quiet : of)
                .stream().mapToDouble(Measured::value).sorted().toArray();
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /** True if some contender has too few undisturbed samples. */
    static boolean disturbed(List<Contender> contenders, List<Measured> all) {
        return !enough(contenders, all, LEAST);
    }

    private static boolean enough(List<Contender> contenders, List<Measured> all, int count) {
        return contenders.stream()
                .allMatch(c ->
                        of(c.name(), all).stream().filter(m -> !m.disturbed()).count() >= count);
    }

    private static List<Measured> of(String contender, List<Measured> all) {
        return all.stream().filter(m -> m.contender().equals(contender)).toList();
    }

    private void say(String line) {
        progress.println(line);
        progress.flush();
    }
}
