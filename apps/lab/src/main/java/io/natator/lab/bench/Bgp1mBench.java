package io.natator.lab.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A million host routes out of a heap of 512 MiB. */
final class Bgp1mBench implements Bench {
    private static final int ROUTES = 1_000_000;
    private static final double MIB = 1 << 20;
    private static final double LIMIT_MIB = 512;

    @Override
    public String name() {
        return "bgp-1m";
    }

    @Override
    public String about() {
        return "1,000,000 host routes with a heap of 512 MiB";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        // A heap that is too small ends the speaker, and with it the benchmark.
        List<String> options = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
        try (BgpBed bed = BgpBed.start(1, options);
                BgpSink ours = bed.sink(BgpBed.NATATOR);
                BgpSink theirs = bed.sink(BgpBed.BIRD)) {
            bed.tell("prepare " + ROUTES);
            Map<String, Object> further = new LinkedHashMap<>();
            List<Contender> contenders = List.of(new Contender(Contender.NATATOR, () -> {
                further.put("seconds", ours.secondsUntil(ROUTES, () -> bed.tell("load")));
                double heap = bed.speakerHeap() / MIB;
                double _ = ours.secondsUntil(0, () -> bed.tell("clear"));
                return heap;
            }));
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            bed.bird().write(BgpSpeakerMain.birdRoutes(ROUTES));
            further.put("bird_seconds", theirs.secondsUntil(ROUTES, bed.bird()::configure));
            double natator = Contest.median(Contender.NATATOR, samples);
            return new Report(
                    name(),
                    "MiB of heap in use",
                    natator,
                    Map.of("limit", LIMIT_MIB),
                    samples,
                    Contest.disturbed(contenders, samples),
                    "all of them with -Xmx512m",
                    natator <= LIMIT_MIB,
                    further);
        }
    }
}
