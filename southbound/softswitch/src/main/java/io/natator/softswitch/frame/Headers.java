package io.natator.softswitch.frame;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.flow.Prerequisite;

/**
 * Where the {@link Parser} found what, in octets from {@link Frame#address}; 0 means that it is not there, or not whole.
 * Mutable and reused: one object serves frame after frame. The {@link Editor} keeps it right.
 */
public final class Headers {
    /** The ethertype that counts: after VLAN tags, within SNAP if there is one. */
    public int type;
    /** VLAN tags; the outermost one is at octet 12. */
    public int tags;
    /** Outermost MPLS label stack entry. */
    public int mpls;
    /** Four octets of I-TAG TCI (IEEE 802.1Q, section 9.7), behind ethertype 0x88E7. */
    public int pbb;
    /** ARP for IPv4 over Ethernet. */
    public int arp;

    /** IPv4 or IPv6 header. */
    public int ip;
    /** 4 or 6; 0 if {@link #ip} is 0. */
    public int ipVersion;
    /** After the last octet of the IP packet: before any padding of the frame. */
    public int ipEnd;
    /** The octet that says the upper protocol: in the IP header or in the last extension header. */
    public int protocolAt;
    /** The upper protocol; −1 if it is not known. */
    public int protocol;
    /** What follows the IP headers; 0 if that is not known, or this is a later fragment. */
    public int upper;
    /** True if a routing header has segments left: the pseudo-header's destination is not the header's (RFC 8200, section 8.1). */
    public boolean routed;
    /** True if it is any fragment. */
    public boolean fragment;

    /** TCP, UDP, SCTP, ICMP or ICMPv6 header. */
    public int transport;
    /** Internet checksum of the upper layer. */
    public int checksum;
    /** True if {@link #checksum} covers the addresses. */
    public boolean pseudo;

    /** ICMPv6 type 135 or 136 with code 0; else 0. */
    public int ndType;
    /** Target address of neighbour discovery. */
    public int ndTarget;
    /** The MAC in the source link-layer address option of a solicitation. */
    public int ndSource;
    /** The MAC in the target link-layer address option of an advertisement. */
    public int ndTargetMac;

    void clear() {
        type = 0;
        tags = 0;
        mpls = 0;
        pbb = 0;
        arp = 0;
        ip = 0;
        ipVersion = 0;
        ipEnd = 0;
        protocolAt = 0;
        protocol = -1;
        upper = 0;
        routed = false;
        fragment = false;
        transport = 0;
        checksum = 0;
        pseudo = false;
        ndType = 0;
        ndTarget = 0;
        ndSource = 0;
        ndTargetMac = 0;
    }

    /** All headers are {@code octets} farther from the start of the frame. */
    void shift(int octets) {
        type = shifted(type, octets);
        mpls = shifted(mpls, octets);
        pbb = shifted(pbb, octets);
        arp = shifted(arp, octets);
        ip = shifted(ip, octets);
        ipEnd = shifted(ipEnd, octets);
        protocolAt = shifted(protocolAt, octets);
        upper = shifted(upper, octets);
        transport = shifted(transport, octets);
        checksum = shifted(checksum, octets);
        ndTarget = shifted(ndTarget, octets);
        ndSource = shifted(ndSource, octets);
        ndTargetMac = shifted(ndTargetMac, octets);
    }

    private static int shifted(int offset, int octets) {
        return offset == 0 ? 0 : offset + octets;
    }

    /** True if a field with this prerequisite is in the frame. */
    public boolean has(Prerequisite prerequisite) {
        return switch (prerequisite) {
            case NONE -> true;
            case VLAN -> tags != 0;
            case IP -> ip != 0;
            case IPV4 -> ipVersion == 4;
            case IPV6 -> ipVersion == 6;
            case TCP -> transport != 0 && protocol == IpProtocol.TCP;
            case UDP -> transport != 0 && protocol == IpProtocol.UDP;
            case SCTP -> transport != 0 && protocol == IpProtocol.SCTP;
            case ICMPV4 -> transport != 0 && protocol == IpProtocol.ICMP;
            case ICMPV6 -> transport != 0 && protocol == IpProtocol.ICMPV6;
            case ARP -> arp != 0;
            case ND -> ndTarget != 0;
            case ND_NS -> ndSource != 0;
            case ND_NA -> ndTargetMac != 0;
            case MPLS -> mpls != 0;
            case PBB -> pbb != 0;
        };
    }
}
