package io.natator.core;

import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.NeighborStatus;
import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is announced equal to what is proved, from the moment on when that may be said. */
final class Announcer {
    private final RoutePlanner planner;
    private List<Announcement> announced;
    private Map<Announcement, Instant> since = Map.of();
    private List<AnnouncementStatus> published = List.of();
    private boolean changed;

    Announcer(RoutePlanner planner) {
        this.planner = planner;
    }

    /** Announces what follows from {@code proved}, if it is not announced yet. */
    void announce(List<RoutePlanner.Proved> proved, Instant now, Outbox outbox) {
        List<Announcement> next = planner.announcements(proved);
        if (next.equals(announced)) {
            return;
        }
        outbox.info(
                "event=announce routes=%d before=%d".formatted(next.size(), announced == null ? 0 : announced.size()));
        announced = next;
        changed = true;
        Map<Announcement, Instant> times = new HashMap<>();
        next.forEach(a -> times.put(a, since.getOrDefault(a, now)));
        since = times;
        outbox.add(new Effect.Announce(next));
    }

    /** What keeps any of {@code proved} from being announced. */
    List<RoutePlanner.Problem> problems(List<RoutePlanner.Proved> proved) {
        return planner.problems(proved);
    }

    /** True if the set changed since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Tells who has been sent what. */
    void publish(Collection<Neighbor> neighbors, Map<String, NeighborStatus> statuses, Outbox outbox) {
        List<Announcement> all = announced == null ? List.of() : announced;
        List<String> told = new ArrayList<>();
        for (Neighbor neighbor : neighbors) {
            NeighborStatus status = statuses.get(neighbor.id());
            long meant =
                    all.stream().filter(a -> isFor(a, neighbor.id(), status)).count();
            if (status != null
                    && status.state() == NeighborEvent.State.ESTABLISHED
                    && status.routes().sent() >= meant) {
                told.add(neighbor.id());
            }
        }
        List<AnnouncementStatus> next = all.stream()
                .map(a -> new AnnouncementStatus(
                        a,
                        told.stream().filter(n -> isFor(a, n, statuses.get(n))).toList(),
                        since.get(a)))
                .toList();
        if (!next.equals(published)) {
            published = next;
            outbox.add(new Effect.PublishAnnouncements(next));
        }
    }

    private static boolean isFor(Announcement announcement, String neighbor, NeighborStatus status) {
        String family = announcement.prefix().isIp4() ? "ipv4-unicast" : "ipv6-unicast";
        return status != null
                && status.families().contains(family)
                && (announcement.neighbors().isEmpty()
                        || announcement.neighbors().contains(neighbor));
    }

    /** What is announced now. */
    List<Announcement> announced() {
        return announced == null ? List.of() : announced;
    }
}
