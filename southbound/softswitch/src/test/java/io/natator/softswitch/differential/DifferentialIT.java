package io.natator.softswitch.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random tables and packets through this switch and through Open vSwitch: the same packets leave the same ports. To
 * repeat a scenario: {@code -Dnatator.seed=N -Dnatator.seeds=1}.
 */
class DifferentialIT {
    private static final int AT_LEAST = 100;
    private static final int AT_MOST = 2_000;
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(40);

    @Test
    void theSameRulesDoTheSameToTheSamePackets() throws IOException {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        int wanted = Integer.getInteger("natator.seeds", 0);
        long until = System.nanoTime() + BUDGET_NANOS;
        int done = 0;
        try (Comparison comparison = new Comparison()) {
            while (wanted > 0 ? done < wanted : done < AT_LEAST || (done < AT_MOST && System.nanoTime() < until)) {
                assertThat(comparison.differences(Comparison.scenario(seed + done)))
                        .as("seed %d", seed + done)
                        .isEmpty();
                done++;
            }
            System.out.printf(
                    "seed %d: %d scenarios of four tables, %d packets, %d of them forwarded: the same as Open vSwitch%n",
                    seed, done, comparison.compared(), comparison.departed());
            assertThat(comparison.departed()).isGreaterThan(comparison.compared() / 10);
        }
    }
}
