package io.natator.hostroute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The fewest routes that announce what is to be aggregated. */
final class Aggregates {
    private Aggregates() {}

    /** @param wanted blocks to be announced by each offer */
    static Map<Offer, List<Share>> of(Map<Offer, List<Share>> wanted, boolean ipv4, Validation validation) {
        Map<Offer, List<Share>> result = new HashMap<>();
        // Neighbours that hear different offers must not be led astray by a block whose exceptions they do not hear.
        Map<List<String>, List<Offer>> planes = new HashMap<>();
        wanted.forEach((offer, shares) -> {
            result.put(offer, Share.aggregate(shares));
            if (!offer.leaving() && !shares.isEmpty()) {
                planes.computeIfAbsent(offer.neighbors(), n -> new ArrayList<>())
                        .add(offer);
            }
        });
        for (List<Offer> plane : planes.values()) {
            if (plane.size() > 1) {
                nest(plane, result, route -> validation.allows(route.block().toPrefix(ipv4), route.offer()));
            }
        }
        return result;
    }

    private static void nest(List<Offer> plane, Map<Offer, List<Share>> result, Predicate<Route> allowed) {
        Nest nest = new Nest(allowed);
        plane.forEach(offer -> result.get(offer).forEach(share -> nest.add(share.block(), offer)));
        Map<Offer, List<Share>> nested = new HashMap<>();
        Map<Offer, Served> served = new HashMap<>();
        for (Route route : nest.routes()) {
            Served by = served.computeIfAbsent(route.offer(), o -> new Served(result.get(o)));
            nested.computeIfAbsent(route.offer(), o -> new ArrayList<>())
                    .add(new Share(route.block(), by.within(route.block())));
        }
        plane.forEach(offer -> result.put(offer, nested.getOrDefault(offer, List.of())));
    }

    /** Which translations an offer serves where; its blocks are disjoint. */
    private static final class Served {
        private final TreeMap<Block, List<String>> byBlock = new TreeMap<>();

        Served(List<Share> shares) {
            shares.forEach(s -> byBlock.put(s.block(), s.translations()));
        }

        List<String> within(Block block) {
            Map.Entry<Block, List<String>> before = byBlock.floorEntry(block);
            if (before != null && before.getKey().contains(block)) {
                return before.getValue();
            }
            TreeSet<String> all = new TreeSet<>();
            for (var entry : byBlock.tailMap(block, true).entrySet()) {
                if (!block.contains(entry.getKey())) {
                    break;
                }
                all.addAll(entry.getValue());
            }
            return List.copyOf(all);
        }
    }
}
