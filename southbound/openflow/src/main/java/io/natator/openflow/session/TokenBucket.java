package io.natator.openflow.session;

/** So many a second in the long run, so many at once. Time is a parameter. */
public final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;

    private final long nanosPerToken;
    private final long capacityNanos;
    private long fullAt = Long.MIN_VALUE;

    /**
     * @param perSecond 1 to 1,000,000,000
     * @param burst at least 1
     */
    public TokenBucket(int perSecond, int burst) {
        nanosPerToken = SECOND / perSecond;
        capacityNanos = nanosPerToken * burst;
    }

    /** Takes one if there is one at {@code now}, in nanoseconds. */
    public boolean take(long now) {
        long base = fullAt == Long.MIN_VALUE ? now : Math.max(fullAt, now);
        if (base + nanosPerToken - now > capacityNanos) {
            return false;
        }
        fullAt = base + nanosPerToken;
        return true;
    }
}
