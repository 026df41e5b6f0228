package io.natator.openflow.codec;

import java.util.List;

/**
 * Match fields that Natator writes and reads, in the order in which a canonical match holds them. A field has an
 * OXM header (section 7.2.3.7) and, for Nicira's actions, an NXM one; Open vSwitch answers with either.
 */
public enum Field {
    IN_PORT(0x8000, 0, 32, -1, -1, "in_port"),
    METADATA(0x8000, 2, 64, -1, -1, "metadata"),
    ETH_DST(0x8000, 3, 48, 0, 1, "eth_dst"),
    ETH_SRC(0x8000, 4, 48, 0, 2, "eth_src"),
    ETH_TYPE(0x8000, 5, 16, 0, 3, "eth_type"),
    VLAN_VID(0x8000, 6, 16, -1, -1, "vlan_vid"),
    IP_PROTO(0x8000, 10, 8, 0, 6, "ip_proto"),
    IPV4_SRC(0x8000, 11, 32, 0, 7, "ip_src"),
    IPV4_DST(0x8000, 12, 32, 0, 8, "ip_dst"),
    TCP_SRC(0x8000, 13, 16, 0, 9, "tcp_src"),
    TCP_DST(0x8000, 14, 16, 0, 10, "tcp_dst"),
    UDP_SRC(0x8000, 15, 16, 0, 11, "udp_src"),
    UDP_DST(0x8000, 16, 16, 0, 12, "udp_dst"),
    ICMPV4_TYPE(0x8000, 19, 8, 0, 13, "icmp_type"),
    ICMPV4_CODE(0x8000, 20, 8, 0, 14, "icmp_code"),
    ARP_OP(0x8000, 21, 16, 0, 15, "arp_op"),
    ARP_SPA(0x8000, 22, 32, 0, 16, "arp_spa"),
    ARP_TPA(0x8000, 23, 32, 0, 17, "arp_tpa"),
    ARP_SHA(0x8000, 24, 48, 1, 17, "arp_sha"),
    ARP_THA(0x8000, 25, 48, 1, 18, "arp_tha"),
    IPV6_SRC(0x8000, 26, 128, 1, 19, "ipv6_src"),
    IPV6_DST(0x8000, 27, 128, 1, 20, "ipv6_dst"),
    ICMPV6_TYPE(0x8000, 29, 8, 1, 21, "icmpv6_type"),
    ICMPV6_CODE(0x8000, 30, 8, 1, 22, "icmpv6_code"),
    ND_TARGET(0x8000, 31, 128, 1, 23, "nd_target"),
    IP_TTL(1, 29, 8, 1, 29, "nw_ttl"),
    /** The one by which in_port can be set: Open vSwitch refuses that of the other. */
    NX_IN_PORT(0, 0, 16, 0, 0, "in_port");

    /** Those that hold IP addresses. */
    static final List<Field> ADDRESSES = List.of(IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA, IPV6_SRC, IPV6_DST, ND_TARGET);

    private static final Field[] ALL = values();
    private static final Field[] BY_OXM = new Field[128];
    private static final Field[] BY_NXM0 = new Field[128];
    private static final Field[] BY_NXM1 = new Field[128];
    private static final int OXM_BASIC = 0x8000;

    static {
        for (Field f : ALL) {
            if (f.oxmClass == OXM_BASIC) {
                BY_OXM[f.oxmField] = f;
            }
            if (f.nxmClass >= 0) {
                (f.nxmClass == 0 ? BY_NXM0 : BY_NXM1)[f.nxmField] = f;
            }
        }
    }

    private final int oxmClass;
    private final int oxmField;
    private final int bits;
    private final int nxmClass;
    private final int nxmField;
    private final String text;

    Field(int oxmClass, int oxmField, int bits, int nxmClass, int nxmField, String text) {
        this.oxmClass = oxmClass;
        this.oxmField = oxmField;
        this.bits = bits;
        this.nxmClass = nxmClass;
        this.nxmField = nxmField;
        this.text = text;
    }

    /** Width in bits: 8 to 128. */
    public int bits() {
        return bits;
    }

    /** Width in octets. */
    public int octets() {
        return bits / 8;
    }

    /** As {@code ovs-ofctl} names it. */
    public String text() {
        return text;
    }

    /** The 32-bit header of an exact match or a set-field. */
    public int header() {
        return oxmClass << 16 | oxmField << 9 | octets();
    }

    /** The 32-bit header of a masked match. */
    public int maskedHeader() {
        return oxmClass << 16 | oxmField << 9 | 1 << 8 | 2 * octets();
    }

    /** The header by which Nicira's actions name the field. */
    public int nxmHeader() {
        return nxmClass < 0 ? header() : nxmClass << 16 | nxmField << 9 | octets();
    }

    /** The field that a 32-bit OXM or NXM header names; null if it is none of these. */
    static Field of(int header) {
        int number = header >>> 9 & 127;
        return switch (header >>> 16) {
            case OXM_BASIC -> BY_OXM[number];
            case 0 -> BY_NXM0[number];
            case 1 -> BY_NXM1[number];
            default -> null;
        };
    }

    /** Position in canonical matches. */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    static Field at(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    /** All ones in the upper (index 1) or lower 64 bits (index 0) of the field. */
    long ones(int half) {
        int width = half == 0 ? Math.min(bits, 64) : bits - 64;
        return width <= 0 ? 0 : -1L >>> (64 - width);
    }
}
