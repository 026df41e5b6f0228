package io.natator.softswitch.io;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory for a batch of frames that come from elsewhere than an interface. */
public final class Slots implements AutoCloseable {
    /** Octets before a frame that may be overwritten. */
    public static final int HEADROOM = 64;
    /** Octets of the longest frame. */
    public static final int LONGEST = 1 << 17;

    private static final int VNET_HEADER = 10;
    private static final int SLOT = HEADROOM + VNET_HEADER + LONGEST;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment slots = arena.allocate((long) SLOT * Batch.CAPACITY, 64);

    /**
     * Adds a frame without offloads to a batch that is not full.
     *
     * @param octets at most {@link #LONGEST}
     */
    public Frame add(Batch batch, byte[] octets) {
        long at = slots.address() + (long) SLOT * batch.count() + HEADROOM + VNET_HEADER;
        MemorySegment.copy(octets, 0, Memory.ALL, ValueLayout.JAVA_BYTE, at, octets.length);
        Frame frame = batch.add();
        frame.address = at;
        frame.length = octets.length;
        frame.headroom = HEADROOM;
        frame.tailroom = LONGEST - octets.length;
        frame.plain();
        return frame;
    }

    /** A copy of a frame's octets. */
    public static byte[] octets(Frame frame) {
        byte[] octets = new byte[frame.length];
        MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_BYTE, frame.address, octets, 0, octets.length);
        return octets;
    }

    @Override
    public void close() {
        arena.close();
    }
}
