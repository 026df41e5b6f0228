package io.natator.nat;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.packet.Addresses;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * What rules are made from, apart from translations.
 *
 * @param ports configured ports that the device has
 * @param nextHops ROUTED: MACs of resolved on-link addresses
 * @param ipv6 some translation is of IPv6
 */
record Context(
        Device device,
        Abilities abilities,
        List<ResolvedPort> ports,
        SortedMap<IpAddress, MacAddress> nextHops,
        boolean ipv6) {

    boolean transparent() {
        return device.mode() == Device.Mode.TRANSPARENT;
    }

    boolean routed() {
        return device.mode() == Device.Mode.ROUTED;
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

    static long mark(Side side) {
        return switch (side) {
            case INSIDE -> Mark.INSIDE;
            case OUTSIDE -> Mark.OUTSIDE;
            case SERVICE -> Mark.SERVICE;
        };
    }
}
