package io.natator.softswitch.family;

import io.natator.packet.IpProtocol;

/** Protocol numbers of the two families. */
final class Protocols {
    private static final int IGMP = 2;
    private static final int MOBILITY = 135;
    private static final int HOST_IDENTITY = 139;
    private static final int SHIM6 = 140;

    private Protocols() {}

    /**
     * What an IPv4 protocol is called in IPv6; −1 of those that would mean something else there: RFC 7915, section 4.1 copies the number, and
     * a sender could make extension headers. The authentication header covers the addresses, so that whoever gets it must drop it.
     */
    static int toIpv6(int protocol) {
        return switch (protocol) {
            case IpProtocol.ICMP -> IpProtocol.ICMPV6;
            case IpProtocol.HOP_BY_HOP,
                    IpProtocol.ROUTING,
                    IpProtocol.FRAGMENT,
                    IpProtocol.AUTHENTICATION,
                    IpProtocol.ICMPV6,
                    IpProtocol.DESTINATION_OPTIONS,
                    IGMP,
                    MOBILITY,
                    HOST_IDENTITY,
                    SHIM6 -> -1;
            default -> protocol;
        };
    }

    /** What an upper protocol of IPv6 is called in IPv4; −1 as of {@link #toIpv6}. */
    static int toIpv4(int protocol) {
        return switch (protocol) {
            case IpProtocol.ICMPV6 -> IpProtocol.ICMP;
            case IpProtocol.ICMP, IGMP, IpProtocol.AUTHENTICATION, MOBILITY, HOST_IDENTITY, SHIM6 -> -1;
            default -> protocol;
        };
    }

    /** True if its checksum covers the addresses, ICMP's aside. */
    static boolean hasPseudoHeader(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.UDP_LITE, IpProtocol.DCCP -> true;
            default -> false;
        };
    }
}
