package io.natator.softswitch.log;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of records in memory off the heap, for one thread that puts and one that takes. Neither waits for the other
 * and neither allocates: a record that finds no room is not taken.
 */
final class EventRing implements AutoCloseable {
    private static final VarHandle PUT;
    private static final VarHandle TAKEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PUT = lookup.findVarHandle(EventRing.class, "put", long.class);
            TAKEN = lookup.findVarHandle(EventRing.class, "taken", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int capacity;

    /** Records that were ever put; written by the producer. */
    @SuppressWarnings("UnusedVariable") // by PUT
    private volatile long put;

    /** Records that were ever taken; written by the consumer. */
    @SuppressWarnings("UnusedVariable") // by TAKEN
    private volatile long taken;

    /** What the producer last saw of {@code taken}: reading it anew costs a cache miss. */
    private long knownTaken;

    /** The producer's own count, which nobody else reads. */
    private long next;

    /** @param capacity records; a power of two */
    EventRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(capacity + " is no power of two");
        }
        this.capacity = capacity;
        memory = arena.allocate((long) capacity * RecordLayout.SIZE, 64);
    }

    MemorySegment memory() {
        return memory;
    }

    /**
     * Producer: where to write the next records, in {@link #memory}; negative if there is no room for all of them.
     *
     * @param records 1, or 2 that are taken together: the second one is at {@link #second}
     */
    long claim(int records) {
        if (next - knownTaken + records > capacity) {
            knownTaken = (long) TAKEN.getAcquire(this);
            if (next - knownTaken + records > capacity) {
                return -1;
            }
        }
        return (next & (capacity - 1)) * RecordLayout.SIZE;
    }

    /** Producer: where the second of two records is that were claimed together. */
    long second() {
        return (next + 1 & (capacity - 1)) * RecordLayout.SIZE;
    }

    /** Producer: the records that were claimed are complete. */
    void publish(int records) {
        next += records;
        PUT.setRelease(this, next);
    }

    /** Consumer: how many records there are to take. */
    int available() {
        return (int) ((long) PUT.getAcquire(this) - (long) TAKEN.getOpaque(this));
    }

    /** Consumer: where the record is that is {@code index} behind the first one. */
    long at(int index) {
        return ((long) TAKEN.getOpaque(this) + index & (capacity - 1)) * RecordLayout.SIZE;
    }

    /** Consumer: is done with the first {@code count} records. */
    void release(int count) {
        TAKEN.setRelease(this, (long) TAKEN.getOpaque(this) + count);
    }

    /** Both threads must have ended. */
    @Override
    public void close() {
        arena.close();
    }
}
