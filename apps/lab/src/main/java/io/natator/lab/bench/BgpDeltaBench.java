package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One route more on top of a hundred thousand, until the sink has it. */
final class BgpDeltaBench implements Bench {
    private static final int ROUTES = 100_000;
    private static final double MOST_MILLIS = 5;
    private static final double MOST_RATIO = 0.2;
    /** Of BIRD's other way: a route of the kernel's that it learns. */
    private static final String LEARNED = "12.0.0.1/32";

    @Override
    public String name() {
        return "bgp-delta";
    }

    @Override
    public String about() {
        return "one route on top of 100,000 to a sink, against BIRD's configure";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (BgpBed bed = BgpBed.start(1, List.of());
                BgpSink ours = bed.sink(BgpBed.NATATOR);
                BgpSink theirs = bed.sink(BgpBed.BIRD);
                Kernel kernel = new Kernel(bed.namespace())) {
            bed.tell("prepare " + ROUTES);
            double _ = ours.secondsUntil(ROUTES, () -> bed.tell("load"));
            List<String> lines = BgpSpeakerMain.birdRoutes(ROUTES);
            bed.bird().write(lines);
            double _ = theirs.secondsUntil(ROUTES, bed.bird()::configure);
            List<String> oneMore = new ArrayList<>(lines);
            oneMore.add(BgpSpeakerMain.birdRoutes(ROUTES + 1).getLast());

            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> ours(bed, ours)),
                    new Contender("BIRD, configure", () -> configured(bed, theirs, lines, oneMore)),
                    new Contender("BIRD, route learned from the kernel", () -> learned(kernel, theirs)));
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            double natator = Contest.median(Contender.NATATOR, samples);
            Map<String, Double> others = Contest.others(contenders, samples);
            double configure = others.values().iterator().next();
            Map<String, Object> further = new LinkedHashMap<>();
            further.put(
                    "ratio_to_learned",
                    natator / Contest.median(contenders.getLast().name(), samples));
            return new Report(
                    name(),
                    "ms",
                    natator,
                    others,
                    samples,
                    Contest.disturbed(contenders, samples),
                    "at most 5 ms, and a fifth of BIRD's time (ratio <= 0.2)",
                    natator <= MOST_MILLIS && natator <= MOST_RATIO * configure,
                    further);
        }
    }

    private static double ours(BgpBed bed, BgpSink sink) {
        double seconds = sink.secondsUntil(ROUTES + 1, () -> bed.tell("add " + ROUTES));
        double _ = sink.secondsUntil(ROUTES, () -> bed.tell("remove " + ROUTES));
        return 1e3 * seconds;
    }

    private static double configured(BgpBed bed, BgpSink sink, List<String> lines, List<String> oneMore) {
        bed.bird().write(oneMore);
        double seconds = sink.secondsUntil(ROUTES + 1, bed.bird()::configure);
        bed.bird().write(lines);
        double _ = sink.secondsUntil(ROUTES, bed.bird()::configure);
        return 1e3 * seconds;
    }

    private static double learned(Kernel kernel, BgpSink sink) {
        double seconds = sink.secondsUntil(ROUTES + 1, () -> kernel.say("route add " + LEARNED + " dev lo proto 99"));
        double _ = sink.secondsUntil(ROUTES, () -> kernel.say("route del " + LEARNED + " dev lo proto 99"));
        return 1e3 * seconds;
    }

    /** One {@code ip} process that takes commands, so that none has to be started for each. */
    private static final class Kernel implements AutoCloseable {
        private final Process process;
        private final Writer input;

        Kernel(Namespace namespace) {
            try {
                process = new ProcessBuilder(namespace.command(List.of("ip", "-force", "-batch", "-")))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                input = process.outputWriter(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new LabException("ip cannot be run: " + e.getMessage(), e);
            }
        }

        void say(String line) {
            try {
                input.write(line + "\n");
                input.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
