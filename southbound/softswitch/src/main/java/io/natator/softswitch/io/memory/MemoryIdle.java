package io.natator.softswitch.io.memory;

import io.natator.softswitch.io.Idle;
import java.util.concurrent.locks.LockSupport;

/** Naps while there is no work: frames of a {@link MemoryPort} wake nobody. */
public final class MemoryIdle implements Idle {
    private static final long NAP_NANOS = 50_000;

    private volatile Thread waiting;

    @Override
    public void turn(boolean worked) {
        if (!worked) {
            waiting = Thread.currentThread();
            LockSupport.parkNanos(this, NAP_NANOS);
        }
    }

    @Override
    public void wake() {
        // Does nothing as long as nobody has waited.
        LockSupport.unpark(waiting);
    }

    @Override
    public void close() {}
}
