package io.natator.model.device;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device said or proved that it can do. The southbound sends a new value whenever it learns
 * more, also from errors (a masked rewrite refused, a table full before its time).
 *
 * @param openflow wire version: 4 is OpenFlow 1.3, 5 is 1.4
 * @param manufacturer from the description
 * @param hardware from the description
 * @param software from the description
 * @param features what it can do
 * @param tables by number, those that rules may use
 * @param ports by OpenFlow number
 */
public record Capabilities(
        int openflow,
        String manufacturer,
        String hardware,
        String software,
        Set<Feature> features,
        SortedMap<Integer, Table> tables,
        List<Port> ports) {

    /** One thing that a device may be able to do. */
    public enum Feature {
        /** Rewrites part of an address (NX reg_load, or masked set-field). */
        MASKED_SET_FIELD,
        /** Matches part of arp_spa, arp_tpa and nd_target. */
        MASKED_ARP_ND_MATCH,
        /** Rewrites arp_spa, arp_tpa. */
        SET_ARP,
        /** Rewrites nd_target. */
        SET_ND,
        /** Copies one field into another (NX move): ARP can be answered in the data plane. */
        MOVE,
        /** Matches on TTL (NX): TTL-exceeded can be told from the untranslated packet. */
        MATCH_TTL,
        /** Writes and matches metadata between tables. */
        METADATA,
        /** Atomic bundles (OpenFlow 1.4 or EXT-230). */
        BUNDLES,
        /** Output to NORMAL. */
        NORMAL,
        /** Sets in_port: what NORMAL forwards then counts as come by that port. */
        SET_IN_PORT,
        /** Natator's software switch: translates with state, by shares. */
        TRANSLATE
    }

    /**
     * One flow table.
     *
     * @param name as the device tells it
     * @param capacity most rules; {@link Integer#MAX_VALUE} if unknown
     */
    public record Table(String name, int capacity) {}

    /**
     * One port.
     *
     * @param number OpenFlow number
     * @param name its name
     * @param mac its hardware address
     * @param up link state
     */
    public record Port(int number, String name, String mac, boolean up) {}

    public Capabilities {
        features = Set.copyOf(features);
        tables = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        ports = List.copyOf(ports);
    }

    /** True if the device can do {@code feature}. */
    public boolean can(Feature feature) {
        return features.contains(feature);
    }

    /** The port that is called so, by name or else by decimal number. */
    public Optional<Port> port(String nameOrNumber) {
        return ports.stream()
                .filter(p -> p.name().equals(nameOrNumber))
                .findFirst()
                .or(() -> ports.stream()
                        .filter(p -> Integer.toString(p.number()).equals(nameOrNumber))
                        .findFirst());
    }
}
