package io.natator.core;

import java.time.Duration;
import java.time.Instant;

/** Waits until the traffic of a withdrawn translation has stopped, or the device's limit has passed. */
final class Drain {
    private final Instant end;
    private Instant stillSince;
    private Instant nextRead;
    private long packets = -1;

    Drain(Instant now, Duration limit) {
        end = now.plus(limit);
        stillSince = now;
        nextRead = now;
    }

    /** True if counters should be asked for now. */
    boolean wantsReading(Instant now, Limits limits) {
        if (now.isBefore(nextRead)) {
            return false;
        }
        nextRead = now.plus(limits.drainPoll());
        return true;
    }

    /** Takes a reading. */
    void counted(Instant now, long counted) {
        if (counted != packets) {
            // The first reading says nothing about movement, so stillness counts from there.
            packets = counted;
            stillSince = now;
        }
    }

    /** True when rules may go. Without any reading (the device is away) only the limit counts. */
    boolean done(Instant now, Limits limits) {
        boolean still = packets >= 0 && !now.isBefore(stillSince.plus(limits.drainStill()));
        return still || !now.isBefore(end);
    }

    /** When to look again. */
    Instant deadline() {
        return nextRead.isBefore(end) ? nextRead : end;
    }
}
