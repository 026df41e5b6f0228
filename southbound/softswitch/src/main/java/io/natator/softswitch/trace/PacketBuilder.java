package io.natator.softswitch.trace;

import io.natator.packet.Arp;
import io.natator.packet.Bytes;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Icmp;
import io.natator.packet.Ip6;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.packet.NeighborDiscovery;
import io.natator.packet.Tcp;
import io.natator.packet.Udp;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** A well-formed frame from what was said of it; the rest is made up: local MACs, TTL 64, no payload. */
final class PacketBuilder {
    private static final long SRC = 0x0200_0000_0001L;
    private static final long DST = 0x0200_0000_0002L;
    private static final int TTL = 64;
    private static final int ACK = 16;
    private static final int WINDOW = 65535;
    private static final int NO_TYPE = 0x05FF;
    private static final int SCTP_HEADER = 12;
    private static final int FRAGMENT_HEADER = 8;

    private final PacketValues values;
    /** Zeroes behind the payload that was given. */
    private int padding;

    PacketBuilder(PacketValues values) {
        this.values = values;
    }

    byte[] frame() {
        int type = (int) values.number("eth_type", 16, NO_TYPE);
        byte[] payload = switch (type) {
            case EtherType.IPV4 -> padded(this::ipv4);
            case EtherType.IPV6 -> padded(this::ipv6);
            case EtherType.ARP -> arp();
            case EtherType.MPLS, EtherType.MPLS_MULTICAST -> mpls();
            case EtherType.PBB -> pbb();
            default -> values.octets("payload");
        };
        List<Ethernet.Tag> tags = values.has("vlan_vid") || values.has("vlan_pcp")
                ? List.of(new Ethernet.Tag((int) values.number("vlan_tpid", 16, EtherType.VLAN), tci()))
                : List.of();
        int lengthOrType = type == NO_TYPE ? payload.length : type;
        return new Ethernet(values.mac("eth_dst", DST), values.mac("eth_src", SRC), tags, lengthOrType, payload)
                .encode();
    }

    /** Bit 12 of an id, OpenFlow's "there is a tag", may be given or not. */
    private int tci() {
        return (int) (values.number("vlan_pcp", 3, 0) << 13 | (values.number("vlan_vid", 13, 0) & 0xFFF));
    }

    private int tos() {
        return (int) ((values.number("nw_tos", 8, 0) & 0xFC)
                | values.number("ip_dscp", 6, 0) << 2
                | values.number("ip_ecn", 2, 0));
    }

    /** As long as {@code ip_len} says. */
    private byte[] padded(Supplier<byte[]> ip) {
        byte[] packet = ip.get();
        int length = (int) values.number("ip_len", 16, packet.length);
        if (length < packet.length) {
            throw new IllegalArgumentException(
                    "ip_len=" + length + ": with headers and payload the packet has " + packet.length + " octets");
        }
        padding = length - packet.length;
        byte[] padded = padding == 0 ? packet : ip.get();
        if (padded.length != length) {
            throw new IllegalArgumentException("ip_len=" + length + ": such a packet has " + padded.length + " octets");
        }
        return padded;
    }

    private byte[] payload() {
        return payload(0);
    }

    private byte[] payload(int least) {
        byte[] payload = values.octets("payload");
        return Arrays.copyOf(payload, Math.max(payload.length, least) + padding);
    }

    private byte[] ipv4() {
        int src = values.ipv4("ipv4_src", 0);
        int dst = values.ipv4("ipv4_dst", 0);
        int protocol = (int) values.number("ip_proto", 8, 0);
        int flags = (fragment().equals("first") ? Ipv4.MF : 0) | (values.number("ip_df", 1, 0) == 0 ? 0 : Ipv4.DF);
        boolean later = fragment().equals("later");
        byte[] segment = later
                ? payload()
                : segment(protocol, Ipv4.of(src, dst, 1, protocol, new byte[0]).pseudo(0), true);
        int ttl = (int) values.number("nw_ttl", 8, TTL);
        return new Ipv4(tos(), 0, flags, later ? 1 : 0, ttl, protocol, src, dst, new byte[0], segment, true).encode();
    }

