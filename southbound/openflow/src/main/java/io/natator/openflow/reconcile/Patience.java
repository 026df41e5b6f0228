package io.natator.openflow.reconcile;

/** Whether a device answers what it is sent: a first delay is told, the second one is too much. Times are in nanoseconds. */
final class Patience {
    /** How long it has been silent. */
    enum Silence {
        SHORT,
        /** Long, since just now. */
        LONG,
        /** So long that the connection has to be given up. */
        TOO_LONG
    }

    private final long nanos;
    private long stepsSeen;
    private boolean late;
    private long deadline;

    /** @param nanos that a device may take for one answer */
    Patience(long nanos, long now) {
        this.nanos = nanos;
        this.deadline = now + nanos;
    }

    /** @param steps grows whenever the device has answered something */
    Silence silence(long steps, long now) {
        if (steps != stepsSeen) {
            stepsSeen = steps;
            late = false;
            deadline = now + nanos;
            return Silence.SHORT;
        }
        if (now < deadline) {
            return Silence.SHORT;
        }
        if (late) {
            return Silence.TOO_LONG;
        }
        late = true;
        deadline = now + 2 * nanos;
        return Silence.LONG;
    }
}
