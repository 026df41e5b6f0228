package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.rule.Cookie;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent.Synced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order — rules desired, lost, forgotten, connections cut, dumps cut short — the device
 * ends with exactly what is desired, and with every rule of others.
 */
class ReconcilePropertyTest {
    private static final int RUNS = 300;
    private static final int STEPS = 25;

    @Test
    void anyStoryEndsInSync() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            story(seed + run);
        }
    }

    private static void story(long seed) {
        Random random = new Random(seed);
        Simulation sim = new Simulation(7);
        List<Rule> pool = TestRules.perHost(60);
        List<Rule> desired = List.of();
        Map<FakeSwitch.Identity, FakeSwitch.Entry> foreign = new HashMap<>();
        sim.connect();
        for (int generation = 1; generation <= STEPS; generation++) {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    List<Rule> shuffled = new ArrayList<>(pool);
                    Collections.shuffle(shuffled, random);
                    desired = List.copyOf(shuffled.subList(0, random.nextInt(60)));
                    sim.desire(generation, desired);
                }
                case 3 -> lose(sim, random, foreign, true);
                case 4 -> lose(sim, random, foreign, false);
                case 5 -> {
                    FakeSwitch.Identity identity = new FakeSwitch.Identity(random.nextInt(4), 1, "0001000400000000");
                    if (!sim.device.flows.containsKey(identity)) {
                        FakeSwitch.Entry entry = new FakeSwitch.Entry(
                                Cookie.MARK ^ (1L << 52), new byte[] {0, 1, 0, 4, 0, 0, 0, 0}, new byte[0]);
                        foreign.put(identity, entry);
                        sim.device.flows.put(identity, entry);
                    }
                }
                case 6 -> {
                    sim.disconnect();
                    sim.connect();
                }
                case 7 -> sim.device.losesLastPartOfDump = !sim.device.losesLastPartOfDump;
                default -> sim.device.forgetsRulesInDump = !sim.device.forgetsRulesInDump;
            }
            sim.pass(Duration.ofMillis(random.nextInt(20_000)));
        }
        sim.device.losesLastPartOfDump = false;
        sim.device.forgetsRulesInDump = false;
        sim.desire(STEPS + 1, desired);
        sim.pass(Duration.ofMinutes(2));
        String story = "seed " + seed;
        assertThat(sim.events.all(Synced.class).getLast().generation())
                .as(story)
                .isEqualTo(STEPS + 1);
        assertThat(sim.device.flows).as(story).hasSize(desired.size() + foreign.size());
        assertThat(sim.device.flows.entrySet()).as(story).containsAll(foreign.entrySet());
    }

    private static void lose(
            Simulation sim, Random random, Map<FakeSwitch.Identity, FakeSwitch.Entry> foreign, boolean told) {
        List<FakeSwitch.Identity> ours = sim.device.flows.keySet().stream()
                .filter(i -> !foreign.containsKey(i))
                .toList();
        if (!ours.isEmpty()) {
            FakeSwitch.Identity victim = ours.get(random.nextInt(ours.size()));
            if (told) {
                sim.fromSwitch(sim.device.lose(victim));
            } else {
                sim.device.flows.remove(victim);
            }
        }
    }
}
