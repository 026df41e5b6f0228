package io.natator.core;

import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.AnnouncementStatus.State;
import io.natator.core.status.AnnouncementStatus.Told;
import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.compile.RoutePlanner.Origins;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.compile.RoutePlanner.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Keeps what is announced equal to what is proved, from the moment on when that may be said. */
final class Announcer {
    /** What names an announcement. */
    private record Key(IpPrefix prefix, IpAddress nextHop) {
        static Key of(Announcement announcement) {
            return new Key(announcement.prefix(), announcement.nextHop());
        }
    }

    /** A route and what is to become of it, whoever has been told. */
    private record Entry(Announcement announcement, State state, String reason, Map<String, String> refusing) {}

    private record Shown(Entry entry, Instant since) {}

    private final RoutePlanner planner;
    private List<Announcement> announced;
    private Map<Key, Shown> shown = Map.of();
    /** Of what is announced; neighbours say by it how far they have come. */
    private long generation;

    private List<Hearing> published = List.of();
    private boolean changed;

    Announcer(RoutePlanner planner) {
        this.planner = planner;
    }

    /**
     * Announces what follows from {@code proved}, if it is not announced yet.
     *
     * @param held what is proved and not to be announced, and why
     * @return what else keeps anything from being announced
     */
    List<RoutePlanner.Problem> announce(
            List<Proved> proved, Map<Proved, String> held, Origins origins, Instant now, Outbox outbox) {
        RoutePlanner.Routes next = planner.plan(proved, origins);
        show(next, held, now, outbox);
        tell(next.announcements(), outbox);
        List<RoutePlanner.Problem> problems = new ArrayList<>(next.problems());
        next.refused().forEach(r -> problems.addAll(problems(r, proved)));
        return problems;
    }

    /** All at first, then what changes. */
    private void tell(List<Announcement> next, Outbox outbox) {
        boolean first = announced == null;
        Difference difference = Difference.between(announced(), next);
        if (first || !difference.isEmpty()) {
            outbox.info("event=announce routes=%d before=%d"
                    .formatted(next.size(), announced().size()));
            generation++;
            outbox.add(
                    first
                            ? new Effect.Announce(generation, next)
                            : new Effect.ChangeAnnouncements(generation, difference.added(), difference.removed()));
        }
        announced = next;
    }

    /** A refusal as a problem of those whose routes it is. */
    private static List<RoutePlanner.Problem> problems(Refusal refusal, List<Proved> proved) {
        String reason = "not announced: " + refusal.announcement().prefix() + ": " + refusal.reason();
        return proved.stream()
                .filter(p -> refusal.announcement()
                        .translations()
                        .contains(p.translation().id()))
                .map(p -> new RoutePlanner.Problem(
                        p.translation().id(), p.device().id(), reason))
                .toList();
    }

    private void show(RoutePlanner.Routes next, Map<Proved, String> held, Instant now, Outbox outbox) {
        Map<Key, Entry> entries = new LinkedHashMap<>();
        for (Announcement one : next.announcements()) {
            State state = one.draining() ? State.DRAINING : State.ANNOUNCED;
            String reason = one.draining() ? "neighbours are asked to avoid it (RFC 8326); then it is withdrawn" : "";
            entries.putIfAbsent(Key.of(one), new Entry(one, state, reason, Map.of()));
        }
        for (Refusal refusal : next.refused()) {
            entries.merge(Key.of(refusal.announcement()), refused(refusal), Announcer::partlyRefused);
        }
        held.forEach((proved, reason) -> {
            for (Announcement one : planner.announcements(List.of(proved))) {
                entries.putIfAbsent(Key.of(one), new Entry(one, State.HELD_BACK, reason, Map.of()));
            }
        });
        Map<Key, Shown> all = new LinkedHashMap<>();
        entries.forEach((key, entry) -> all.put(key, new Shown(entry, since(key, entry, now, outbox))));
        changed |= !all.equals(shown);
        shown = all;
    }

    private static Entry refused(Refusal refusal) {
        Map<String, String> refusing = new HashMap<>();
        refusal.announcement().neighbors().forEach(n -> refusing.put(n, refusal.reason()));
        return new Entry(refusal.announcement(), State.REFUSED, refusal.reason(), refusing);
    }

    private static Entry partlyRefused(Entry announced, Entry refused) {
        return new Entry(announced.announcement(), announced.state(), announced.reason(), refused.refusing());
    }

    /** Routes that are refused are rare, and worth a line each. */
    private Instant since(Key key, Entry entry, Instant now, Outbox outbox) {
        Shown before = shown.get(key);
        if (before != null && before.entry().state() == entry.state()) {
            return before.since();
        }
        if (entry.state() == State.REFUSED) {
            outbox.warn("event=route-refused prefix=%s next_hop=%s reason=\"%s\""
                    .formatted(key.prefix(), key.nextHop(), entry.reason()));
        }
        return now;
    }

    /** True if the set changed since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /**
     * Tells who has been sent what.
     *
     * @param fresh whether the set of routes changed
     */
    void publish(boolean fresh, List<NeighborBook.Page> pages, Outbox outbox) {
        List<Hearing> hearings =
                pages.stream().map(p -> Hearing.of(p, generation)).toList();
        if (!fresh && hearings.equals(published)) {
            return;
        }
        published = hearings;
        Audience audience = new Audience(hearings);
        List<AnnouncementStatus> statuses = new ArrayList<>(shown.size());
        shown.forEach((key, one) -> {
            Entry entry = one.entry();
            boolean silent = entry.state() == State.HELD_BACK || entry.state() == State.REFUSED;
            List<Told> told = silent
                    ? audience.notTold(entry.announcement(), entry.reason())
                    : audience.told(entry.announcement(), entry.refusing());
            statuses.add(
                    new AnnouncementStatus(entry.announcement(), entry.state(), entry.reason(), told, one.since()));
        });
        outbox.add(new Effect.PublishAnnouncements(statuses));
    }

    /** What is announced now. */
    List<Announcement> announced() {
        return announced == null ? List.of() : announced;
    }
}
