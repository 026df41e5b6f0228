package io.natator.packet;

import io.natator.packet.Decoded.Malformed;

/** A frame through every decoder that its own fields lead to. */
final class AllDecoders {
    private AllDecoders() {}

    static Decoded<?> decode(byte[] frame) {
        return Ethernet.decode(frame).then(e -> switch (e.type()) {
            case EtherType.ARP -> widen(Arp.decode(e.payload()));
            case EtherType.IPV4 -> Ipv4.decode(e.payload()).then(AllDecoders::upper);
            case EtherType.IPV6 -> Ipv6.decode(e.payload()).then(AllDecoders::upper);
            default -> new Malformed<Object>("unknown");
        });
    }

    private static Decoded<Object> upper(Ipv4 ip) {
        return switch (ip.protocol()) {
            case IpProtocol.UDP -> widen(Udp.decode(ip));
            case IpProtocol.TCP -> widen(Tcp.decode(ip));
            default -> widen(Icmp.decode(ip));
        };
    }

    private static Decoded<Object> upper(Ipv6 ip) {
        return switch (ip.protocol()) {
            case IpProtocol.UDP -> widen(Udp.decode(ip));
            case IpProtocol.TCP -> widen(Tcp.decode(ip));
            default -> Icmp.decode(ip).then(icmp -> widen(NeighborDiscovery.decode(icmp)));
        };
    }

    private static <T> Decoded<Object> widen(Decoded<T> decoded) {
        return decoded.then(Decoded.Ok::new);
    }
}
