package io.natator.core;

import io.natator.core.status.NeighborStatus;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** BGP neighbours: who is wanted and where their sessions stand. */
final class NeighborBook {
    private final SortedMap<String, Neighbor> wanted = new TreeMap<>();
    private final Map<String, NeighborStatus> statuses = new TreeMap<>();
    private boolean changed;

    void put(Neighbor neighbor, Instant now, Outbox outbox) {
        wanted.put(neighbor.id(), neighbor);
        if (!statuses.containsKey(neighbor.id())) {
            update(NeighborStatus.idle(neighbor.id(), now), outbox);
        }
    }

    void delete(String id, Outbox outbox) {
        wanted.remove(id);
        statuses.remove(id);
        changed = true;
        outbox.add(new Effect.NeighborGone(id));
    }

    void on(NeighborEvent event, Instant now, Outbox outbox) {
        NeighborStatus was = statuses.get(event.neighbor());
        if (was == null) {
            return;
        }
        switch (event) {
            case NeighborEvent.StateChanged e -> {
                update(was.after(e, now), outbox);
                boolean up = e.state() == NeighborEvent.State.ESTABLISHED;
                if (e.state() != was.state() && (up || was.isUp())) {
                    String line = "event=bgp-%s neighbor=%s reason=\"%s\""
                            .formatted(up ? "established" : "lost", e.neighbor(), e.reason());
                    outbox.add(new Effect.Log(up ? Effect.Level.INFO : Effect.Level.WARN, line));
                }
            }
            case NeighborEvent.Routes e -> update(was.after(e), outbox);
            case NeighborEvent.BfdChanged e -> update(was.after(e, now), outbox);
            case NeighborEvent.Unsent e -> {}
            case NeighborEvent.Heard e -> {}
            case NeighborEvent.Appeared e -> {}
            case NeighborEvent.Vanished e -> {}
        }
    }

    private void update(NeighborStatus status, Outbox outbox) {
        if (!status.equals(statuses.put(status.neighbor(), status))) {
            changed = true;
            outbox.add(new Effect.PublishNeighbor(status));
        }
    }

    /** True if anything changed since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    List<Neighbor> wanted() {
        return List.copyOf(wanted.values());
    }

    Map<String, NeighborStatus> statuses() {
        return Collections.unmodifiableMap(statuses);
    }
}
