package io.natator.softswitch.datapath;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What other threads ask of the datapath thread: bounded, in order, some in a turn. */
final class Inbox {
    /** Most that waits. */
    static final int CAPACITY = 1024;
    /** Most that is done between two batches of packets. */
    private static final int AT_ONCE = 32;

    /** Something that is asked. */
    interface Work {
        /** Does it, or part of it. Returns true if it is done; else it is called again in the next turn. */
        boolean go(long now);
    }

    private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong turnedAway = new AtomicLong();

    /** May be called by any thread. Returns false if too much is waiting. */
    boolean put(Work work) {
        if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            turnedAway.incrementAndGet();
            return false;
        }
        waiting.add(work);
        return true;
    }

    /** How often too much was waiting. */
    long turnedAway() {
        return turnedAway.get();
    }

    /** Does what is waiting, up to a bound. Returns false if there was nothing. */
    boolean work(long now) {
        if (size.get() == 0) {
            return false;
        }
        for (int i = 0; i < AT_ONCE; i++) {
            Work next = waiting.peek();
            if (next == null || !next.go(now)) {
                return true;
            }
            waiting.remove();
            size.decrementAndGet();
        }
        return true;
    }
}
