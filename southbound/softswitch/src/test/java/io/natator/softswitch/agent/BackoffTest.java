package io.natator.softswitch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsLongerEachTimeUntilAConnectionLasts() {
        Backoff backoff = new Backoff(new SplittableRandom(1));
        long sum = 0;
        for (int turnedAway = 0; turnedAway < 12; turnedAway++) {
            backoff.ended(20); // HELLO was said, and then good-bye
            long due = Math.min(8_000, 100L << turnedAway);
            long wait = backoff.next();
            assertThat(wait).isBetween(due / 2, due);
            sum += wait;
        }
        assertThat(sum).as("twelve times take more than 20 s").isGreaterThan(20_000);
        backoff.ended(60_000);
        assertThat(backoff.next()).isBetween(50L, 100L);
    }
}
