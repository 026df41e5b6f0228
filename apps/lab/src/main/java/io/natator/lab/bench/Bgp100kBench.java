package io.natator.lab.bench;

import io.natator.lab.LabException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A hundred thousand host routes at once, until the receiver has them all. */
final class Bgp100kBench implements Bench {
    private static final int ROUTES = 100_000;
    private static final long MOST_UPDATES = 130;
    private static final double LIMIT_SECONDS = 60;

    @Override
    public String name() {
        return "bgp-100k";
    }

    @Override
    public String about() {
        return "100,000 host routes to a sink, and to BIRD, against BIRD announcing the same";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (BgpBed bed = BgpBed.start(1, List.of())) {
            bed.tell("prepare " + ROUTES);
            List<String> lines = BgpSpeakerMain.birdRoutes(ROUTES);
            Map<String, Object> further = new LinkedHashMap<>();
            List<Contender> contenders;
            List<Contest.Measured> samples;
            try (BgpSink ours = bed.sink(BgpBed.NATATOR);
                    BgpSink theirs = bed.sink(BgpBed.BIRD)) {
                contenders = List.of(
                        new Contender(Contender.NATATOR, () -> ours(bed, ours, further)),
                        new Contender("BIRD, configure", () -> theirs(bed, theirs, lines)));
                samples = new Contest(progress).run(name(), contenders);
            }
            receivedByBird(bed, lines, progress, further);
            double natator = Contest.median(Contender.NATATOR, samples);
            Map<String, Double> others = Contest.others(contenders, samples);
            long updates = (long) further.get("updates");
            return new Report(
                    name(),
                    "s",
                    natator,
                    others,
                    samples,
                    Contest.disturbed(contenders, samples),
                    "at most BIRD's time (ratio <= 1.0), in at most " + MOST_UPDATES + " UPDATEs",
                    natator <= others.values().iterator().next() && updates <= MOST_UPDATES,
                    further);
        }
    }

    private static double ours(BgpBed bed, BgpSink sink, Map<String, Object> further) {
        long before = sink.updates();
        double seconds = sink.secondsUntil(ROUTES, () -> bed.tell("load"));
        further.put("updates", sink.updates() - before);
        double _ = sink.secondsUntil(0, () -> bed.tell("clear"));
        return seconds;
    }

    private static double theirs(BgpBed bed, BgpSink sink, List<String> lines) {
        bed.bird().write(lines);
        double seconds = sink.secondsUntil(ROUTES, bed.bird()::configure);
        bed.bird().write(List.of());
        double _ = sink.secondsUntil(0, bed.bird()::configure);
        return seconds;
    }

    /** The same with BIRD as the receiver; it is asked for its number of routes again and again. */
    private static void receivedByBird(
            BgpBed bed, List<String> lines, PrintWriter progress, Map<String, Object> further) throws Exception {
        try (BgpBird receiver = bed.receiver()) {
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> {
                        double seconds = secondsUntil(receiver, ROUTES, () -> bed.tell("load"));
                        double _ = secondsUntil(receiver, 0, () -> bed.tell("clear"));
                        return seconds;
                    }),
                    new Contender("BIRD", () -> {
                        bed.bird().write(lines);
                        double seconds = secondsUntil(receiver, ROUTES, bed.bird()::configure);
                        bed.bird().write(List.of());
                        double _ = secondsUntil(receiver, 0, bed.bird()::configure);
                        return seconds;
                    }));
            List<Contest.Measured> samples = new Contest(progress).run("bgp-100k to BIRD", contenders);
            double natator = Contest.median(Contender.NATATOR, samples);
            double bird = Contest.median("BIRD", samples);
            further.put("to_bird_natator_s", natator);
            further.put("to_bird_bird_s", bird);
            further.put("to_bird_ratio", natator / bird);
            further.put("to_bird_disturbed", Contest.disturbed(contenders, samples));
        }
    }

    private static double secondsUntil(BgpBird receiver, int count, Runnable change) {
        long start = System.nanoTime();
        change.run();
        while (receiver.count() != count) {
            if ((System.nanoTime() - start) / 1e9 > LIMIT_SECONDS) {
                throw new LabException("the receiver holds " + receiver.count() + " routes instead of " + count);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
