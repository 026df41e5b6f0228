package io.natator.nat;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.packet.Addresses;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * What rules are made from, apart from translations.
 *
 * @param ports configured ports that the device has
 * @param nextHops ROUTED: MACs of resolved on-link addresses
 * @param ipv6 some translation is of IPv6
 * @param marks in the metadata
 * @param reach how packets get what rules cannot do
 * @param offers rules may do the work of bindings
 * @param hairpins of hosts of pools
 * @param served devices that are served here
 */
record Context(
        Device device,
        Abilities abilities,
        List<ResolvedPort> ports,
        NavigableMap<IpAddress, MacAddress> nextHops,
        boolean ipv6,
        Marks marks,
        Reach reach,
        boolean offers,
        Hairpins hairpins,
        List<Served> served) {

    /** All rules that serve the device as a whole, and others. */
    void everywhere(Program out) {
        if (device.translates()) {
            Method.device(this, out);
        } else if (!served.isEmpty()) {
            ToOutside.device(out);
        }
        served.forEach(s -> s.emit(out));
    }

    boolean transparent() {
        return device.mode() == Device.Mode.TRANSPARENT;
    }

    /** Ways by which packets come back from software switches. */
    List<Tags.Way> waysBack() {
        boolean none = device.mode() == Device.Mode.NORMAL && !abilities.can(Feature.SET_IN_PORT);
        return none || ports(Side.SERVICE).isEmpty() ? List.of() : Tags.ways(device);
    }

    boolean routed() {
        return device.mode() == Device.Mode.ROUTED;
    }

    /** Resolved addresses on the links that are not next hops of routes. */
    List<IpAddress> hosts() {
        Set<IpAddress> routers = device.routes().stream().map(Route::nextHop).collect(Collectors.toSet());
        return nextHops.keySet().stream()
                .filter(a -> !routers.contains(a) && link(a).isPresent())
                .toList();
    }

    /** The same with the first {@code count} of {@link #hosts} only. */
    Context withHosts(int count) {
        NavigableMap<IpAddress, MacAddress> fewer = new TreeMap<>(nextHops);
        List<IpAddress> hosts = hosts();
        hosts.subList(count, hosts.size()).forEach(fewer::remove);
        return new Context(device, abilities, ports, fewer, ipv6, marks, reach, offers, hairpins, served);
    }

    /** Ports of one side. */
    List<ResolvedPort> ports(Side side) {
        return ports.stream().filter(p -> p.side() == side).toList();
    }

    /** Virtual gateways of all ports. */
    List<Gateway> gateways() {
        return ports.stream().flatMap(p -> p.config().gateways().stream()).toList();
    }

    /** The port whose gateway has {@code address} on its link. */
    Optional<ResolvedPort> link(IpAddress address) {
        return ports.stream()
                .filter(p -> p.config().gateways().stream().anyMatch(g -> Addresses.in(g.onLink(), address)))
                .findFirst();
    }
}
