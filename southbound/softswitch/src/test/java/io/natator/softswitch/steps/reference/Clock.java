package io.natator.softswitch.steps.reference;

import java.time.Duration;

/** Time as sessions see it: in ticks of 2²⁷ ns. */
final class Clock {
    long tick;

    static long ticks(Duration duration) {
        return (duration.toNanos() + (1L << 27) - 1) >>> 27;
    }
}
