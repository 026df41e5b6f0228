package io.natator.lab.net;

import io.natator.lab.LabException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that another process does. */
public final class Wait {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Wait() {}

    /** Waits up to 10 s; {@code what} completes "waited … s for". */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    /** Waits up to {@code limit}. A condition that cannot be asked (a daemon that has yet to listen) does not hold. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        LabException last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
                last = null;
            } catch (LabException e) {
                last = e;
            }
            pause(Duration.ofMillis(20));
        }
        throw new LabException("waited " + limit.toMillis() / 1000.0 + " s in vain for " + what, last);
    }

    /** Sleeps. */
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
