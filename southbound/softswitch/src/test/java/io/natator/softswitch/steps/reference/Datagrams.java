package io.natator.softswitch.steps.reference;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fragments of packets that need their ports: they take the way of the first one, and those that come earlier wait for it. */
final class Datagrams {
    private record Key(int share, Direction direction, Flow flow, int id) {}

    private static final class Datagram {
        final long since;
        final Set<Integer> units = new HashSet<>();
        final List<Integer> waiting = new ArrayList<>();
        int total;
        boolean isBad;
        /** What the first one became. */
        Flow known;

        Datagram(long since) {
            this.since = since;
        }
    }

    private final SwitchReference all;
    private final Map<Key, Datagram> datagrams = new HashMap<>();

    Datagrams(SwitchReference all) {
        this.all = all;
    }

    /** @param released numbers of those that waited and go on after it */
    Outcome fragment(int share, Direction direction, Flow flow, Piece piece, List<Integer> released) {
        if (piece.offset() == 0 && piece.octets() < 8) {
            return all.counted(new Outcome.Refused(Count.FRAGMENT_TINY));
        }
        Key key = new Key(share, direction, flow, piece.id());
        Datagram d = datagrams.computeIfAbsent(key, _ -> new Datagram(all.clock.tick));
        if (d.isBad) {
            return all.counted(new Outcome.Refused(Count.FRAGMENT_DROPPED));
        }
        d.total = piece.last() ? piece.end() : d.total;
        for (int unit = piece.offset(); unit < piece.end(); unit++) {
            d.isBad |= !d.units.add(unit);
        }
        if (d.isBad) {
            drop(d, Count.FRAGMENT_DROPPED);
            return all.counted(new Outcome.Refused(Count.FRAGMENT_OVERLAP));
        }
        Outcome outcome = d.known == null ? first(share, direction, flow, piece, d) : new Outcome.Passed(d.known);
        if (outcome instanceof Outcome.Passed(Flow passed)) {
            d.known = passed;
            released.addAll(d.waiting);
            d.waiting.clear();
            if (d.units.size() == d.total) {
                datagrams.remove(key);
            }
        }
        return outcome;
    }

    private Outcome first(int share, Direction direction, Flow flow, Piece piece, Datagram d) {
        if (piece.offset() != 0) {
            d.waiting.add(piece.number());
            all.count(Count.FRAGMENT_HELD);
            return new Outcome.Held();
        }
        Outcome outcome = all.packet(share, direction, flow);
        if (!(outcome instanceof Outcome.Passed)) {
            d.isBad = true;
            drop(d, Count.FRAGMENT_DROPPED);
        }
        return outcome;
    }

    private void drop(Datagram d, Count why) {
        d.waiting.forEach(_ -> all.count(why));
        d.waiting.clear();
    }

    void expire() {
        long before = all.clock.tick - Clock.ticks(Duration.ofSeconds(5));
        datagrams.values().stream().filter(d -> d.since < before).forEach(d -> drop(d, Count.FRAGMENT_EXPIRED));
        datagrams.values().removeIf(d -> d.since < before);
    }

    int size() {
        return datagrams.size();
    }
}
