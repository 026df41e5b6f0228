package io.natator.core.offload;

import io.natator.model.compile.Offer;
import io.natator.model.device.Capabilities;
import io.natator.model.rule.Rule;
import io.natator.model.session.Binding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bindings a device has room for beside its other rules.
 *
 * @param places by the table that is fullest; {@link Integer#MAX_VALUE}: no limit is known
 * @param rules of each binding
 */
public record Room(int places, int rules) {
    private static final Room NONE = new Room(0, 0);

    /**
     * Of a device.
     *
     * @param offers of which bindings may be; if there are none, there is no room
     * @param tableRules how many rules each table holds
     */
    public static Room of(Capabilities capabilities, List<Offer> offers, Map<Integer, ? extends Number> tableRules) {
        if (offers.isEmpty() || capabilities == null) {
            return NONE;
        }
        List<Rule> rules = offers.stream()
                .map(Room::sample)
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        Map<Integer, Integer> each = new HashMap<>();
        rules.forEach(r -> each.merge(r.table(), 1, Integer::sum));
        int places = each.isEmpty() ? 0 : Integer.MAX_VALUE;
        for (Map.Entry<Integer, Integer> table : each.entrySet()) {
            int capacity = capabilities.tables().get(table.getKey()).capacity();
            Number taken = tableRules.get(table.getKey());
            long room = capacity - (taken == null ? 0 : taken.longValue());
            places = (int) Math.min(places, Math.max(0, room / table.getValue()));
        }
        return new Room(places, rules.size());
    }

    private static List<Rule> sample(Offer offer) {
        Binding first = new Binding(
                offer.share(),
                offer.inside().address(),
                offer.outside().getFirst().address());
        return offer.rules().of(first);
    }
}
