package io.natator.softswitch.datapath;

import java.util.Arrays;

/**
 * How long turns take: a histogram of eighths of octaves, of the last ten to twenty seconds. What a packet may have to wait for
 * another batch, requests and housekeeping.
 */
final class Turns {
    private static final long PERIOD_NANOS = 10_000_000_000L;
    /** Of an octave. */
    private static final int PARTS_SHIFT = 3;

    private static final int BUCKETS = 64 << PARTS_SHIFT;

    private int[] now = new int[BUCKETS];
    private int[] before = new int[BUCKETS];
    private long began;

    /** A turn in which there was something to do. */
    void took(long nanos, long at) {
        if (at - began > PERIOD_NANOS) {
            began = at;
            int[] old = before;
            before = now;
            now = old;
            Arrays.fill(now, 0);
        }
        now[bucket(nanos)]++;
    }

    private static int bucket(long nanos) {
        long value = Math.max(nanos, 1 << PARTS_SHIFT);
        int octave = 63 - Long.numberOfLeadingZeros(value);
        int part = (int) (value >>> (octave - PARTS_SHIFT)) & ((1 << PARTS_SHIFT) - 1);
        return octave << PARTS_SHIFT | part;
    }

    /** Upper end of a bucket, nanoseconds. */
    private static long end(int bucket) {
        int octave = bucket >>> PARTS_SHIFT;
        long part = (bucket & ((1 << PARTS_SHIFT) - 1)) + 1L;
        return (1L << octave) + (part << octave >>> PARTS_SHIFT);
    }

    /** So many thousandths of the turns took no longer than this, in nanoseconds; 0 if there was none. */
    long quantile(int thousandths) {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += now[i] + before[i];
        }
        long above = total * (1000 - thousandths) / 1000;
        for (int i = BUCKETS - 1; i >= 0; i--) {
            above -= now[i] + before[i];
            if (above < 0) {
                return end(i);
            }
        }
        return 0;
    }
}
