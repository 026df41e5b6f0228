package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.i32;
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

/** Errors of ICMPv6 to those of ICMP, with what they quote (RFC 7915, sections 5.2 and 5.3). */
final class ErrorToIpv4 {
    private static final int MOST = 0xFFFF;

    private final Message message = new Message();
    private final Extensions extensions = new Extensions();

    /**
     * Changes a whole error whose ICMP header is there. Its IPv4 header is still to be written.
     *
     * @param part identification, flags and offset of that
     * @param flags true if the flags go by its length
     */
    Outcome change(Frame frame, Headers h, NewAddresses to, int part, boolean flags) {
        long ip = frame.address + h.ip;
        long icmp = frame.address + h.transport;
        long end = frame.address + h.ipEnd;
        int length = h.ipEnd - h.transport;
        long sum = Octets.sum(ip + 8, 32) + IpProtocol.ICMPV6 + length + Octets.sum(icmp, length);
        if (!Octets.isPartial(frame, h.checksum) && !Checksum.isRight(sum)) {
            return Outcome.CHECKSUM;
        }
        int now = IcmpErrors.toIpv4(u16(icmp));
        if (now == IcmpErrors.NONE) {
            return Outcome.ICMP_TYPE;
        }
        long quoted = icmp + Message.HEADER;
        int octets = Rfc4884.isExtensible(u16(icmp))
                ? Rfc4884.quoted(icmp, end, Rfc4884.IPV6_LENGTH_AT, Rfc4884.IPV6_UNIT)
                : length - Message.HEADER;
        boolean is = octets >= Ipv6.HEADER && u8(quoted) >>> 4 == 6;
        if (!is || extensions.read(quoted, Ipv6.HEADER, octets, u8(quoted + 6)) != Outcome.FINE) {
            return Outcome.QUOTE;
        }
        int word = word(now, icmp, to);
        if (word < 0) {
            return Outcome.ICMP_TYPE;
        }
        int protocol = Protocols.toIpv4(extensions.protocol);
        if (protocol < 0) {
            return Outcome.QUOTE;
        }
        int header = extensions.end;
        message.begin(now, word, Ipv4.HEADER, Ipv4.HEADER, quoted + header, octets - header);
        int upper = Math.max(0, u16(quoted + 4) + Ipv6.HEADER - header);
        int total = Math.min(MOST, Ipv4.HEADER + upper);
        int quotedPart = extensions.fragment >= 0 ? extensions.part() : ToIpv4.flags(total);
        int tos = i32(quoted) >>> 20 & 0xFF;
        ToIpv4.header(
                message.quoted(),
                tos,
                total,
                quotedPart,
                u8(quoted + 7),
                protocol,
                to.quotedSource,
                to.quotedDestination);
        if (extensions.offset() == 0) {
            long without = ToIpv4.withoutAddresses(quoted);
            long pseudo = without + Sums.difference(IpProtocol.ICMPV6 + upper, 0);
            if (!Quoted.upper(message, protocol, without + to.sumQuotedIpv4(), pseudo)) {
                return Outcome.QUOTE;
            }
        }
        if (octets < end - quoted) {
            message.extension(
                    quoted + octets, (int) (end - quoted) - octets, Rfc4884.IPV4_LENGTH_AT, Rfc4884.IPV4_UNIT);
        }
        int first = i32(ip);
        int hopLimit = u8(ip + 7);
        int size = message.into(frame, h, Ipv4.HEADER, -1, EtherType.IPV4);
        if (size < 0) {
            return Outcome.NO_HEADROOM;
        }
        int all = Ipv4.HEADER + size;
        ToIpv4.header(
                frame.address + h.ip,
                first >>> 20 & 0xFF,
                all,
                flags ? part | ToIpv4.flags(all) : part,
                hopLimit,
                IpProtocol.ICMP,
                to.source,
                to.destination);
        return Outcome.FINE;
    }

    /** The second word of the header: unused, pointer or MTU; −1: there is none. */
    private int word(int now, long icmp, NewAddresses to) {
        return switch (now) {
            case IcmpErrors.FRAGMENTATION_NEEDED ->
                IcmpErrors.mtuToIpv4(i32(icmp + 4), extensions.fragment >= 0, to.mtu);
            case IcmpErrors.PARAMETER_PROBLEM -> pointer(IcmpErrors.pointerToIpv4(i32(icmp + 4)));
            default -> 0;
        };
    }

    private static int pointer(int octet) {
        return octet < 0 ? octet : octet << 24;
    }
}
