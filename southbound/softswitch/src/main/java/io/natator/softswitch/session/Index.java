package io.natator.softswitch.session;

import io.natator.softswitch.frame.Memory;

/**
 * From hashes to records: open addressing with linear probing in slots of eight octets, each the upper half of the hash and
 * the number of the record, so that hardly ever another record than the right one is looked at. Records are numbered from 1.
 * Of a hash the upper half counts. Never more than five of six slots are taken.
 */
final class Index implements AutoCloseable {
    private static final int SLOT = 8;

    private final Region region;
    private final long base;
    private final int slots;

    /** @param most records, 1 to 2²⁷ */
    Index(int most) {
        slots = (int) (most * 6L / 5) + 8;
        region = new Region((long) slots * SLOT);
        base = region.address;
    }

    /** Where to begin looking for a hash. */
    int home(long hash) {
        return (int) (((hash >>> 32) * slots) >>> 32);
    }

    int next(int at) {
        return at + 1 == slots ? 0 : at + 1;
    }

    /** 0: nothing there, and nothing behind; else {@link #record} and {@link #has} tell of it. */
    long slot(int at) {
        return Memory.i64(base + (long) at * SLOT);
    }

    static boolean has(long slot, long hash) {
        return (slot ^ hash) >>> 32 == 0;
    }

    static int record(long slot) {
        return (int) slot;
    }

    /** The first record whose hash has the same upper half; 0 if there is none. Others may follow. */
    int first(long hash) {
        for (int at = home(hash); ; at = next(at)) {
            long slot = slot(at);
            if (slot == 0 || has(slot, hash)) {
                return record(slot);
            }
        }
    }

    /** Adds a record, which must not be in it. */
    void put(long hash, int record) {
        int at = home(hash);
        while (slot(at) != 0) {
            at = next(at);
        }
        set(at, (hash & 0xFFFF_FFFF_0000_0000L) | record);
    }

    private void set(int at, long slot) {
        Memory.put64(base + (long) at * SLOT, slot);
    }

    /** Removes a record; nothing if it is not there. */
    void remove(long hash, int record) {
        long wanted = (hash & 0xFFFF_FFFF_0000_0000L) | record;
        int hole = home(hash);
        while (slot(hole) != wanted) {
            if (slot(hole) == 0) {
                return;
            }
            hole = next(hole);
        }
        for (int at = next(hole); slot(at) != 0; at = next(at)) {
            long slot = slot(at);
            // It may move to the hole unless that is before its home.
            if (distance(home(slot), at) >= distance(hole, at)) {
                set(hole, slot);
                hole = at;
            }
        }
        set(hole, 0);
    }

    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + slots;
    }

    long octets() {
        return region.octets;
    }

    @Override
    public void close() {
        region.close();
    }
}
