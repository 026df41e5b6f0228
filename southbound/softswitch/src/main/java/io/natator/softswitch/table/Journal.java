package io.natator.softswitch.table;

import io.natator.softswitch.flow.Event;
import java.util.ArrayList;
import java.util.List;

/** What changes did, until it is certain that they stay: how to take them back, and what is to be told of them. */
public final class Journal {
    private final List<Runnable> undo = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    /** How to take back what was just done. */
    public void undo(Runnable step) {
        undo.add(step);
    }

    /** To be told if the changes stay. */
    public void event(Event event) {
        events.add(event);
    }

    /** Takes everything back, the latest first. */
    public void rollBack() {
        undo.reversed().forEach(Runnable::run);
        undo.clear();
        events.clear();
    }

    /** What is done so far stays. Returns what is to be told. */
    public List<Event> commit() {
        undo.clear();
        List<Event> told = List.copyOf(events);
        events.clear();
        return told;
    }
}
