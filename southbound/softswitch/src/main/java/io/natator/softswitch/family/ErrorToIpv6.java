package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.EtherType;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Sums;

/** Errors of ICMP to those of ICMPv6, with what they quote (RFC 7915, sections 4.2 and 4.3). */
final class ErrorToIpv6 {
    private final Message message = new Message();

    /** Changes a whole error whose ICMP header is there. Its IPv6 header is still to be written. */
    Outcome change(Frame frame, Headers h, NewAddresses to) {
        long icmp = frame.address + h.transport;
        long end = frame.address + h.ipEnd;
        if (!Octets.isPartial(frame, h.checksum) && !Checksum.isRight(Octets.sum(icmp, h.ipEnd - h.transport))) {
            return Outcome.CHECKSUM;
        }
        int now = IcmpErrors.toIpv6(u16(icmp));
        if (now == IcmpErrors.NONE) {
            return Outcome.ICMP_TYPE;
        }
        long quoted = icmp + Message.HEADER;
        int octets = Rfc4884.quoted(icmp, end, Rfc4884.IPV4_LENGTH_AT, Rfc4884.IPV4_UNIT);
        int header = octets < Ipv4.HEADER ? 0 : (u8(quoted) & 15) * 4;
        if (header < Ipv4.HEADER || header > octets || u8(quoted) >>> 4 != 4) {
            return Outcome.QUOTE;
        }
        int word = word(now, icmp, u16(quoted + 2), to);
        if (word < 0) {
            return Outcome.ICMP_TYPE;
        }
        int part = u16(quoted + 6);
        boolean fragment = (part & (ToIpv6.MF | ToIpv6.OFFSET)) != 0;
        int protocol = Protocols.toIpv6(u8(quoted + 9));
        if (protocol < 0) {
            return Outcome.QUOTE;
        }
        int newHeader = fragment ? Ipv6.HEADER + ToIpv6.FRAGMENT : Ipv6.HEADER;
        message.begin(now, word, Ipv6.HEADER, newHeader, quoted + header, octets - header);
        int upper = Math.max(0, u16(quoted + 2) - header);
        int payload = Math.min(0xFFFF, upper + newHeader - Ipv6.HEADER);
        ToIpv6.header(
                message.quoted(),
                u8(quoted + 1),
                payload,
                fragment ? IpProtocol.FRAGMENT : protocol,
                u8(quoted + 8),
                to,
                true);
        if (fragment) {
            ToIpv6.fragment(message.quoted(), protocol, part, u16(quoted + 4));
        }
        if ((part & ToIpv6.OFFSET) == 0) {
            long difference = Sums.difference(i64(quoted + 12), 0) + to.sumQuotedIpv6();
            if (!Quoted.upper(message, protocol, difference, to.sumQuotedIpv6() + IpProtocol.ICMPV6 + upper)) {
                return Outcome.QUOTE;
            }
        }
        if (octets < end - quoted && Rfc4884.isExtensible(now)) {
            message.extension(
                    quoted + octets, (int) (end - quoted) - octets, Rfc4884.IPV6_LENGTH_AT, Rfc4884.IPV6_UNIT);
        }
        int tos = u8(frame.address + h.ip + 1);
        int ttl = u8(frame.address + h.ip + 8);
        long pseudo = to.sumIpv6() + IpProtocol.ICMPV6;
        int size = message.into(frame, h, Ipv6.HEADER, pseudo, EtherType.IPV6);
        if (size < 0) {
            return Outcome.NO_HEADROOM;
        }
        ToIpv6.header(frame.address + h.ip, tos, size, IpProtocol.ICMPV6, ttl, to, false);
        return Outcome.FINE;
    }

    /** The second word of the header: unused, pointer or MTU; −1: there is none. */
    private static int word(int now, long icmp, int total, NewAddresses to) {
        return switch (now) {
            case IcmpErrors.PACKET_TOO_BIG -> IcmpErrors.mtuToIpv6(u16(icmp + 6), total, to.mtu);
            case IcmpErrors.UNRECOGNIZED_NEXT_HEADER -> IcmpErrors.NEXT_HEADER;
            case IcmpErrors.ERRONEOUS_FIELD -> IcmpErrors.pointerToIpv6(u8(icmp + 4));
            default -> 0;
        };
    }
}
