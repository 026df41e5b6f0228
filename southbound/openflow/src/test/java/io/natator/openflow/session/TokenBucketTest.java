package io.natator.openflow.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static int taken(TokenBucket bucket, int attempts, long now) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void burstThenRate() {
        TokenBucket bucket = new TokenBucket(100, 50);
        long now = -5_000_000_000L; // System.nanoTime may be negative
        assertThat(taken(bucket, 1000, now)).isEqualTo(50);
        assertThat(taken(bucket, 1000, now + 100_000_000L)).isEqualTo(10);
        assertThat(taken(bucket, 1000, now + 60_000_000_000L)).isEqualTo(50);
    }
}
