package io.natator.softswitch.cache;

import io.natator.softswitch.table.MaskedKeys;
import java.util.Arrays;

/** The entries of the cache with one mask. After each stored key stands when it was last used. */
final class Megaflows {
    private final MaskedKeys keys;
    private final int stride;
    private long[] store;
    /** Null: free. */
    private Path[] paths;

    private int size;

    Megaflows(long[] mask) {
        keys = new MaskedKeys(mask);
        stride = keys.width() + 1;
        paths = new Path[16];
        store = new long[paths.length * stride];
    }

    long[] mask() {
        return keys.mask();
    }

    int size() {
        return size;
    }

    /** Places, of which some are free. */
    int places() {
        return paths.length;
    }

    /** The place of the entry that takes this packet; −1 if there is none. */
    int find(long[] key) {
        int at = place(key);
        return paths[at] == null ? -1 : at;
    }

    /** True if the entry at this place takes the packet. */
    boolean takes(int place, long[] key) {
        return place < paths.length && paths[place] != null && keys.same(key, store, place * stride);
    }

    /** Null if the place is free. */
    Path path(int place) {
        return paths[place];
    }

    /** Notes that the entry is used at this time, in units of the owner. */
    void use(int place, long time) {
        int at = (place + 1) * stride - 1;
        if (store[at] != time) {
            store[at] = time;
        }
    }

    long used(int place) {
        return store[(place + 1) * stride - 1];
    }

    /** Adds an entry, or changes where it leads. Returns true if it is new. */
    boolean put(long[] key, Path path, long time) {
        int at = place(key);
        Path old = paths[at];
        if (old == null && (size + 1) * 3 > paths.length * 2) {
            grow();
            at = place(key);
        }
        path.enter();
        paths[at] = path;
        if (old == null) {
            size++;
            keys.put(key, store, at * stride);
        } else {
            old.leave();
        }
        use(at, time);
        return old == null;
    }

    /** Frees a place; another entry may move there. */
    void remove(int place) {
        Path path = paths[place];
        int last = paths.length - 1;
        int hole = place;
        for (int i = (hole + 1) & last; paths[i] != null; i = (i + 1) & last) {
            int home = (int) keys.hash(store, i * stride) & last;
            if (((i - home) & last) >= ((i - hole) & last)) {
                paths[hole] = paths[i];
                System.arraycopy(store, i * stride, store, hole * stride, stride);
                hole = i;
            }
        }
        paths[hole] = null;
        size--;
        path.leave();
    }

    /** True if an entry has packets that this match takes, looking only at bits that are as they came. */
    boolean overlaps(int place, long[] value, long[] mask, long[] changed) {
        return keys.overlaps(store, place * stride, value, mask, changed);
    }

    private int place(long[] key) {
        int last = paths.length - 1;
        int at = (int) keys.hash(key) & last;
        while (paths[at] != null && !keys.same(key, store, at * stride)) {
            at = (at + 1) & last;
        }
        return at;
    }

    private void grow() {
        long[] oldStore = store;
        Path[] oldPaths = paths;
        paths = new Path[oldPaths.length * 2];
        store = new long[paths.length * stride];
        int last = paths.length - 1;
        for (int i = 0; i < oldPaths.length; i++) {
            if (oldPaths[i] != null) {
                int at = (int) keys.hash(oldStore, i * stride) & last;
                while (paths[at] != null) {
                    at = (at + 1) & last;
                }
                paths[at] = oldPaths[i];
                System.arraycopy(oldStore, i * stride, store, at * stride, stride);
            }
        }
    }

    void clear() {
        for (Path path : paths) {
            if (path != null) {
                path.leave();
            }
        }
        Arrays.fill(paths, null);
        size = 0;
    }
}
