package io.natator.softswitch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventRingTest {
    private static final int RECORDS = 300_000;

    /** What one thread put, the other takes whole and in order, but for what found no room. */
    @Test
    @Timeout(60)
    void nothingIsTornOrTwice() {
        try (EventRing ring = new EventRing(256)) {
            CompletableFuture<Integer> refused = CompletableFuture.supplyAsync(() -> {
                int noRoom = 0;
                for (long i = 1; i <= RECORDS; i += 2) {
                    boolean together = i % 3 == 0;
                    long at = ring.claim(together ? 2 : 1);
                    if (at < 0) {
                        noRoom += 2;
                        Thread.onSpinWait();
                        continue;
                    }
                    write(ring, at, i);
                    if (together) {
                        write(ring, ring.second(), i + 1);
                    }
                    ring.publish(together ? 2 : 1);
                    noRoom += together ? 0 : 1;
                }
                return noRoom;
            });
            long last = 0;
            int taken = 0;
            while (!refused.isDone() || ring.available() > 0) {
                int count = ring.available();
                for (int i = 0; i < count; i++) {
                    long at = ring.at(i);
                    long number = ring.memory().get(RecordLayout.U64, at) / 8;
                    assertThat(number).isGreaterThan(last);
                    assertThat(number % 2 == 1 || last == number - 1)
                            .as("never the second alone")
                            .isTrue();
                    for (int word = 8; word < RecordLayout.SIZE; word += 8) {
                        if (ring.memory().get(RecordLayout.U64, at + word) != number * 8 + word) {
                            throw new AssertionError("record " + number + " is torn");
                        }
                    }
                    last = number;
                }
                ring.release(count);
                taken += count;
            }
            assertThat(taken + refused.join()).isEqualTo(RECORDS);
        }
    }

    private static void write(EventRing ring, long at, long number) {
        for (int word = 0; word < RecordLayout.SIZE; word += 8) {
            ring.memory().set(RecordLayout.U64, at + word, number * 8 + word);
        }
    }
}
