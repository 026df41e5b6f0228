package io.natator.softswitch.pipeline;

import java.lang.foreign.Arena;

/** Off-heap memory for copies of frames, given out piece after piece and taken back all at once. */
public final class CopyRoom implements AutoCloseable {
    /** Room for some tens of the largest frames. */
    private static final long SIZE = 8L << 20;

    private static final long ALIGN = 64;

    private final Arena arena = Arena.ofShared();
    private final long start = arena.allocate(SIZE, ALIGN).address();
    private long used;

    /** Address of so many octets; 0 if there are no more. */
    public long take(int octets) {
        long size = (octets + ALIGN - 1) & -ALIGN;
        if (used + size > SIZE) {
            return 0;
        }
        long at = start + used;
        used += size;
        return at;
    }

    /** True if the next packet should find it empty. */
    public boolean isLow() {
        return used > SIZE / 2;
    }

    /** Takes all back. */
    public void clear() {
        used = 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
