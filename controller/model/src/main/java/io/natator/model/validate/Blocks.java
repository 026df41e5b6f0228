package io.natator.model.validate;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** What makes a block unfit, and what may not lie in an outside block. */
final class Blocks {
    private record Special(IpPrefix prefix, String what) {}

    private static final List<Special> SPECIAL = List.of(
            new Special(IpPrefix.valueOf("0.0.0.0/8"), "\"this network\" (RFC 1122)"),
            new Special(IpPrefix.valueOf("127.0.0.0/8"), "loopback (RFC 1122)"),
            new Special(IpPrefix.valueOf("169.254.0.0/16"), "link-local (RFC 3927)"),
            new Special(IpPrefix.valueOf("224.0.0.0/4"), "multicast (RFC 5771)"),
            new Special(IpPrefix.valueOf("240.0.0.0/4"), "reserved and broadcast (RFC 1112)"),
            new Special(IpPrefix.valueOf("::/127"), "unspecified and loopback (RFC 4291)"),
            new Special(ipv4Mapped(), "IPv4-mapped (RFC 4291)"),
            new Special(IpPrefix.valueOf("fe80::/10"), "link-local (RFC 4291)"),
            new Special(IpPrefix.valueOf("ff00::/8"), "multicast (RFC 4291)"));

    /** {@code ::ffff:0:0/96}, built from octets: as a text it is taken for IPv4. */
    private static IpPrefix ipv4Mapped() {
        byte[] octets = new byte[16];
        octets[10] = (byte) 0xFF;
        octets[11] = (byte) 0xFF;
        return IpPrefix.valueOf(IpAddress.valueOf(IpAddress.Version.INET6, octets), 96);
    }

    /** An address that must stay reachable as it is, and whose it is. */
    record Owned(IpAddress address, String whose) {}

    private Blocks() {}

    static boolean overlap(IpPrefix a, IpPrefix b) {
        return a.isIp4() == b.isIp4() && (a.contains(b) || b.contains(a));
    }

    /** What kind of address in {@code block} no host may have, in words. */
    static Optional<String> special(IpPrefix block) {
        return SPECIAL.stream()
                .filter(s -> overlap(s.prefix, block))
                .map(s -> s.what + " addresses, " + s.prefix)
                .findFirst();
    }

    static boolean contains(IpPrefix block, IpAddress address) {
        return block.isIp4() == address.isIp4() && block.contains(address);
    }

    static String family(IpPrefix prefix) {
        return prefix.isIp4() ? "IPv4" : "IPv6";
    }

    static String family(IpAddress address) {
        return address.isIp4() ? "IPv4" : "IPv6";
    }

    /** ROUTED: addresses of the gateways and next hops of {@code device}. */
    static List<Owned> owned(Device device) {
        List<Owned> owned = new ArrayList<>();
        if (device.mode() != Device.Mode.ROUTED) {
            return owned;
        }
        for (DevicePort port : device.ports()) {
            for (Gateway gateway : port.gateways()) {
                owned.add(new Owned(
                        gateway.address(), "a gateway of port " + port.port() + " of devices/" + device.id()));
            }
        }
        for (Route route : device.routes()) {
            owned.add(new Owned(route.nextHop(), "a next hop of devices/" + device.id()));
        }
        return owned;
    }

    static Owned owned(Neighbor neighbor) {
        return new Owned(neighbor.address(), "neighbors/" + neighbor.id());
    }

    /** What an outside block that would swallow somebody's address is told. */
    static Optional<String> swallows(IpPrefix outside, Owned owned) {
        if (!contains(outside, owned.address())) {
            return Optional.empty();
        }
        return Optional.of(outside + " contains " + owned.address() + ", the address of " + owned.whose()
                + ", which would become unreachable: leave it out of the block");
    }
}
