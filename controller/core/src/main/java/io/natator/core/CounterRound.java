package io.natator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.SortedMap;

/** Reads the counters of one device's translations in turn, a bounded number at a time. */
final class CounterRound {
    private final long datapathId;
    private final Limits limits;
    private String last = "";
    private Instant next = Instant.MIN;

    CounterRound(long datapathId, Limits limits) {
        this.datapathId = datapathId;
        this.limits = limits;
    }

    void advance(Instant now, SortedMap<String, Part> parts, Outbox outbox) {
        if (now.isBefore(next)) {
            return;
        }
        boolean all = parts.size() <= limits.countersAtOnce();
        Iterator<Part> turn =
                (all ? parts : parts.tailMap(last + "\0")).values().iterator();
        for (int asked = 0; asked < limits.countersAtOnce() && turn.hasNext(); asked++) {
            Part part = turn.next();
            last = part.id();
            if (part.current() != null && part.generation() > 0) {
                outbox.add(new Effect.ReadCounters(datapathId, part.id()));
            }
        }
        if (!turn.hasNext()) {
            last = "";
        }
        next = now.plus(all ? limits.countersPoll() : Duration.ofSeconds(1));
    }

    Instant deadline() {
        return next;
    }
}
