package io.natator.nat;

import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.onlab.packet.IpPrefix;

/**
 * Inside hosts that have outside addresses by other STATIC translations, too: only a software switch, which remembers flows,
 * knows by which one an answer leaves.
 *
 * @param rank how many of the others give way to this one where a host begins to speak: 0 to
 *     {@link SharedInside#MOST} − 1
 * @param inside what rules must not do: disjoint, minimal, in order
 * @param with ids of the others
 * @param around where there is somebody to remember, the translations that have all the hosts of this one, preferred first: this and
 *     one or more; empty if another is preferred that has the very same hosts, or if there is none
 * @param place the first id of all that hang together: one software switch does them, for it alone remembers
 */
record Sharing(int rank, List<IpPrefix> inside, SortedSet<String> with, List<Translation> around, String place) {
    private static final int MOST_TOLD = 3;

    /** @param served there is a software switch; if not, the preferred translation does what it can */
    static Sharing of(Translation translation, SharedInside shared, boolean served) {
        List<Translation> others = shared.with(translation);
        List<Translation> first = others.stream()
                .filter(o -> SharedInside.PREFERENCE.compare(o, translation) < 0)
                .toList();
        List<Translation> undone = served ? others : first;
        List<IpPrefix> inside = undone.stream()
                .map(o -> longer(o.inside(), translation.inside()))
                .toList();
        SortedSet<String> with = new TreeSet<>();
        undone.forEach(o -> with.add(o.id()));
        return new Sharing(
                others.size() - first.size(),
                Addresses.minimal(inside),
                with,
                served ? around(translation, others) : List.of(),
                place(translation, shared));
    }

    private static List<Translation> around(Translation translation, List<Translation> others) {
        List<Translation> all = Stream.concat(
                        Stream.of(translation),
                        others.stream().filter(o -> o.inside().contains(translation.inside())))
                .sorted(SharedInside.PREFERENCE)
                .toList();
        return all.size() > 1 && all.getFirst().equals(translation) ? all : List.of();
    }

    private static IpPrefix longer(IpPrefix a, IpPrefix b) {
        return a.prefixLength() > b.prefixLength() ? a : b;
    }

    private static String place(Translation translation, SharedInside shared) {
        SortedSet<String> group = new TreeSet<>(List.of(translation.id()));
        Deque<Translation> todo = new ArrayDeque<>(shared.with(translation));
        while (!todo.isEmpty()) {
            Translation next = todo.remove();
            if (group.add(next.id())) {
                todo.addAll(shared.with(next));
            }
        }
        return group.first();
    }

    /** The whole block is shared. */
    boolean all(Translation translation) {
        return inside.equals(List.of(translation.inside()));
    }

    /** For people; empty if nothing is shared. */
    String reason() {
        String more = with.size() > MOST_TOLD ? " and " + (with.size() - MOST_TOLD) + " more" : "";
        return inside.isEmpty()
                ? ""
                : "shares inside hosts with "
                        + with.stream()
                                .limit(MOST_TOLD)
                                .map(id -> "translations/" + id)
                                .collect(Collectors.joining(", "))
                        + more;
    }
}
