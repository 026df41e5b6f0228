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
}
