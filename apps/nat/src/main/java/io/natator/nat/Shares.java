package io.natator.nat;

import io.natator.model.intent.Pool;
import io.natator.model.intent.Translation;
import io.natator.model.session.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one software switch is told to do with state, each under a number that stays. */
final class Shares {
    private final Map<Part.Key, Integer> numbers = new HashMap<>();
    private final List<Share> shares = new ArrayList<>();

    /**
     * A part that is done here.
     *
     * @param translation that it is of
     * @param affine its hosts, or some of them, have other outside addresses, too
     */
    record Entry(Part part, Translation translation, boolean affine) {}

    Shares(List<Entry> entries) {
        List<Entry> sorted = entries.stream()
                .sorted(Comparator.comparing((Entry e) -> e.part().client())
                        .thenComparing(e -> e.part().translation())
                        .thenComparingInt(e -> e.part().index()))
                .toList();
        Set<Integer> taken = new HashSet<>();
        for (Entry entry : sorted) {
            if (numbers.containsKey(entry.part().key())) {
                continue; // by two links
            }
            int number = number(entry.part().key());
            while (!taken.add(number)) {
                number = number == Integer.MAX_VALUE ? 1 : number + 1;
            }
            numbers.put(entry.part().key(), number);
            shares.add(share(number, entry));
        }
        shares.sort(Comparator.comparingInt(Share::id));
    }

    /** Depends on nothing but its name, unless two of 2³¹ meet. */
    static int number(Part.Key key) {
        int hash = (key.client() + "/" + key.translation() + "/" + key.index()).hashCode();
        return Math.max(1, hash & Integer.MAX_VALUE);
    }

    private static Share share(int number, Entry entry) {
        Part part = entry.part();
        Translation translation = entry.translation();
        return new Share(
                number,
                translation.id(),
                translation.kind(),
                part.inside(),
                part.outside(),
                translation.exempt(),
                entry.affine(),
                Bound.offered(translation) && !part.client().equals(part.device()),
                translation.kind().stateful() ? pool(part, translation.pool()) : Pool.DEFAULT,
                translation.embedding());
    }

    /** With those promises that are kept here. */
    private static Pool pool(Part part, Pool pool) {
        Split here = new Split(part.inside(), part.outside());
        return pool.with(
                pool.forwards().stream()
                        .filter(f -> here.holds(f.inside(), f.outside()))
                        .toList(),
                pool.reservations().stream()
                        .filter(r -> here.holds(r.inside(), r.outside()))
                        .toList());
    }

    Map<Part.Key, Integer> numbers() {
        return Map.copyOf(numbers);
    }

    /** Ids of the devices for which they are, by number. */
    Map<Integer, String> clients() {
        Map<Integer, String> clients = new HashMap<>();
        numbers.forEach((key, number) -> clients.put(number, key.client()));
        return Map.copyOf(clients);
    }

    /** In order of their ids. */
    List<Share> list() {
        return List.copyOf(shares);
    }
}
