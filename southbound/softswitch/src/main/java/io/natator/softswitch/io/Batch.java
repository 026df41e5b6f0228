package io.natator.softswitch.io;

import io.natator.softswitch.frame.Frame;

/** The frames of one {@link PortIo#receive}. Reused. */
public final class Batch {
    /** Most frames of a batch. */
    public static final int CAPACITY = 64;

    private final Frame[] frames = new Frame[CAPACITY];
    private int count;

    /** An empty batch. */
    public Batch() {
        for (int i = 0; i < CAPACITY; i++) {
            frames[i] = new Frame();
        }
    }

    /** Frames in it. */
    public int count() {
        return count;
    }

    /** Frame {@code i}, 0 to {@link #count} − 1. */
    public Frame frame(int i) {
        return frames[i];
    }

    /** Forgets all frames. */
    public void clear() {
        count = 0;
    }

    /** The next free frame, to be filled; null if the batch is full. */
    public Frame add() {
        return count == CAPACITY ? null : frames[count++];
    }
}
