package io.natator.bgp.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.fsm.Settings;
import io.natator.bgp.fsm.Timers;
import io.natator.model.peering.Peering;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Two speakers on a network that loses, delays, doubles, refuses and cuts, while both change their routes and restart: once it
 * is quiet, each holds exactly what the other announces.
 */
class TwoSpeakersTest {
    private static final long ROUGH = Duration.ofMinutes(5).toNanos();
    /** Longer than a connection that was cut in silence may wait for an OPEN. */
    private static final long QUIET = Duration.ofMinutes(12).toNanos();

    private static final int RUNS = 25;

    private final TreeMap<String, Integer> happened = new TreeMap<>();

    private static Function<SimSpeaker.Wire, SimSpeaker> speaker(
            long localAs, long peerAs, int routerId, Random random, SimNetwork network) {
        Peering peering = Peering.between(localAs, peerAs).withHoldTime(Duration.ofSeconds(9));
        Settings settings = new Settings(peering, routerId, Timers.DEFAULT);
        return wire -> new SimSpeaker(settings, new SplittableRandom(random.nextLong()), network.now(), wire);
    }

    private void disturb(List<SimNetwork.Machine> machines, Random random, SimNetwork network) {
        if (!network.isRough()) {
            return;
        }
        SimNetwork.Machine machine = machines.get(random.nextInt(2));
        if (!machine.isOff()) {
            switch (random.nextInt(8)) {
                case 0 -> happened("cut", () -> machine.cut(false));
                case 1 -> happened("cut in silence", () -> machine.cut(true));
                case 2 -> happened("restart", () -> machine.restart(false, Routes.some(random)));
                case 3 -> happened("restart in silence", () -> machine.restart(true, Routes.some(random)));
                default -> happened("other routes", () -> machine.want(Routes.some(random)));
            }
        }
        network.at(network.now() + random.nextInt(10_000) * SimNetwork.MILLI, () -> disturb(machines, random, network));
    }

    private void happened(String what, Runnable event) {
        happened.merge(what, 1, Integer::sum);
        event.run();
    }

    private void simulate(long seed) {
        Random random = new Random(seed);
        SimNetwork network = new SimNetwork(random);
        List<SimNetwork.Machine> machines = network.machines(
                speaker(65000, 65001, 1 + random.nextInt(2), random, network),
                speaker(65001, 65000, 1 + random.nextInt(2), random, network));
        machines.forEach(machine -> machine.want(Routes.some(random)));
        network.at(0, () -> disturb(machines, random, network));
        network.at(ROUGH, network::calmDown);
        network.run(QUIET);
        for (SimNetwork.Machine machine : machines) {
            assertThat(machine.speaker().isUp())
                    .as("up (repeat with -Dnatator.seed=%d)", seed)
                    .isTrue();
            assertThat(machine.speaker().heard())
                    .as("what was heard (repeat with -Dnatator.seed=%d)", seed)
                    .isEqualTo(machine.neighbor().wanted());
        }
    }

    @Test
    void convergeWhateverHappened() {
        long first = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + first + " (repeat with -Dnatator.seed=" + first + ")");
        for (int run = 0; run < RUNS; run++) {
            simulate(first + run);
        }
        System.out.println(
                RUNS + " runs of " + Duration.ofNanos(QUIET).toMinutes() + " simulated minutes: " + happened);
    }
}
