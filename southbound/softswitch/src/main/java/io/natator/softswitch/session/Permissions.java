package io.natator.softswitch.session;

import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.table.Hash;

/**
 * Which remote addresses may send to a mapping (address-dependent filtering, RFC 4787, section 5): how many sessions it has
 * with each. Known by 64 bits of a hash with a secret key alone: that two of ten million are one is a matter of 10⁻⁵, and
 * lets in one packet that should be kept out.
 */
final class Permissions implements AutoCloseable {
    private static final int SLOT = 12;
    private static final int COUNT = 8;

    private final Region region;
    private final long base;
    private final int slots;
    private final long seed;

    Permissions(int most, long seed) {
        this.seed = seed;
        slots = (int) (most * 6L / 5) + 8;
        region = new Region((long) slots * SLOT);
        base = region.address;
    }

    private int home(long key) {
        return (int) (((key >>> 32) * slots) >>> 32);
    }

    private long at(int slot) {
        return base + (long) slot * SLOT;
    }

    private int next(int slot) {
        return slot + 1 == slots ? 0 : slot + 1;
    }

    private int count(int slot) {
        return Memory.i32(at(slot) + COUNT);
    }

    private int find(long key) {
        int slot = home(key);
        while (count(slot) != 0 && Memory.i64(at(slot)) != key) {
            slot = next(slot);
        }
        return slot;
    }

    boolean has(long key) {
        return count(find(key)) != 0;
    }

    /** What a remote's permission to send to an outside port is known by. */
    long key(int protocol, int outside, int outsidePort, int remote) {
        long addresses = (long) outside << 32 | (remote & 0xFFFF_FFFFL);
        return Hash.finish(Hash.mix(Hash.mix(seed, addresses), protocol << 16 | outsidePort));
    }

    /** Reads where it is; means nothing. */
    long touch(long key) {
        return Memory.i64(at(home(key)));
    }

    /** One session more. */
    void add(long key) {
        int slot = find(key);
        Memory.put64(at(slot), key);
        Memory.put32(at(slot) + COUNT, count(slot) + 1);
    }

    /** One session less. */
    void remove(long key) {
        int hole = find(key);
        int count = count(hole);
        if (count > 1) {
            Memory.put32(at(hole) + COUNT, count - 1);
            return;
        }
        for (int slot = next(hole); count != 0 && count(slot) != 0; slot = next(slot)) {
            if (distance(home(Memory.i64(at(slot))), slot) >= distance(hole, slot)) {
                Memory.copy(at(slot), at(hole), SLOT);
                hole = slot;
            }
        }
        Memory.put32(at(hole) + COUNT, 0);
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
