package io.natator.core;

import io.natator.core.status.NeighborStatus;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.southbound.NeighborEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** BGP neighbours: who is wanted, who appeared, and where their sessions stand. */
final class NeighborBook {
    /** What is known of one neighbour. */
    record Page(Neighbor neighbor, boolean dynamic, NeighborStatus status, NeighborEvent.Unsent unsent) {
        Page with(NeighborStatus next) {
            return new Page(neighbor, dynamic, next, unsent);
        }
    }

    private final SortedMap<String, Page> pages = new TreeMap<>();
    private final SortedMap<String, PeerGroup> groups = new TreeMap<>();
    private boolean changed;
    private boolean originsChanged;

    void put(Neighbor neighbor, Instant now, Outbox outbox) {
        put(neighbor, false, now, outbox);
    }

    private void put(Neighbor neighbor, boolean dynamic, Instant now, Outbox outbox) {
        Page before = pages.get(neighbor.id());
        Page page = before == null
                ? new Page(
                        neighbor,
                        dynamic,
                        NeighborStatus.idle(neighbor.id(), now),
                        new NeighborEvent.Unsent(neighbor.id(), List.of()))
                : new Page(neighbor, dynamic, before.status(), before.unsent());
        pages.put(neighbor.id(), page);
        changed = true;
        originsChanged = true;
        outbox.add(new Effect.PublishNeighbor(page.neighbor(), page.dynamic(), page.status()));
    }

    void delete(String id, Outbox outbox) {
        if (pages.remove(id) != null) {
            changed = true;
            originsChanged = true;
            outbox.add(new Effect.NeighborGone(id));
        }
    }

    void put(PeerGroup group) {
        groups.put(group.id(), group);
    }

    void deleteGroup(String id) {
        groups.remove(id);
    }

    void on(NeighborEvent event, Instant now, Outbox outbox) {
        if (event instanceof NeighborEvent.Appeared e) {
            appeared(e, now, outbox);
            return;
        }
        Page page = pages.get(event.neighbor());
        if (page == null) {
            return;
        }
        NeighborStatus was = page.status();
        switch (event) {
            case NeighborEvent.StateChanged e -> {
                update(page.with(was.after(e, now)), outbox);
                boolean up = e.state() == NeighborEvent.State.ESTABLISHED;
                if (e.state() != was.state() && (up || was.isUp())) {
                    String line = "event=bgp-%s neighbor=%s reason=\"%s\""
                            .formatted(up ? "established" : "lost", e.neighbor(), e.reason());
                    outbox.add(new Effect.Log(up ? Effect.Level.INFO : Effect.Level.WARN, line));
                }
            }
            case NeighborEvent.Routes e -> update(page.with(was.after(e)), outbox);
            case NeighborEvent.BfdChanged e -> update(page.with(was.after(e, now)), outbox);
            case NeighborEvent.Heard e -> update(page.with(was.after(e)), outbox);
            case NeighborEvent.Unsent e -> {
                changed |= !e.equals(page.unsent());
                pages.put(e.neighbor(), new Page(page.neighbor(), page.dynamic(), was, e));
            }
            case NeighborEvent.Vanished e -> {
                if (page.dynamic()) {
                    delete(e.neighbor(), outbox);
                }
            }
            case NeighborEvent.Appeared e -> {}
        }
    }

    /** A neighbour of a group called; one that is configured under the same id is left alone. */
    private void appeared(NeighborEvent.Appeared event, Instant now, Outbox outbox) {
        PeerGroup group = groups.get(event.group());
        Page page = pages.get(event.neighbor());
        if (group != null && (page == null || page.dynamic())) {
            put(group.dynamic(event.address()), true, now, outbox);
        }
    }

    private void update(Page page, Outbox outbox) {
        if (!page.equals(pages.put(page.neighbor().id(), page))) {
            changed = true;
            outbox.add(new Effect.PublishNeighbor(page.neighbor(), page.dynamic(), page.status()));
        }
    }

    /** True if anything changed since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** True if there are other neighbours, or other AS numbers, than when this was asked last. */
    boolean takeOriginsChanged() {
        boolean was = originsChanged;
        originsChanged = false;
        return was;
    }

    /** Those that are configured. */
    List<Neighbor> wanted() {
        return pages.values().stream()
                .filter(p -> !p.dynamic())
                .map(Page::neighbor)
                .toList();
    }

    /** Groups that anybody may join. */
    List<PeerGroup> dynamicGroups() {
        return groups.values().stream()
                .filter(g -> !g.dynamicPrefixes().isEmpty())
                .toList();
    }

    List<Page> pages() {
        return List.copyOf(pages.values());
    }

    /** Our AS number towards each neighbour. */
    Map<String, Long> localAs() {
        Map<String, Long> all = new HashMap<>();
        pages.values()
                .forEach(p -> all.put(p.neighbor().id(), p.neighbor().peering().localAs()));
        return all;
    }
}
