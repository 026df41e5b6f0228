package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.u16;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.frame.Sums;

/** What a quoted packet has behind its headers. */
final class Quoted {
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;

    private Quoted() {}

    /**
     * Changes checksums, as far as they are there, and types of ICMP.
     *
     * @param protocol in the new family
     * @param addresses difference of the addresses
     * @param pseudo difference that ICMP's pseudo-header makes, which only ICMPv6 has
     * @return false if it is an ICMP message that the other family does not have, or an error again (RFC 7915, section 4.3)
     */
    static boolean upper(Message message, int protocol, long addresses, long pseudo) {
        switch (protocol) {
            case IpProtocol.TCP -> message.covered(TCP_CHECKSUM, addresses, false);
            case IpProtocol.UDP, IpProtocol.UDP_LITE -> message.covered(UDP_CHECKSUM, addresses, true);
            case IpProtocol.DCCP -> message.covered(UDP_CHECKSUM, addresses, false);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
                return message.rest() < 2 || icmp(message, protocol == IpProtocol.ICMPV6, pseudo);
            }
            default -> {}
        }
        return true;
    }

    private static boolean icmp(Message message, boolean toIpv6, long pseudo) {
        int old = u16(message.upper());
        int type = toIpv6 ? IcmpTypes.queryToIpv6(old >>> 8) : IcmpTypes.queryToIpv4(old >>> 8);
        if (type < 0) {
            return false;
        }
        int now = type << 8 | (old & 0xFF);
        message.type(now);
        message.covered(ICMP_CHECKSUM, pseudo + Sums.difference(old, now), false);
        return true;
    }
}
