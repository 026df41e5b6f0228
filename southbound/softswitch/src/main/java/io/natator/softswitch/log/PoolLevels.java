package io.natator.softswitch.log;

/**
 * How much of each pool is given away, and whether it was told that this is a lot. A table of fixed size that is asked without making
 * objects; pools that find no place in it are not watched.
 */
final class PoolLevels {
    /** A pool is told to be nearly full from so many tenths on, and not to be any more from so many tenths down. */
    static final int HIGH = 9;

    static final int LOW = 7;

    /** What a change means. */
    enum Crossing {
        NONE,
        /** It has become nearly full. */
        HIGH,
        /** It is no longer. */
        LOW
    }

    private static final int PLACES = 1 << 14;
    private static final int MOST = PLACES / 4 * 3;

    private final long[] keys = new long[PLACES];
    private final int[] used = new int[PLACES];
    private final boolean[] high = new boolean[PLACES];
    private int count;

    /**
     * Something of a pool was given away or came back.
     *
     * @param share its number, never 0
     * @param space of ports, 0 to 3; 0 where there are none
     * @param by 1 or -1
     * @param capacity all that there is; 0: it is not known
     */
    Crossing change(int share, int space, int by, long capacity) {
        int place = place((long) share << 2 | space);
        if (place < 0) {
            return Crossing.NONE;
        }
        used[place] += by;
        if (capacity == 0) {
            return Crossing.NONE;
        }
        if (!high[place] && used[place] >= threshold(capacity, HIGH)) {
            high[place] = true;
            return Crossing.HIGH;
        }
        if (high[place] && used[place] <= threshold(capacity, LOW)) {
            high[place] = false;
            return Crossing.LOW;
        }
        return Crossing.NONE;
    }

    /** So many tenths of all; of what cannot be divided, a bit more. */
    static long threshold(long capacity, int tenths) {
        return Math.ceilDiv(capacity * tenths, 10);
    }

    /** Where a key is, or is from now on; negative if there is no room. */
    private int place(long key) {
        int place = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 40) & (PLACES - 1);
        while (keys[place] != key) {
            if (keys[place] == 0) {
                if (count == MOST) {
                    return -1;
                }
                count++;
                keys[place] = key;
                return place;
            }
            place = (place + 1) & (PLACES - 1);
        }
        return place;
    }
}
