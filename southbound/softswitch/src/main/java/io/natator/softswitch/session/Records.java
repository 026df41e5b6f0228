package io.natator.softswitch.session;

import io.natator.softswitch.frame.Memory;

/** Numbered records of one size, from 1 on; the one that was freed last is given away first. */
abstract class Records implements AutoCloseable {
    private final Region region;
    private final long base;
    private final int size;
    private final int most;
    private int highest;
    private int free;
    private int live;

    /** @param size octets of a record; its first four link free ones */
    Records(int most, int size) {
        this.most = most;
        this.size = size;
        region = new Region((most + 1L) * size);
        base = region.address;
    }

    /** Where a record is. */
    final long at(int record) {
        return base + (long) record * size;
    }

    /** A record of zeroes; 0 if there is no room. */
    final int take() {
        int record = free;
        if (record != 0) {
            free = Memory.i32(at(record));
            for (int i = 0; i < size; i += Long.BYTES) {
                Memory.put64(at(record) + i, 0);
            }
        } else if (highest < most) {
            record = ++highest;
        } else {
            return 0;
        }
        live++;
        return record;
    }

    /** Gives a record back. But for the first four, its octets are zero from now on. */
    final void free(int record) {
        for (int i = 0; i < size; i += Long.BYTES) {
            Memory.put64(at(record) + i, 0);
        }
        Memory.put32(at(record), free);
        free = record;
        live--;
    }

    final boolean isFull() {
        return free == 0 && highest == most;
    }

    /** No record has a higher number. */
    public final int highest() {
        return highest;
    }

    /** Records in use. */
    public final int live() {
        return live;
    }

    /** Most records. */
    public final int most() {
        return most;
    }

    long octets() {
        return region.octets;
    }

    @Override
    public void close() {
        region.close();
    }
}
