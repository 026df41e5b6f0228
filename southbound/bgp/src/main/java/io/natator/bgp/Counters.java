package io.natator.bgp;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Written by the event loop, read by anyone. */
public final class Counters {
    private final Map<Counter, LongAdder> values = new EnumMap<>(Counter.class);

    public Counters() {
        for (Counter counter : Counter.values()) {
            values.put(counter, new LongAdder());
        }
    }

    public void add(Counter counter) {
        add(counter, 1);
    }

    public void add(Counter counter, long amount) {
        values.get(counter).add(amount);
    }

    /** All of them by {@link Counter#label}, also those that are zero. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        values.forEach((counter, value) -> snapshot.put(counter.label(), value.sum()));
        return snapshot;
    }
}
