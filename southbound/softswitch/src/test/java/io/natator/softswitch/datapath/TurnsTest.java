package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Turns turns = new Turns();

    @Test
    void quantilesAreRightToAnEighth() {
        assertThat(turns.quantile(999)).isZero();
        for (int i = 1; i <= 10_000; i++) {
            turns.took(i * 100L, i);
        }
        assertThat(turns.quantile(500)).isBetween(500_000L, 500_000L * 9 / 8);
        assertThat(turns.quantile(999)).isBetween(999_000L, 999_000L * 9 / 8);
    }

    @Test
    void whatWasLongAgoIsForgotten() {
        turns.took(1_000_000, 11 * SECOND);
        assertThat(turns.quantile(999)).isGreaterThanOrEqualTo(1_000_000);
        turns.took(1000, 22 * SECOND);
        assertThat(turns.quantile(999)).isGreaterThanOrEqualTo(1_000_000);
        turns.took(1000, 33 * SECOND);
        assertThat(turns.quantile(999)).isBetween(1000L, 1200L);
    }
}
