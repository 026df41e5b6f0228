package io.natator.model.intent;

import io.natator.model.packet.Addresses;
import java.util.List;
import java.util.Optional;
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
 * @param outside how the rest of the network sees them; same family, and of STATIC ones same length, as {@code inside}; IPv4 of SIIT
 *     and NAT64 ones, whose {@code inside} is IPv6
 * @param exemptDestinations destinations to which inside hosts speak untranslated
 * @param gateways inside addresses that the router beyond the outside port owns under the corresponding
 *     outside address (TRANSPARENT devices only)
 * @param devices ids of the devices that translate
 * @param announce what BGP neighbours are told
 * @param perHostRules one rule a host even where one masked rule would do
 * @param pool DYNAMIC, NAPT and NAT64: how outside addresses are given away; {@link Pool#DEFAULT} of others
 * @param embedding SIIT and NAT64: where inside hosts find IPv4 ones; empty of others
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
        Pool pool,
        Optional<Embedding> embedding) {

    public Translation {
        exemptDestinations = List.copyOf(exemptDestinations);
        gateways = List.copyOf(gateways);
        devices = List.copyOf(devices);
    }

    /** One that keeps the family. */
    public Translation(
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
        this(
                id,
                kind,
                inside,
                outside,
                exemptDestinations,
                gateways,
                devices,
                announce,
                perHostRules,
                pool,
                Optional.empty());
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

    /** True if its inside or its outside is of a family. */
    public boolean involves(boolean ipv4) {
        return inside.isIp4() == ipv4 || outside.isIp4() == ipv4;
    }

    /** SIIT: which addresses correspond. */
    public Eam eam() {
        return new Eam(inside, outside);
    }

    /** True if the inside is IPv4, false if it is IPv6; the outside is of the same family unless it {@link Kind#crosses}. */
    public boolean isIpv4() {
        return inside.isIp4();
    }
}
