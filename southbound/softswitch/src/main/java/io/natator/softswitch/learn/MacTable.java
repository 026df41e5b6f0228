package io.natator.softswitch.learn;

import io.natator.softswitch.table.Hash;

/**
 * Where addresses were last seen, each in its VLAN (IEEE 802.1Q, section 8.7). Bounded: an address has four places, and
 * takes that of the one not heard for longest. Allocates nothing.
 */
public final class MacTable {
    /** Addresses that it holds. */
    public static final int CAPACITY = 1 << 14;
    /** An address not heard for so long is forgotten. */
    public static final long AGE_NANOS = 300_000_000_000L;

    private static final int WAYS = 4;
    private static final long MULTICAST = 1L << 40;

    private final long[] keys = new long[CAPACITY];
    private final long[] heard = new long[CAPACITY];
    private final int[] ports = new int[CAPACITY];

    /**
     * A frame came from this address.
     *
     * @param mac 48 bits; one of a group is not learnt
     * @param vlan 0 if the frame has no tag
     * @return true if another address had to be forgotten
     */
    public boolean learn(int vlan, long mac, int port, long now) {
        if (isGroup(mac)) {
            return false;
        }
        long key = key(vlan, mac);
        int first = first(key);
        int place = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                heard[i] = now;
                ports[i] = port;
                return false;
            }
            if (keys[place] != 0 && (keys[i] == 0 || heard[i] < heard[place])) {
                place = i;
            }
        }
        boolean replaced = keys[place] != 0 && now - heard[place] < AGE_NANOS;
        keys[place] = key;
        heard[place] = now;
        ports[place] = port;
        return replaced;
    }

    /** The port where this address is; −1 if it is not known or is that of a group. */
    public int find(int vlan, long mac, long now) {
        long key = key(vlan, mac);
        int first = first(key);
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                return now - heard[i] < AGE_NANOS ? ports[i] : -1;
            }
        }
        return -1;
    }

    /** Forgets what was seen at a port. */
    public void forget(int port) {
        for (int i = 0; i < CAPACITY; i++) {
            if (ports[i] == port) {
                keys[i] = 0;
            }
        }
    }

    private static boolean isGroup(long mac) {
        return (mac & MULTICAST) != 0;
    }

    /** Never 0. */
    private static long key(int vlan, long mac) {
        return 1L << 63 | (long) vlan << 48 | mac;
    }

    private static int first(long key) {
        return (int) Hash.finish(key) & (CAPACITY - WAYS);
    }
}
