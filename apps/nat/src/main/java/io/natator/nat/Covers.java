package io.natator.nat;

import io.natator.model.rule.AddressField;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.Criterion;

/**
 * Ways whose conditions hold those of others of lower priority, which are never taken: of the device itself, found by tuple space
 * search (a look for each combination of fields and prefix lengths), and of a translation's own, if they are the same. One
 * translation, or host on a link, more or less leaves the rules of others as they are.
 */
final class Covers {
    private record Shape(Set<Criterion.Type> exact, Map<AddressField, Integer> lengths) {}

    private record Conditions(Map<Criterion.Type, Criterion> exact, Map<AddressField, IpPrefix> addresses) {}

    private record Own(String owner, Conditions conditions) {}

    private final Map<Shape, Map<Conditions, Integer>> device = new HashMap<>();
    private final Map<Own, Integer> own = new HashMap<>();

    void add(Path path) {
        Conditions conditions = new Conditions(path.exact(), path.addresses());
        if (!path.owner().isEmpty()) {
            own.merge(new Own(path.owner(), conditions), path.priority(), Math::max);
            return;
        }
        if (path.toHost()) {
            return;
        }
        Map<AddressField, Integer> lengths = new EnumMap<>(AddressField.class);
        path.addresses().forEach((field, prefix) -> lengths.put(field, prefix.prefixLength()));
        device.computeIfAbsent(new Shape(Set.copyOf(path.exact().keySet()), lengths), _ -> new HashMap<>())
                .merge(conditions, path.priority(), Math::max);
    }

    /** No packet comes by this way. */
    boolean hide(Path path) {
        Conditions conditions = new Conditions(path.exact(), path.addresses());
        return isAbove(own.get(new Own(path.owner(), conditions)), path)
                || device.entrySet().stream().anyMatch(e -> {
                    Conditions wider = within(e.getKey(), path);
                    return wider != null && isAbove(e.getValue().get(wider), path);
                });
    }

    private static boolean isAbove(Integer priority, Path path) {
        return priority != null && priority > path.priority();
    }

    /** The only conditions of a shape that may hold all of a way; null if none can. */
    private static Conditions within(Shape shape, Path path) {
        if (!path.exact().keySet().containsAll(shape.exact)) {
            return null;
        }
        Map<AddressField, IpPrefix> addresses = new EnumMap<>(AddressField.class);
        for (Map.Entry<AddressField, Integer> length : shape.lengths.entrySet()) {
            IpPrefix prefix = path.addresses().get(length.getKey());
            if (prefix == null || prefix.prefixLength() < length.getValue()) {
                return null;
            }
            addresses.put(length.getKey(), IpPrefix.valueOf(prefix.address(), length.getValue()));
        }
        Map<Criterion.Type, Criterion> exact = new TreeMap<>(path.exact());
        exact.keySet().retainAll(shape.exact);
        return new Conditions(exact, addresses);
    }
}
