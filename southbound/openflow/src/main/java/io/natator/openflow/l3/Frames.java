package io.natator.openflow.l3;

import io.natator.model.packet.Packet;
import io.natator.packet.Arp;
import io.natator.packet.Decoded;
import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Icmp;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.packet.NeighborDiscovery;
import io.natator.packet.Tcp;
import io.natator.packet.Udp;

/** Frames as the evaluator sees them. */
public final class Frames {
    private static final byte[] NOTHING = {};

    /**
     * A frame that was read.
     *
     * @param packet what the evaluator sees
     * @param problem checksums that are wrong; empty if all are right
     * @param data what UDP carries, empty for others
     */
    public record Read(Packet packet, String problem, byte[] data) {}

    private record Upper(int srcPort, int dstPort, boolean checksumOk, byte[] data) {}

    private Frames() {}

    /** Reads a whole frame. */
    public static Decoded<Read> read(byte[] frame) {
        return Ethernet.decode(frame).then(e -> switch (e.type()) {
            case EtherType.ARP -> Arp.decode(e.payload()).then(arp -> arp(e, arp));
            case EtherType.IPV4 -> Ipv4.decode(e.payload()).then(ip -> ipv4(e, ip));
            case EtherType.IPV6 -> Ipv6.decode(e.payload()).then(ip -> ipv6(e, ip));
            default -> new Malformed<>("ethernet: type 0x" + Integer.toHexString(e.type()));
        });
    }

    private static Decoded<Read> arp(Ethernet e, Arp a) {
        return new Ok<>(new Read(
                new Packet.Arp(
                        Addresses.mac(e.src()),
                        Addresses.mac(e.dst()),
                        a.op(),
                        Addresses.mac(a.sha()),
                        Addresses.ip4(a.spa()),
                        Addresses.mac(a.tha()),
                        Addresses.ip4(a.tpa())),
                "",
                NOTHING));
    }

    private static Decoded<Read> ipv4(Ethernet e, Ipv4 ip) {
        if (ip.isFragment()) {
            return new Malformed<>("ipv4: fragment");
        }
        Decoded<Upper> upper = switch (ip.protocol()) {
            case IpProtocol.UDP -> Udp.decode(ip).then(Frames::udp);
            case IpProtocol.TCP -> Tcp.decode(ip).then(Frames::tcp);
            case IpProtocol.ICMP -> Icmp.decode(ip).then(Frames::icmp);
            default -> new Ok<>(new Upper(0, 0, true, NOTHING));
        };
        return upper.then(u -> new Ok<>(new Read(
                new Packet.Ip(
                        Addresses.mac(e.src()),
                        Addresses.mac(e.dst()),
                        Addresses.ip4(ip.src()),
                        Addresses.ip4(ip.dst()),
                        ip.ttl(),
                        ip.protocol(),
                        u.srcPort(),
                        u.dstPort()),
                problem(ip.checksumOk(), u, ip.protocol()),
                u.data())));
    }

    private static Decoded<Read> ipv6(Ethernet e, Ipv6 ip) {
        if (ip.isFragment()) {
            return new Malformed<>("ipv6: fragment");
        }
        if (ip.protocol() == IpProtocol.ICMPV6) {
            return Icmp.decode(ip)
                    .then(icmp -> NeighborDiscovery.decode(icmp) instanceof Ok(NeighborDiscovery nd)
                            ? nd(e, ip, icmp, nd)
                            : icmp(icmp).then(u -> ip6(e, ip, u)));
        }
        Decoded<Upper> upper = switch (ip.protocol()) {
            case IpProtocol.UDP -> Udp.decode(ip).then(Frames::udp);
            case IpProtocol.TCP -> Tcp.decode(ip).then(Frames::tcp);
            default -> new Ok<>(new Upper(0, 0, true, NOTHING));
        };
        return upper.then(u -> ip6(e, ip, u));
    }

    private static Decoded<Read> nd(Ethernet e, Ipv6 ip, Icmp icmp, NeighborDiscovery nd) {
        return new Ok<>(new Read(
                new Packet.Nd(
                        Addresses.mac(e.src()),
                        Addresses.mac(e.dst()),
                        Addresses.ip6(ip.src()),
                        Addresses.ip6(ip.dst()),
                        nd.type(),
                        Addresses.ip6(nd.target())),
                icmp.checksumOk() ? "" : "icmpv6 checksum is wrong",
                NOTHING));
    }

    private static Decoded<Read> ip6(Ethernet e, Ipv6 ip, Upper u) {
        return new Ok<>(new Read(
                new Packet.Ip(
                        Addresses.mac(e.src()),
                        Addresses.mac(e.dst()),
                        Addresses.ip6(ip.src()),
                        Addresses.ip6(ip.dst()),
                        ip.hopLimit(),
                        ip.protocol(),
                        u.srcPort(),
                        u.dstPort()),
                problem(true, u, ip.protocol()),
                u.data()));
    }

    private static Decoded<Upper> udp(Udp udp) {
        return new Ok<>(new Upper(udp.srcPort(), udp.dstPort(), udp.checksumOk(), udp.payload()));
    }

    private static Decoded<Upper> tcp(Tcp tcp) {
        return new Ok<>(new Upper(tcp.srcPort(), tcp.dstPort(), tcp.checksumOk(), NOTHING));
    }

    private static Decoded<Upper> icmp(Icmp icmp) {
        return new Ok<>(new Upper(icmp.type(), icmp.code(), icmp.checksumOk(), NOTHING));
    }

    private static String problem(boolean headerOk, Upper upper, int protocol) {
        if (headerOk) {
            return upper.checksumOk() ? "" : "checksum of protocol " + protocol + " is wrong";
        }
        return upper.checksumOk()
                ? "ipv4 header checksum is wrong"
                : "ipv4 header checksum and that of protocol " + protocol + " are wrong";
    }
}
