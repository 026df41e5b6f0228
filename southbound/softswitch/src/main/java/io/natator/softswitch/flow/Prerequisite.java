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
    PBB
}
