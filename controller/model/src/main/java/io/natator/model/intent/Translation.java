package io.natator.model.intent;

import io.natator.model.packet.Addresses;
import java.util.List;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * The user's intent: {@code inside} is seen as {@code outside}. A value that passed
 * {@link io.natator.model.validate.Validator}; the constructor checks nothing but null.
 *
 * @param id what follows {@code translations/} in the name
 * @param kind how addresses correspond
 * @param inside where the hosts live
 * @param outside how the rest of the network sees them; same family, and of STATIC ones same length, as {@code inside}
 * @param exemptDestinations destinations to which inside hosts speak untranslated
 * @param gateways inside addresses that the router beyond the outside port owns under the corresponding
 *     outside address (TRANSPARENT devices only)
 * @param devices ids of the devices that translate
 * @param announce what BGP neighbours are told
 * @param perHostRules one rule a host even where one masked rule would do
 * @param pool DYNAMIC and NAPT: how outside addresses are given away; {@link Pool#DEFAULT} of STATIC ones
 */
public record Translation(
        String id,
        Kind kind,
        IpPrefix inside,
        IpPrefix outside,
        List<IpPrefix> exemptDestinations,
        List<IpAddress> gateways,
        List<String> devices,
        Announce announce,
        boolean perHostRules,
        Pool pool) {

    public Translation {
        exemptDestinations = List.copyOf(exemptDestinations);
        gateways = List.copyOf(gateways);
        devices = List.copyOf(devices);
    }

    /** A STATIC one. */
    public Translation(
            String id,
            Kind kind,
            IpPrefix inside,
            IpPrefix outside,
            List<IpPrefix> exemptDestinations,
            List<IpAddress> gateways,
            List<String> devices,
            Announce announce,
            boolean perHostRules) {
        this(id, kind, inside, outside, exemptDestinations, gateways, devices, announce, perHostRules, Pool.DEFAULT);
    }

    /**
     * The exempt destinations without the translation's own blocks, which are never exempt: hosts must find their
     * gateway and be found, also where all of 10.0.0.0/8 is exempt. Disjoint, minimal, in order.
     */
    public List<IpPrefix> exempt() {
        return Addresses.minimal(exemptDestinations.stream()
                .flatMap(e -> Addresses.without(e, inside).stream())
                .flatMap(this::withoutOutside)
                .toList());
    }

    private Stream<IpPrefix> withoutOutside(IpPrefix exempt) {
        List<IpPrefix> rest = List.of(exempt);
        for (IpPrefix hole : outsides()) {
            rest = rest.stream()
                    .flatMap(e -> Addresses.without(e, hole).stream())
                    .toList();
        }
        return rest.stream();
    }

    /** All outside prefixes: {@code outside}, then those that the pool has besides. */
    public List<IpPrefix> outsides() {
        return kind.stateful()
                ? Stream.concat(Stream.of(outside), pool.also().stream()).toList()
                : List.of(outside);
    }

    /** True for IPv4, false for IPv6: both blocks are of one family. */
    public boolean isIpv4() {
        return inside.isIp4();
    }
}
