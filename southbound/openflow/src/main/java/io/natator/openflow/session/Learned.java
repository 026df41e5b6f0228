package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.Capabilities.Port;
import io.natator.model.device.Capabilities.Table;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.Trait;
import io.natator.openflow.codec.Wire;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What errors teach about a device. Pure: old capabilities in, new ones out. */
final class Learned {
    private Learned() {}

    /**
     * @param rule that the device refused
     * @param error by which it did
     * @param inTable rules that the table of {@code rule} holds
     */
    static Capabilities from(Capabilities known, EncodedRule rule, ErrorMessage error, int inTable) {
        if (error.type() == Wire.FLOW_MOD_FAILED && error.code() == Wire.FLOW_MOD_TABLE_FULL) {
            return withCapacity(known, rule.table(), inTable);
        }
        Set<Feature> left = EnumSet.noneOf(Feature.class);
        left.addAll(known.features());
        for (Trait trait : Trait.values()) {
            if (rule.needs(trait) && trait.errorType() == error.type()) {
                left.remove(trait.feature());
            }
        }
        return with(known, left);
    }

    static Capabilities without(Capabilities known, Feature feature) {
        Set<Feature> left = EnumSet.noneOf(Feature.class);
        left.addAll(known.features());
        left.remove(feature);
        return with(known, left);
    }

    static Capabilities withPorts(Capabilities known, List<Port> ports) {
        return new Capabilities(
                known.openflow(),
                known.manufacturer(),
                known.hardware(),
                known.software(),
                known.features(),
                known.tables(),
                ports);
    }

    private static Capabilities with(Capabilities known, Set<Feature> features) {
        return new Capabilities(
                known.openflow(),
                known.manufacturer(),
                known.hardware(),
                known.software(),
                features,
                known.tables(),
                known.ports());
    }

    private static Capabilities withCapacity(Capabilities known, int table, int capacity) {
        Table before = known.tables().get(table);
        if (before != null && before.capacity() <= capacity) {
            return known;
        }
        SortedMap<Integer, Table> tables = new TreeMap<>(known.tables());
        tables.put(table, new Table(before == null ? "" : before.name(), capacity));
        return new Capabilities(
                known.openflow(),
                known.manufacturer(),
                known.hardware(),
                known.software(),
                known.features(),
                tables,
                known.ports());
    }
}
