package io.natator.softswitch.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An eventfd(2): any thread signals, one thread waits with {@code poll}. */
public final class Event implements AutoCloseable {
    private static final int SIZE = 8;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
    private final MemorySegment count = arena.allocate(JAVA_LONG);
    private final int fd;
    private boolean open = true;

    public Event() throws IOException {
        fd = Libc.eventfd();
    }

    /** What to wait at: readable once there was a signal. */
    public int fd() {
        return fd;
    }

    /** May be called by any thread, and after {@link #close}. */
    public synchronized void signal() {
        if (open) {
            // Fails only if there have been 2⁶⁴ − 2 signals already.
            long _ = Hot.write(fd, one.address(), SIZE);
        }
    }

    /** Forgets all signals; the waiting thread calls. */
    public void clear() {
        long _ = Hot.read(fd, count.address(), SIZE);
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            Libc.close(fd);
            arena.close();
        }
    }
}
