package io.natator.softswitch.session;

/** Now, as all parts of the store see it. */
final class Moment {
    /** Nanoseconds of the datapath's clock. */
    long now;
    /** The same in ticks of the {@link Wheel}. */
    int tick;

    void set(long nanos) {
        now = nanos;
        tick = Wheel.tick(nanos);
    }

    /** Nanoseconds of the datapath's clock at a tick not later than now. */
    long at(int then) {
        return now - ((long) (tick - then) << Wheel.TICK_BITS);
    }
}
