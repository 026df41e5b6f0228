package io.natator.softswitch.table;

import io.natator.softswitch.flow.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Changes that are prepared and not yet seen by packets: how to take them back, what makes them be seen, what is left to do
 * when they are, and what is to be told of them. Used for one change, or for all of a transaction, after the other.
 */
public final class Journal {
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> atCommit = new ArrayList<>();
    private final Deque<Runnable> afterwards = new ArrayDeque<>();
    private final List<Event> events = new ArrayList<>();
    private final boolean transaction;

    /** @param transaction packets may pass before the changes are committed */
    public Journal(boolean transaction) {
        this.transaction = transaction;
    }

    /** True if packets may pass before the changes are committed. */
    public boolean isTransaction() {
        return transaction;
    }

    /** How to take back what was just done. */
    public void undo(Runnable step) {
        undo.push(step);
    }

    /** Part of making the changes be seen. All of it happens between two packets: it must be short. */
    public void atCommit(Runnable step) {
        atCommit.add(step);
    }

    /** To be done when the changes are seen, bit by bit. */
    public void afterwards(Runnable step) {
        afterwards.add(step);
    }

    /** To be told if the changes stay. */
    public void event(Event event) {
        events.add(event);
    }

    /** Takes one step back, the latest first. Returns false if there was none. */
    public boolean takeBack() {
        Runnable step = undo.poll();
        if (step == null) {
            atCommit.clear();
            afterwards.clear();
            events.clear();
            return false;
        }
        step.run();
        return true;
    }

    /** From here on packets see the changes, and they stay. */
    public void commit() {
        undo.clear();
        atCommit.forEach(Runnable::run);
        atCommit.clear();
    }

    /** Does one thing of what is left to do after {@link #commit}. Returns false if there was none. */
    public boolean tidyUp() {
        Runnable step = afterwards.poll();
        if (step != null) {
            step.run();
        }
        return step != null;
    }

    /** What is to be told by now, each once. */
    public List<Event> told() {
        if (events.isEmpty()) {
            return List.of();
        }
        List<Event> told = List.copyOf(events);
        events.clear();
        return told;
    }
}
