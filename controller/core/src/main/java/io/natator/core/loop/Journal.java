package io.natator.core.loop;

import io.natator.core.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The most recent events, for diagnosis: with the store, they say how the state came to be. */
public final class Journal {
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /** An event and when it was handled. */
    public record Entry(Instant at, Event event) {}

    Journal(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Instant at, Event event) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(at, event));
    }

    /** Oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
