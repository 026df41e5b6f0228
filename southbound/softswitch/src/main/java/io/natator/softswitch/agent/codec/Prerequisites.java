package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Prerequisite;

/**
 * What is known of the packets that reach a point: what a rule matches exactly, changed by the actions before that point
 * (section 7.2.3.8; "match consistent with actions", section 6.4).
 */
final class Prerequisites {
    private static final int UNKNOWN = -1;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86DD;
    private static final int MPLS = 0x8847;
    private static final int MPLS_MULTICAST = 0x8848;
    private static final int PBB = 0x88E7;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int ICMPV4 = 1;
    private static final int ICMPV6 = 58;
    private static final int NEIGHBOR_SOLICITATION = 135;
    private static final int NEIGHBOR_ADVERTISEMENT = 136;
    private static final long TAG = 0x1000;

    private long etherType;
    private long protocol;
    private long icmpv6;
    private boolean tagged;

    /** Packets that {@code match} takes. */
    Prerequisites of(long[] value, long[] mask) {
        etherType = exact(value, mask, Field.ETH_TYPE);
        protocol = exact(value, mask, Field.IP_PROTO);
        icmpv6 = exact(value, mask, Field.ICMPV6_TYPE);
        tagged = (bits(value, Field.VLAN_VID) & bits(mask, Field.VLAN_VID) & TAG) != 0;
        return this;
    }

    Prerequisites of(Match match) {
        return of(match.value(), match.mask());
    }

    /** A tag was put before all others, or may not be there any more. */
    void tagged(boolean now) {
        tagged = now;
    }

    /** The ethertype behind all tags is another now. */
    void etherType(int now) {
        etherType = now;
        protocol = UNKNOWN;
    }

    boolean hold(Prerequisite needed) {
        return switch (needed) {
            case NONE -> true;
            case VLAN -> tagged;
            case IP -> ip();
            case IPV4 -> etherType == IPV4;
            case IPV6 -> etherType == IPV6;
            case TCP -> ip() && protocol == TCP;
            case UDP -> ip() && protocol == UDP;
            case SCTP -> ip() && protocol == SCTP;
            case ICMPV4 -> etherType == IPV4 && protocol == ICMPV4;
            case ICMPV6 -> icmpv6();
            case ARP -> etherType == ARP;
            case ND -> icmpv6() && (icmpv6 == NEIGHBOR_SOLICITATION || icmpv6 == NEIGHBOR_ADVERTISEMENT);
            case ND_NS -> icmpv6() && icmpv6 == NEIGHBOR_SOLICITATION;
            case ND_NA -> icmpv6() && icmpv6 == NEIGHBOR_ADVERTISEMENT;
            case MPLS -> etherType == MPLS || etherType == MPLS_MULTICAST;
            case PBB -> etherType == PBB;
        };
    }

    private boolean ip() {
        return etherType == IPV4 || etherType == IPV6;
    }

    private boolean icmpv6() {
        return etherType == IPV6 && protocol == ICMPV6;
    }

    private static long exact(long[] value, long[] mask, Field field) {
        return bits(mask, field) == field.ones() ? bits(value, field) : UNKNOWN;
    }

    private static long bits(long[] words, Field field) {
        return (words[field.word()] >>> field.shift()) & field.ones();
    }
}
