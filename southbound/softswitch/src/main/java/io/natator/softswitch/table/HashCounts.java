package io.natator.softswitch.table;

/** How often each hash was added; open addressing in primitive arrays. 0 stands for a free place and counts as 1. */
final class HashCounts {
    private long[] hashes = new long[8];
    private int[] counts = new int[8];
    private int size;

    boolean contains(long hash) {
        return hashes[find(key(hash))] != 0;
    }

    void add(long hash) {
        long key = key(hash);
        int at = find(key);
        if (hashes[at] == 0) {
            if (++size * 3 > hashes.length * 2) {
                grow();
                at = find(key);
            }
            hashes[at] = key;
        }
        counts[at]++;
    }

    /** Takes back one {@link #add}. */
    void remove(long hash) {
        int at = find(key(hash));
        if (--counts[at] > 0) {
            return;
        }
        size--;
        int last = hashes.length - 1;
        int hole = at;
        for (int i = (hole + 1) & last; hashes[i] != 0; i = (i + 1) & last) {
            int home = (int) hashes[i] & last;
            if (((i - home) & last) >= ((i - hole) & last)) {
                hashes[hole] = hashes[i];
                counts[hole] = counts[i];
                hole = i;
            }
        }
        hashes[hole] = 0;
        counts[hole] = 0;
    }

    private static long key(long hash) {
        return hash == 0 ? 1 : hash;
    }

    private int find(long key) {
        int last = hashes.length - 1;
        int at = (int) key & last;
        while (hashes[at] != 0 && hashes[at] != key) {
            at = (at + 1) & last;
        }
        return at;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new long[oldHashes.length * 2];
        counts = new int[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int at = find(oldHashes[i]);
                hashes[at] = oldHashes[i];
                counts[at] = oldCounts[i];
            }
        }
    }
}
