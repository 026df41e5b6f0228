package io.natator.softswitch.log;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one log. Each is written by one thread only, and read by any. */
@SuppressWarnings("EnumOrdinal") // an array by place: some are counted for every packet
public final class LogCounts {
    private final AtomicLongArray counts = new AtomicLongArray(LogCount.values().length);

    public void add(LogCount count, long by) {
        counts.setOpaque(count.ordinal(), counts.getOpaque(count.ordinal()) + by);
    }

    public long get(LogCount count) {
        return counts.getOpaque(count.ordinal());
    }

    /** All of them under their names. */
    public Map<String, Long> snapshot() {
        Map<String, Long> all = new TreeMap<>();
        for (LogCount count : LogCount.values()) {
            all.put(count.label(), get(count));
        }
        return all;
    }
}
