package io.natator.openflow;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The values of all {@link Count}s; any thread may add and read. */
public final class Counts {
    private final Map<Count, LongAdder> adders = new EnumMap<>(Count.class);

    public Counts() {
        for (Count count : Count.values()) {
            adders.put(count, new LongAdder());
        }
    }

    /** Adds one. */
    public void add(Count count) {
        add(count, 1);
    }

    public void add(Count count, long n) {
        adders.get(count).add(n);
    }

    public long get(Count count) {
        return adders.get(count).sum();
    }

    /** All values by label. */
    public Map<String, Long> snapshot() {
        Map<String, Long> all = new TreeMap<>();
        adders.forEach((count, adder) -> all.put(count.label(), adder.sum()));
        return all;
    }
}
