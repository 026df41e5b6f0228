package io.natator.softswitch.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups or meters by number: found without allocation, listed in order. */
public final class ById<T> {
    private final Map<Integer, T> ordered = new TreeMap<>(Comparator.comparingLong(Integer::toUnsignedLong));
    private int[] ids = new int[16];
    private Object[] values = new Object[16];

    /** The one of this number, or null. */
    @SuppressWarnings("unchecked") // put() lets only T in
    public T get(int id) {
        return (T) values[find(id)];
    }

    public void put(int id, T value) {
        ordered.put(id, value);
        if (ordered.size() * 2 > ids.length) {
            grow();
        } else {
            int at = find(id);
            ids[at] = id;
            values[at] = value;
        }
    }

    public void remove(int id) {
        ordered.remove(id);
        int last = ids.length - 1;
        int hole = find(id);
        for (int i = (hole + 1) & last; values[i] != null; i = (i + 1) & last) {
            int home = (int) Hash.finish(ids[i]) & last;
            if (((i - home) & last) >= ((i - hole) & last)) {
                ids[hole] = ids[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = null;
    }

    /** Another one that holds the same. */
    public ById<T> copy() {
        ById<T> copy = new ById<>();
        ordered.forEach(copy::put);
        return copy;
    }

    public int size() {
        return ordered.size();
    }

    /** All, by number. */
    public List<T> all() {
        return new ArrayList<>(ordered.values());
    }

    private int find(int id) {
        int last = ids.length - 1;
        int at = (int) Hash.finish(id) & last;
        while (values[at] != null && ids[at] != id) {
            at = (at + 1) & last;
        }
        return at;
    }

    private void grow() {
        ids = new int[ids.length * 2];
        values = new Object[ids.length];
        ordered.forEach((id, value) -> {
            int at = find(id);
            ids[at] = id;
            values[at] = value;
        });
    }
}
