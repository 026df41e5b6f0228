package io.natator.softswitch.session;

/** Lets through so much a second, and as much at once. */
public final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;

    private final int rate;
    private long tokens;
    private long filled;

    /** @param rate a second; 0: nothing */
    public TokenBucket(int rate) {
        this.rate = rate;
        this.tokens = rate;
    }

    /**
     * True if there is one more.
     *
     * @param now nanoseconds
     */
    public boolean take(long now) {
        if (rate == 0) {
            return false;
        }
        long fresh = Math.min(rate, (now - filled) / (SECOND / rate));
        if (fresh > 0) {
            tokens = Math.min(rate, tokens + fresh);
            filled = fresh == rate ? now : filled + fresh * (SECOND / rate);
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
