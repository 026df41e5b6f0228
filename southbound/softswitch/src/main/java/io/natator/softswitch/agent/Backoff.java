package io.natator.softswitch.agent;

import java.util.random.RandomGenerator;

/** How long to wait before connecting again: little at first, doubled each time, and never all switches at once. */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 8_000;

    private final RandomGenerator random;
    private long next = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A connection ended. If it lasted, the next one is tried soon; one that a controller ends again and again, as it does not
     * want this switch, is as one that fails.
     */
    void ended(long millis) {
        if (millis >= LONGEST_MILLIS) {
            next = FIRST_MILLIS;
        }
    }

    /** Milliseconds to wait: half to all of what is due. */
    long next() {
        long due = next;
        next = Math.min(2 * next, LONGEST_MILLIS);
        return due / 2 + random.nextLong(due / 2 + 1);
    }
}
