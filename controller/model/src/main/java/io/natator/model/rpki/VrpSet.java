package io.natator.model.rpki;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.IpPrefix;

/** VRPs, found by prefix. Immutable. */
public final class VrpSet {
    public static final VrpSet EMPTY = new VrpSet(Set.of());

    private final Map<IpPrefix, List<Vrp>> byPrefix = new HashMap<>();
    private final int size;

    private VrpSet(Set<Vrp> vrps) {
        vrps.forEach(v ->
                byPrefix.computeIfAbsent(v.prefix(), p -> new ArrayList<>(1)).add(v));
        size = vrps.size();
    }

    /** The set of {@code vrps}; duplicates count once. */
    public static VrpSet of(Collection<Vrp> vrps) {
        return vrps.isEmpty() ? EMPTY : new VrpSet(new HashSet<>(vrps));
    }

    /** All VRPs of {@code sets}. */
    public static VrpSet union(Collection<VrpSet> sets) {
        Set<Vrp> all = new HashSet<>();
        sets.forEach(s -> s.byPrefix.values().forEach(all::addAll));
        return of(all);
    }

    public int size() {
        return size;
    }

    /** What the set says about {@code route} announced by {@code origin}. */
    public Validity validate(IpPrefix route, long origin) {
        List<Vrp> covering = covering(route);
        if (covering.isEmpty()) {
            return new Validity.NotFound();
        }
        return covering.stream().anyMatch(v -> v.matches(route, origin))
                ? new Validity.Valid()
                : new Validity.Invalid(why(route, origin, covering));
    }

    private List<Vrp> covering(IpPrefix route) {
        List<Vrp> covering = new ArrayList<>();
        if (size > 0) {
            for (int length = route.prefixLength(); length >= 0; length--) {
                covering.addAll(byPrefix.getOrDefault(IpPrefix.valueOf(route.address(), length), List.of()));
            }
        }
        return covering;
    }

    private static String why(IpPrefix route, long origin, List<Vrp> covering) {
        List<Vrp> ours = covering.stream().filter(v -> v.origin() == origin).toList();
        if (!ours.isEmpty()) {
            Vrp longest =
                    ours.stream().max(Comparator.comparingInt(Vrp::maxLength)).orElseThrow();
            return route + " is too specific: the ROA says " + longest;
        }
        String allowed = covering.stream()
                .map(Vrp::origin)
                .distinct()
                .sorted()
                .limit(3)
                .map(as -> as == 0 ? "nobody (AS 0)" : "AS " + as)
                .collect(Collectors.joining(", "));
        return "AS " + origin + " may not announce " + route + ": the ROA of "
                + covering.getFirst().prefix() + " allows " + allowed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VrpSet set && set.size == size && set.asSet().equals(asSet());
    }

    @Override
    public int hashCode() {
        return asSet().hashCode();
    }

    private Set<Vrp> asSet() {
        return byPrefix.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return size + " VRPs";
    }
}
