package io.natator.model.intent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * STATIC translations of one device that have inside hosts in common, so that a host has several outside addresses. Prefixes
 * overlap only if one contains the other.
 */
public final class SharedInside {
    /**
     * What a host begins itself goes by the first of its translations: that of the longest inside prefix, of equal ones that
     * of the first id.
     */
    public static final Comparator<Translation> PREFERENCE = Comparator.comparingInt(
                    (Translation t) -> -t.inside().prefixLength())
            .thenComparing(Translation::id);

    /** A host may have as many outside addresses by STATIC translations. */
    public static final int MOST = 8;

    private static final Comparator<Translation> ENCLOSING_FIRST = Comparator.comparing(
                    (Translation t) -> t.inside().address())
            .thenComparingInt(t -> t.inside().prefixLength())
            .thenComparing(Translation::id);

    private final Map<String, List<Translation>> others = new HashMap<>();

    /** Finds them among all translations of a device. */
    public SharedInside(Collection<Translation> all) {
        Deque<Translation> around = new ArrayDeque<>();
        all.stream()
                .filter(t -> t.kind() == Kind.STATIC)
                .sorted(ENCLOSING_FIRST)
                .forEach(t -> {
                    while (!around.isEmpty() && !overlap(around.getLast(), t)) {
                        around.removeLast();
                    }
                    for (Translation outer : around) {
                        others.computeIfAbsent(outer.id(), _ -> new ArrayList<>())
                                .add(t);
                        others.computeIfAbsent(t.id(), _ -> new ArrayList<>()).add(outer);
                    }
                    around.addLast(t);
                });
    }

    /** True if both are STATIC and there are hosts that both translate. */
    public static boolean overlap(Translation a, Translation b) {
        return a.kind() == Kind.STATIC
                && b.kind() == Kind.STATIC
                && a.isIpv4() == b.isIpv4()
                && (a.inside().contains(b.inside()) || b.inside().contains(a.inside()));
    }

    /** Translations that share hosts with {@code translation}, in no order of meaning. */
    public List<Translation> with(Translation translation) {
        return others.getOrDefault(translation.id(), List.of());
    }

    /** True if nobody shares anything. */
    public boolean isEmpty() {
        return others.isEmpty();
    }
}
