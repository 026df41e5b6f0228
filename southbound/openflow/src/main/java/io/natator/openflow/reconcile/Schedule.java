package io.natator.openflow.reconcile;

/** When the rules of a device are read, and when those that it refused are tried again. Times are in nanoseconds. */
final class Schedule {
    private static final int MOST_DOUBLINGS = 5;

    private final ReconcileLimits limits;
    private long regular;
    private long soon = Long.MAX_VALUE;
    private long forgiveAt;
    private int failuresInARow;

    /** The first look is due at once. */
    Schedule(ReconcileLimits limits, long now) {
        this.limits = limits;
        this.regular = now;
        this.forgiveAt = now + limits.retryRefused().toNanos();
    }

    boolean isDue(long now) {
        return now >= soon || now >= regular;
    }

    /** A look is under way: the next one is due after it. */
    void begun() {
        soon = Long.MAX_VALUE;
        regular = Long.MAX_VALUE;
    }

    void succeeded(long now) {
        failuresInARow = 0;
        regular = now + limits.resync().toNanos();
    }

    /** The more often in a row, the later the next one. */
    void failed(long now) {
        long wait = limits.retry().toNanos() << Math.min(failuresInARow, MOST_DOUBLINGS);
        failuresInARow++;
        regular = now + Math.min(wait, limits.resync().toNanos());
    }

    /** Something is wrong: together with what goes wrong at the same time it is looked at soon. */
    void lookSoon(long now) {
        if (soon == Long.MAX_VALUE) {
            lookAgain(now);
        }
    }

    /** Something was mended: did it help? */
    void lookAgain(long now) {
        soon = now + limits.debounce().toNanos();
    }

    void lookNow(long now) {
        regular = now;
    }

    /** True each time that what was refused may be tried once more. */
    boolean takeForgiveness(long now) {
        if (now < forgiveAt) {
            return false;
        }
        forgiveAt = now + limits.retryRefused().toNanos();
        return true;
    }
}
