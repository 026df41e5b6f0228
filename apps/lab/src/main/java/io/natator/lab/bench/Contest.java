package io.natator.lab.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes samples of all contenders in turn, until each has enough that nobody disturbed. */
final class Contest {
    /** Rounds until we are content. */
    private static final int WANTED = 5;
    /** Rounds after which we take what we have. */
    private static final int MOST = 12;
    /** A figure needs so many undisturbed samples, or is marked as disturbed. */
    private static final int LEAST = 3;
    /** After that long we take what we have, once there are {@link #LEAST} rounds. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

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
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int round = 1; round <= MOST && !enough(contenders, all, WANTED); round++) {
            if (round > LEAST && System.nanoTime() > end) {
                break;
            }
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

    /** Medians of all but us, by name, in order. */
    static Map<String, Double> others(List<Contender> contenders, List<Measured> all) {
        Map<String, Double> others = new LinkedHashMap<>();
        contenders.stream()
                .map(Contender::name)
                .filter(name -> !name.equals(Contender.NATATOR))
                .forEach(name -> others.put(name, median(name, all)));
        return others;
    }

    /** The undisturbed samples of one contender, or all if there are too few. */
    static List<Measured> counted(String contender, List<Measured> all) {
        List<Measured> of = of(contender, all);
        List<Measured> quiet = of.stream().filter(m -> !m.disturbed()).toList();
        return quiet.size() >= LEAST ? quiet : of;
    }

    /** Median of the samples of one contender that count. */
    static double median(String contender, List<Measured> all) {
        double[] values = counted(contender, all).stream()
                .mapToDouble(Measured::value)
                .sorted()
                .toArray();
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
