package io.natator.softswitch.flow;

import static io.natator.softswitch.flow.Prerequisite.ARP;
import static io.natator.softswitch.flow.Prerequisite.ICMPV4;
import static io.natator.softswitch.flow.Prerequisite.ICMPV6;
import static io.natator.softswitch.flow.Prerequisite.IP;
import static io.natator.softswitch.flow.Prerequisite.IPV4;
import static io.natator.softswitch.flow.Prerequisite.IPV6;
import static io.natator.softswitch.flow.Prerequisite.MPLS;
import static io.natator.softswitch.flow.Prerequisite.ND;
import static io.natator.softswitch.flow.Prerequisite.ND_NA;
import static io.natator.softswitch.flow.Prerequisite.ND_NS;
import static io.natator.softswitch.flow.Prerequisite.NONE;
import static io.natator.softswitch.flow.Prerequisite.PBB;
import static io.natator.softswitch.flow.Prerequisite.SCTP;
import static io.natator.softswitch.flow.Prerequisite.TCP;
import static io.natator.softswitch.flow.Prerequisite.UDP;
import static io.natator.softswitch.flow.Prerequisite.VLAN;

/**
 * The match fields of OpenFlow 1.3 (section 7.2.3.7, table 12), with their place in a {@link Key}. Fields that exclude each other by
 * their prerequisites share a place: a match holds its prerequisites, so no rule can take one for the other.
 *
 * <p>A field of up to 64 bits is {@code word >>> shift} and as many low bits as it is wide; one of 128 bits is two whole
 * words, the upper half first.
 */
public enum Field {
    IN_PORT(0, 32, false, NONE, 0, 32),
    IN_PHY_PORT(1, 32, false, NONE, 16, 0),
    METADATA(2, 64, true, NONE, 14, 0),
    ETH_DST(3, 48, true, NONE, 1, 16),
    ETH_SRC(4, 48, true, NONE, 2, 16),
    ETH_TYPE(5, 16, false, NONE, 0, 16),
    /** Bit 12 says that there is a tag. */
    VLAN_VID(6, 13, true, NONE, 0, 0),
    VLAN_PCP(7, 3, false, VLAN, 0, 13),
    IP_DSCP(8, 6, false, IP, 1, 2),
    IP_ECN(9, 2, false, IP, 1, 0),
    IP_PROTO(10, 8, false, IP, 1, 8),
    IPV4_SRC(11, 32, true, IPV4, 3, 32),
    IPV4_DST(12, 32, true, IPV4, 3, 0),
    TCP_SRC(13, 16, false, TCP, 4, 48),
    TCP_DST(14, 16, false, TCP, 4, 32),
    UDP_SRC(15, 16, false, UDP, 4, 48),
    UDP_DST(16, 16, false, UDP, 4, 32),
    SCTP_SRC(17, 16, false, SCTP, 4, 48),
    SCTP_DST(18, 16, false, SCTP, 4, 32),
    ICMPV4_TYPE(19, 8, false, ICMPV4, 4, 48),
    ICMPV4_CODE(20, 8, false, ICMPV4, 4, 32),
    ARP_OP(21, 16, false, ARP, 4, 0),
    ARP_SPA(22, 32, true, ARP, 3, 32),
    ARP_TPA(23, 32, true, ARP, 3, 0),
    ARP_SHA(24, 48, true, ARP, 11, 16),
    ARP_THA(25, 48, true, ARP, 12, 16),
    IPV6_SRC(26, 128, true, IPV6, 5, 0),
    IPV6_DST(27, 128, true, IPV6, 7, 0),
    IPV6_FLABEL(28, 20, true, IPV6, 13, 44),
    ICMPV6_TYPE(29, 8, false, ICMPV6, 4, 48),
    ICMPV6_CODE(30, 8, false, ICMPV6, 4, 32),
    IPV6_ND_TARGET(31, 128, true, ND, 9, 0),
    IPV6_ND_SLL(32, 48, false, ND_NS, 11, 16),
    IPV6_ND_TLL(33, 48, false, ND_NA, 12, 16),
    MPLS_LABEL(34, 20, false, MPLS, 13, 24),
    MPLS_TC(35, 3, false, MPLS, 13, 21),
    MPLS_BOS(36, 1, false, MPLS, 13, 20),
    PBB_ISID(37, 24, true, PBB, 16, 40),
    TUNNEL_ID(38, 64, true, NONE, 15, 0),
    IPV6_EXTHDR(39, 9, true, IPV6, 4, 16),
    /** Nicira's NXM_NX_IP_TTL (class 1, field 29): not one of OpenFlow 1.3. */
    IP_TTL(-1, 8, false, IP, 2, 0);

    private final int oxm;
    private final int bits;
    private final boolean maskable;
    private final Prerequisite prerequisite;
    private final int word;
    private final int shift;

    Field(int oxm, int bits, boolean maskable, Prerequisite prerequisite, int word, int shift) {
        this.oxm = oxm;
        this.bits = bits;
        this.maskable = maskable;
        this.prerequisite = prerequisite;
        this.word = word;
        this.shift = shift;
    }

    /** Its number in class OFPXMC_OPENFLOW_BASIC; −1 if it is none of these. */
    public int oxm() {
        return oxm;
    }

    /** Width in bits, 1 to 128. */
    public int bits() {
        return bits;
    }

    /** True if a match may hold a mask (table 12). */
    public boolean maskable() {
        return maskable;
    }

    /**
     * True if set-field may set it (section 7.2.5): all but the ports it came by and what only a match can ask. Metadata
     * may be, which OpenFlow 1.3 leaves to write-metadata.
     */
    public boolean settable() {
        return this != IN_PORT && this != IN_PHY_PORT && this != IPV6_EXTHDR;
    }

    /** What a match must hold as well. */
    public Prerequisite prerequisite() {
        return prerequisite;
    }

    /** Index of its (first) word in a {@link Key}. */
    public int word() {
        return word;
    }

    /** Bits to the right of it in its word. */
    public int shift() {
        return shift;
    }

    /** True if it takes two words. */
    public boolean wide() {
        return bits > 64;
    }

    /** All ones as wide as the field, or as one half of a wide one. */
    public long ones() {
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }
}
