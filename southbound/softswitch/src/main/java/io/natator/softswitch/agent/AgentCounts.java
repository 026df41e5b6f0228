package io.natator.softswitch.agent;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The values of all {@link AgentCount}s; any thread may add and read. */
public final class AgentCounts {
    private final Map<AgentCount, LongAdder> adders = new EnumMap<>(AgentCount.class);

    public AgentCounts() {
        for (AgentCount count : AgentCount.values()) {
            adders.put(count, new LongAdder());
        }
    }

    /** Adds one. */
    public void add(AgentCount count) {
        add(count, 1);
    }

    public void add(AgentCount count, long n) {
        adders.get(count).add(n);
    }

    public long get(AgentCount count) {
        return adders.get(count).sum();
    }

    /** All values by label. */
    public Map<String, Long> snapshot() {
        Map<String, Long> all = new TreeMap<>();
        adders.forEach((count, adder) -> all.put(count.label(), adder.sum()));
        return all;
    }
}
