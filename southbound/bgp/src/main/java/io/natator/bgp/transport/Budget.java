package io.natator.bgp.transport;

/** So many a second and no more, with some in store. */
final class Budget {
    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    /** In units of nanoseconds times rate, so that nothing is rounded away. */
    private long store;

    private long last;

    /** @param now nanoseconds on any monotonic clock */
    Budget(int perSecond, long now) {
        this.perSecond = perSecond;
        this.store = perSecond * SECOND;
        this.last = now;
    }

    /** Takes one, if there is one. */
    boolean take(long now) {
        long most = perSecond * SECOND;
        long elapsed = Math.min(now - last, SECOND);
        store = Math.min(most, store + elapsed * perSecond);
        last = now;
        if (store < SECOND) {
            return false;
        }
        store -= SECOND;
        return true;
    }
}
