package io.natator.softswitch.frame;

/**
 * What the {@link Parser} and the {@link Editor} found wrong, as small numbers that index counters. All but {@link #RUNT}
 * say how far a frame was understood: it goes on, and what was not understood cannot be matched or changed.
 */
public final class Reason {
    /** Nothing wrong. */
    public static final int FINE = 0;

    /** Parser: shorter than an Ethernet header. Nothing can be done with it. */
    public static final int RUNT = 1;
    /** Parser: ends within a VLAN tag, or has more than {@link Parser#MAX_TAGS}. */
    public static final int VLAN_MALFORMED = 2;
    /** Parser: ends within the first label stack entry. */
    public static final int MPLS_MALFORMED = 3;
    /** Parser: ends within the I-TAG or the customer's Ethernet header. */
    public static final int PBB_MALFORMED = 4;
    /** Parser: ends within ARP, or is not about IPv4 over Ethernet. */
    public static final int ARP_MALFORMED = 5;
    /** Parser: version, header length or total length of IPv4 wrong. */
    public static final int IPV4_MALFORMED = 6;
    /** Parser: the header checksum of IPv4 is wrong; everything is understood all the same. */
    public static final int IPV4_CHECKSUM = 7;
    /** Parser: version or payload length of IPv6 wrong. */
    public static final int IPV6_MALFORMED = 8;
    /** Parser: ends within an IPv6 extension header; the upper protocol is not known. */
    public static final int IPV6_EXTENSION = 9;
    /** Parser: ends within the header of TCP, UDP, SCTP or ICMP. */
    public static final int TRANSPORT_TRUNCATED = 10;
    /** Parser: neighbour discovery without target, or with an option of impossible length. */
    public static final int ND_MALFORMED = 11;

    /** Editor: the frame does not have what was to be changed; it is as it was. */
    public static final int ABSENT = 12;
    /** Editor: the TTL is 0 or 1 and was to be decremented; the frame is as it was. */
    public static final int INVALID_TTL = 13;
    /** Editor: no headroom for another header; the frame is as it was. */
    public static final int NO_ROOM = 14;
    /** Editor: not a field that can be set ({@link Editor#settable}); the frame is as it was. */
    public static final int NOT_SETTABLE = 15;
    /** Editor: the checksum (SCTP's) covers fragments that are elsewhere; the frame is as it was. */
    public static final int CHECKSUM_ELSEWHERE = 16;

    /** All numbers are smaller. */
    public static final int COUNT = 17;

    private static final String[] NAMES = {
        "fine",
        "runt",
        "vlan_malformed",
        "mpls_malformed",
        "pbb_malformed",
        "arp_malformed",
        "ipv4_malformed",
        "ipv4_checksum",
        "ipv6_malformed",
        "ipv6_extension_malformed",
        "transport_truncated",
        "nd_malformed",
        "action_absent_header",
        "action_invalid_ttl",
        "action_no_headroom",
        "action_not_settable",
        "action_checksum_elsewhere",
    };

    private Reason() {}

    /** Name of its counter. */
    public static String name(int reason) {
        return NAMES[reason];
    }
}
