package io.natator.bgp;

import io.natator.bgp.ribout.Rib;
import io.natator.bgp.transport.Speaker;
import io.natator.model.compile.Announcement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Announcements on their way to the event loop. What comes faster than it is handled is handled at once: of several
 * complete sets the last counts, with the changes after it.
 */
final class Mailbox {
    private final Speaker speaker;
    private final Object lock = new Object();
    private final List<Consumer<Rib>> waiting = new ArrayList<>();
    private long generation;

    Mailbox(Speaker speaker) {
        this.speaker = speaker;
    }

    void replace(long now, List<Announcement> complete) {
        put(now, true, rib -> rib.replace(complete));
    }

    void change(long now, List<Announcement> added, List<Announcement> removed) {
        put(now, false, rib -> rib.change(added, removed));
    }

    private void put(long now, boolean complete, Consumer<Rib> change) {
        boolean first;
        synchronized (lock) {
            first = waiting.isEmpty();
            if (complete) {
                waiting.clear();
            }
            waiting.add(change);
            generation = now;
        }
        if (first) {
            speaker.execute(this::deliver);
        }
    }

    private void deliver() {
        List<Consumer<Rib>> changes;
        long now;
        synchronized (lock) {
            changes = List.copyOf(waiting);
            waiting.clear();
            now = generation;
        }
        speaker.announce(now, rib -> changes.forEach(change -> change.accept(rib)));
    }
}
