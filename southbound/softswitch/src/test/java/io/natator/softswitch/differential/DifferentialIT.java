package io.natator.softswitch.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Random tables and packets through this switch and through Open vSwitch: the same packets leave the same ports. To
 * repeat a scenario: {@code -Dnatator.differential.seed=N -Dnatator.differential.scenarios=1}.
 */
class DifferentialIT {
    private static final int SCENARIOS = 500;

    @Test
    void theSameRulesDoTheSameToTheSamePackets() throws IOException {
        long seed = Long.getLong("natator.differential.seed", System.nanoTime());
        int scenarios = Integer.getInteger("natator.differential.scenarios", SCENARIOS);
        try (Comparison comparison = new Comparison()) {
            for (int i = 0; i < scenarios; i++) {
                assertThat(comparison.differences(Comparison.scenario(seed + i)))
                        .as("seed %d", seed + i)
                        .isEmpty();
            }
            System.out.printf(
                    "seed %d: %d tables of rules, %d packets, %d of them forwarded: the same as Open vSwitch%n",
                    seed, scenarios, comparison.compared(), comparison.departed());
            assertThat(comparison.departed()).isGreaterThan(comparison.compared() / 10);
        }
    }
}
