package io.natator.softswitch.flow;

/** What must be matched exactly before a field means anything (OpenFlow 1.3.5, section 7.2.3.8). */
public enum Prerequisite {
    NONE,
    VLAN,
    IP,
    IPV4,
    IPV6,
    TCP,
    UDP,
    SCTP,
    ICMPV4,
    ICMPV6,
    ARP,
    ND,
    ND_NS,
    ND_NA,
    MPLS,
    PBB;

    /** True if a packet with this key has it; of a match's value, if it asks for it. */
    public boolean in(long[] key) {
        int type = (int) Key.get(key, Field.ETH_TYPE);
        int protocol = (int) Key.get(key, Field.IP_PROTO);
        int icmp = (int) Key.get(key, Field.ICMPV6_TYPE);
        boolean isIpv4 = type == 0x0800;
        boolean isIpv6 = type == 0x86DD;
        boolean isIp = isIpv4 || isIpv6;
        boolean isIcmpv6 = isIpv6 && protocol == 58;
        return switch (this) {
            case NONE -> true;
            case VLAN -> (Key.get(key, Field.VLAN_VID) & 0x1000) != 0;
            case IP -> isIp;
            case IPV4 -> isIpv4;
            case IPV6 -> isIpv6;
            case TCP -> isIp && protocol == 6;
            case UDP -> isIp && protocol == 17;
            case SCTP -> isIp && protocol == 132;
            case ICMPV4 -> isIpv4 && protocol == 1;
            case ICMPV6 -> isIcmpv6;
            case ARP -> type == 0x0806;
            case ND -> isIcmpv6 && (icmp == 135 || icmp == 136);
            case ND_NS -> isIcmpv6 && icmp == 135;
            case ND_NA -> isIcmpv6 && icmp == 136;
            case MPLS -> type == 0x8847 || type == 0x8848;
            case PBB -> type == 0x88E7;
        };
    }
}
