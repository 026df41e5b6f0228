package io.natator.lab.bench;

import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Negotiated;
import io.natator.bgp.ribout.Rib;
import io.natator.bgp.ribout.RibOut;
import io.natator.lab.LabException;
import io.natator.model.peering.Peering;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A hundred thousand routes to fifty neighbours: what that costs a processor. */
final class BgpNeighborsBench implements Bench {
    private static final int ROUTES = 100_000;
    private static final int NEIGHBORS = 50;
    private static final int ENCODED = 1_000_000;
    private static final int ENCODE_ROUNDS = 10;

    @Override
    public String name() {
        return "bgp-neighbors";
    }

    @Override
    public String about() {
        return "CPU time for 100,000 routes to 50 neighbours, against BIRD's";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (BgpBed bed = BgpBed.start(NEIGHBORS, List.of());
                BgpSink ours = bed.sink(BgpBed.NATATOR);
                BgpSink theirs = bed.sink(BgpBed.BIRD)) {
            bed.tell("prepare " + ROUTES);
            List<String> lines = BgpSpeakerMain.birdRoutes(ROUTES);
            Map<String, Object> further = new LinkedHashMap<>();
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> {
                        double before = BgpBed.cpuSeconds(bed.speaker());
                        further.put("natator_s", ours.secondsUntil(ROUTES, () -> bed.tell("load")));
                        double cpu = BgpBed.cpuSeconds(bed.speaker()) - before;
                        double _ = ours.secondsUntil(0, () -> bed.tell("clear"));
                        return cpu;
                    }),
                    new Contender("BIRD", () -> {
                        bed.bird().write(lines);
                        double before = BgpBed.cpuSeconds(bed.bird().pid());
                        further.put("bird_s", theirs.secondsUntil(ROUTES, bed.bird()::configure));
                        double cpu = BgpBed.cpuSeconds(bed.bird().pid()) - before;
                        bed.bird().write(List.of());
                        double _ = theirs.secondsUntil(0, bed.bird()::configure);
                        return cpu;
                    }));
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            double natator = Contest.median(Contender.NATATOR, samples);
            Map<String, Double> others = Contest.others(contenders, samples);
            further.put("encoded_routes_per_cpu_s", encodeRate());
            return new Report(
                    name(),
                    "s of CPU time",
                    natator,
                    others,
                    samples,
                    Contest.disturbed(contenders, samples),
                    "at most BIRD's (ratio <= 1.0)",
                    natator <= others.values().iterator().next(),
                    further);
        }
    }

    /** Routes made into UPDATEs for one neighbour, in a second of CPU time of one thread. */
    private static double encodeRate() {
        Rib rib = new Rib();
        rib.replace(BgpSpeakerMain.announcements(ENCODED));
        UpdateContext context = new UpdateContext(true, false);
        Negotiated negotiated = new Negotiated(
                List.of(Family.IPV4_UNICAST), 0, 1, false, false, false, false, false, List.of(), context);
        RibOut out = rib.neighbor("sink");
        var threads = ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ENCODE_ROUNDS; round++) {
            out.up(Peering.between(BgpSpeakerMain.AS, BgpSink.AS), negotiated);
            long before = threads.getCurrentThreadCpuTime();
            while (out.next().isPresent()) {
                // Only the making is measured.
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - before) / 1e9);
            if (out.told() != ENCODED) {
                throw new LabException(out.told() + " routes were encoded instead of " + ENCODED);
            }
        }
        return ENCODED / best;
    }
}
