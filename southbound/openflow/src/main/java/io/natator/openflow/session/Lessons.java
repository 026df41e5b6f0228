package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.Capabilities.Table;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.Trait;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What errors taught about a device that claimed otherwise. Outlives connections: a device that reconnects must not be
 * given rules again that it is known to refuse. Immutable.
 *
 * @param lacking features it does not have
 * @param capacities rules that fit a table, by its number
 */
record Lessons(Set<Feature> lacking, Map<Integer, Integer> capacities) {
    static final Lessons NONE = new Lessons(Set.of(), Map.of());

    Lessons {
        lacking = Set.copyOf(lacking);
        capacities = Map.copyOf(capacities);
    }

    /**
     * @param rule that the device refused
     * @param error by which it did
     * @param inTable rules of ours that the table of {@code rule} holds
     */
    Lessons with(EncodedRule rule, ErrorMessage error, int inTable) {
        if (error.isTableFull()) {
            Map<Integer, Integer> less = new HashMap<>(capacities);
            less.merge(rule.table(), inTable, Math::min);
            return new Lessons(lacking, less);
        }
        Set<Feature> more = EnumSet.noneOf(Feature.class);
        more.addAll(lacking);
        for (Trait trait : Trait.values()) {
            if (rule.needs(trait) && trait.isRefusedBy(error)) {
                more.add(trait.feature());
            }
        }
        return new Lessons(more, capacities);
    }

    /** What is left of {@code claimed}. */
    Capabilities applyTo(Capabilities claimed) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        features.addAll(claimed.features());
        features.removeAll(lacking);
        SortedMap<Integer, Table> tables = new TreeMap<>(claimed.tables());
        capacities.forEach((number, capacity) -> tables.computeIfPresent(
                number, (_, table) -> new Table(table.name(), Math.min(table.capacity(), capacity))));
        return new Capabilities(
                claimed.openflow(),
                claimed.manufacturer(),
                claimed.hardware(),
                claimed.software(),
                features,
                tables,
                claimed.ports());
    }
}
