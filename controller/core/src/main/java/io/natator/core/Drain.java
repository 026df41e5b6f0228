package io.natator.core;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of a translation that is taken back: first its routes ask to be avoided (RFC 8326), then they are withdrawn, and
 * then its rules stay until traffic has stopped, or the device's limit has passed.
 */
final class Drain {
    private final Instant withdrawal;
    private final Instant end;
    private Instant stillSince;
    private Instant nextRead;
    private long packets = -1;

    /**
     * @param gracefulShutdown for how long routes are still there
     * @param limit from their withdrawal on
     */
    Drain(Instant now, Duration gracefulShutdown, Duration limit) {
        withdrawal = now.plus(gracefulShutdown);
        end = withdrawal.plus(limit);
        stillSince = withdrawal;
        nextRead = withdrawal;
    }

    /** True once routes are to be withdrawn. */
    boolean withdraws(Instant now) {
        return !now.isBefore(withdrawal);
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
            stillSince = now.isAfter(withdrawal) ? now : withdrawal;
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
