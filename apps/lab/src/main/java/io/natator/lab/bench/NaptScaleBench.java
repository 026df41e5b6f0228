package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.bench.SwitchContest.Bound;
import io.natator.lab.net.TaughtSwitch;
import io.natator.model.intent.Pool;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packet rate at five million sessions, against that at 16,384. */
final class NaptScaleBench implements Bench {
    /** Flows; the sessions are nine of ten, since to wait for the last ones takes longest. */
    private static final int MANY = 5_632_000;

    private static final int FEW = 16_384;
    private static final String AT_FEW = "at 16k sessions";
    private static final int FIRST_OUTSIDE = 128;
    private static final int OUTSIDE_LENGTH = 25;
    private static final int MOST_ROUNDS = 120;

    @Override
    public String name() {
        return "napt-scale";
    }

    @Override
    public String about() {
        return "64-octet UDP through 5 million NAPT sessions, against 16k";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads()) {
            Road few = taught(roads, "few");
            Road road = roads.next("many");
            TaughtSwitch napt = roads.taught(road, "--profile=full,sessions=6000000");
            napt.teach(List.of(road.share(Pool.DEFAULT, FIRST_OUTSIDE, OUTSIDE_LENGTH)), road.sharing());
            ManySessions many = new ManySessions(road, MANY);
            long sessions = 0;
            for (int round = 0; sessions < many.count() * 0.9; round++) {
                if (round == MOST_ROUNDS) {
                    throw new LabException("only " + sessions + " sessions after " + round + " rounds");
                }
                double _ = many.rate(() -> {});
                sessions = napt.sessions()
                        .use(TaughtSwitch.DATAPATH)
                        .get(30, TimeUnit.SECONDS)
                        .getFirst()
                        .sessions();
                progress.println(name() + ": " + sessions + " sessions");
                progress.flush();
            }
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> many.rate(() -> {})),
                    new Contender(AT_FEW, () -> new ManySessions(few, FEW).rate(() -> {})));
            return new SwitchContest(name(), "packets/s", contenders, List.of(new Bound(AT_FEW, 0.7, false)))
                    .run(progress, Map.of("sessions", sessions), true);
        }
    }

    private static Road taught(Roads roads, String role) {
        Road road = roads.next(role);
        TaughtSwitch napt = roads.taught(road);
        napt.teach(List.of(road.share(Pool.DEFAULT, FIRST_OUTSIDE, OUTSIDE_LENGTH)), road.sharing());
        return road;
    }
}