    private byte[] ipv6() {
        Ip6 src = values.ipv6("ipv6_src", Ip6.UNSPECIFIED);
        Ip6 dst = values.ipv6("ipv6_dst", Ip6.UNSPECIFIED);
        int protocol = (int) values.number("ip_proto", 8, IpProtocol.NO_NEXT);
        String fragment = fragment();
        byte[] segment = fragment.equals("later")
                ? payload()
                : protocol == IpProtocol.ICMPV6
                        ? icmp6().encode(src, dst)
                        : segment(
                                protocol,
                                Ipv6.of(src, dst, 1, protocol, new byte[0]).pseudo(0),
                                false);
        byte[] header = new byte[FRAGMENT_HEADER];
        Bytes.put16(header, 2, fragment.equals("first") ? 1 : 1 << 3);
        List<Ipv6.Extension> extensions =
                fragment.equals("no") ? List.of() : List.of(new Ipv6.Extension(IpProtocol.FRAGMENT, header));
        return new Ipv6(
                        tos(),
                        (int) values.number("ipv6_flabel", 20, 0),
                        (int) values.number("nw_ttl", 8, TTL),
                        src,
                        dst,
                        extensions,
                        protocol,
                        segment)
                .encode();
    }

    private String fragment() {
        return values.word("ip_frag", "no", Set.of("no", "first", "later"));
    }

    private byte[] segment(int protocol, long pseudo, boolean ipv4) {
        byte[] payload = payload();
        return switch (protocol) {
            case IpProtocol.TCP ->
                new Tcp(port("tp_src"), port("tp_dst"), 0, 0, ACK, WINDOW, 0, new byte[0], payload, true)
                        .encode(pseudo);
            case IpProtocol.UDP -> new Udp(port("tp_src"), port("tp_dst"), payload, true).encode(pseudo);
            case IpProtocol.SCTP -> sctp(payload);
            case IpProtocol.ICMP -> ipv4 ? icmp(Icmp.ECHO).encode() : payload;
            default -> payload;
        };
    }

    private int port(String name) {
        return (int) values.number(name, 16, 0);
    }

    /** RFC 9260, section 3; the checksum's octets stand the other way round. */
    private byte[] sctp(byte[] payload) {
        byte[] b = new byte[SCTP_HEADER + payload.length];
        Bytes.put16(b, 0, port("tp_src"));
        Bytes.put16(b, 2, port("tp_dst"));
        System.arraycopy(payload, 0, b, SCTP_HEADER, payload.length);
        CRC32C crc = new CRC32C();
        crc.update(b);
        Bytes.put32(b, 8, Integer.reverseBytes((int) crc.getValue()));
        return b;
    }

    private Icmp icmp(int type) {
        return Icmp.of((int) values.number("icmp_type", 8, type), (int) values.number("icmp_code", 8, 0), payload(4));
    }

    private Icmp icmp6() {
        boolean discovery = values.has("nd_target") || values.has("nd_sll") || values.has("nd_tll");
        if (!discovery) {
            return icmp(Icmp.V6_ECHO);
        }
        int implied = values.has("nd_tll") ? NeighborDiscovery.ADVERTISEMENT : NeighborDiscovery.SOLICITATION;
        int type = (int) values.number("icmp_type", 8, implied);
        if (type != NeighborDiscovery.SOLICITATION && type != NeighborDiscovery.ADVERTISEMENT) {
            throw new IllegalArgumentException("nd_target needs icmp_type=135 or icmp_type=136");
        }
        String option = type == NeighborDiscovery.SOLICITATION ? "nd_sll" : "nd_tll";
        OptionalLong mac = values.has(option) ? OptionalLong.of(values.mac(option, 0)) : OptionalLong.empty();
        return new NeighborDiscovery(type, 0, values.ipv6("nd_target", Ip6.UNSPECIFIED), mac).icmp();
    }

    private byte[] arp() {
        return new Arp(
                        (int) values.number("arp_op", 16, Arp.REQUEST),
                        values.mac("arp_sha", values.mac("eth_src", SRC)),
                        values.ipv4("arp_spa", 0),
                        values.mac("arp_tha", 0),
                        values.ipv4("arp_tpa", 0))
                .encode();
    }

    private byte[] mpls() {
        long entry = values.number("mpls_label", 20, 0) << 12
                | values.number("mpls_tc", 3, 0) << 9
                | values.number("mpls_bos", 1, 1) << 8
                | values.number("mpls_ttl", 8, TTL);
        byte[] payload = values.octets("payload");
        byte[] b = new byte[4 + payload.length];
        Bytes.put32(b, 0, (int) entry);
        System.arraycopy(payload, 0, b, 4, payload.length);
        return b;
    }

    /** The customer's frame is the payload, or one without any. */
    private byte[] pbb() {
        byte[] payload = values.octets("payload");
        byte[] customer = payload.length > 0 ? payload : new Ethernet(DST, SRC, 0, payload).encode();
        byte[] b = new byte[4 + customer.length];
        Bytes.put32(b, 0, (int) values.number("pbb_isid", 24, 0));
        System.arraycopy(customer, 0, b, 4, customer.length);
        return b;
    }
}
