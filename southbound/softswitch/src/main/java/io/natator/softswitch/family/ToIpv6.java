package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.EtherType;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Quote;
import io.natator.softswitch.frame.Sums;

/** IPv4 headers to those of IPv6 (RFC 7915, section 4). */
final class ToIpv6 {
    /** Octets of a fragment header. */
    static final int FRAGMENT = 8;

    static final int MF = 0x2000;
    static final int OFFSET = 0x1FFF;

    private final ErrorToIpv6 errors = new ErrorToIpv6();

    /**
     * Whether a packet can be changed, whatever its addresses; of an ICMP error only whether its headers can. Nothing of it changes.
     *
     * @param icmpLength as of {@link #change}
     */
    Outcome check(Frame frame, Headers h, int icmpLength) {
        long a = frame.address + h.ip;
        int header = (u8(a) & 15) * 4;
        if (!Checksum.isRight(Octets.sum(a, header))) {
            return Outcome.CHECKSUM;
        }
        if (header > Ipv4.HEADER && SourceRoute.isLeft(a, header)) {
            return Outcome.SOURCE_ROUTE;
        }
        int part = u16(a + 6);
        boolean fragment = (part & (MF | OFFSET)) != 0;
        int protocol = Protocols.toIpv6(u8(a + 9));
        if (protocol < 0) {
            return Outcome.PROTOCOL;
        }
        if (!FamilyChange.offloadsAreSane(frame, fragment, h.ip + header)) {
            return Outcome.TRUNCATED;
        }
        if (protocol == IpProtocol.ICMPV6 && !fragment && Quote.isError(frame, h)) {
            return Outcome.FINE;
        }
        if (frame.headroom < length(fragment) - header) {
            return Outcome.NO_HEADROOM;
        }
        if (protocol == IpProtocol.ICMPV6 && fragment && icmpLength == 0) {
            return Outcome.ICMP_FRAGMENT;
        }
        return (part & OFFSET) == 0 ? checkUpper(frame, h, protocol) : Outcome.FINE;
    }

    /** Octets of the headers. */
    private static int length(boolean fragment) {
        return fragment ? Ipv6.HEADER + FRAGMENT : Ipv6.HEADER;
    }

    /**
     * Returns what came of it; headers and key are as they were.
     *
     * @param icmpLength of a fragment of an ICMP message octets of all of it; 0: not known
     */
    Outcome change(Frame frame, Headers h, NewAddresses to, int icmpLength) {
        Outcome possible = check(frame, h, icmpLength);
        if (possible != Outcome.FINE) {
            return possible;
        }
        long a = frame.address + h.ip;
        int header = (u8(a) & 15) * 4;
        int part = u16(a + 6);
        boolean fragment = (part & (MF | OFFSET)) != 0;
        int protocol = Protocols.toIpv6(u8(a + 9));
        if (protocol == IpProtocol.ICMPV6 && !fragment && Quote.isError(frame, h)) {
            return errors.change(frame, h, to);
        }
        int now = length(fragment);
        if ((part & OFFSET) == 0) {
            upper(frame, h, to, protocol, fragment ? icmpLength : h.ipEnd - h.transport);
        }
        int payload = h.ipEnd - h.ip - header;
        int tos = u8(a + 1);
        int id = u16(a + 4);
        int ttl = u8(a + 8);
        FamilyChange.resize(frame, h, header, now, EtherType.IPV6);
        long b = frame.address + h.ip;
        header(b, tos, payload + now - Ipv6.HEADER, fragment ? IpProtocol.FRAGMENT : protocol, ttl, to, false);
        if (fragment) {
            fragment(b, protocol, part, id);
        }
        return Outcome.FINE;
    }

    /**
     * Writes an IPv6 header.
     *
     * @param payload octets behind it
     * @param quoted true if it is that of the packet that an error quotes
     */
    static void header(long at, int tos, int payload, int next, int hopLimit, NewAddresses to, boolean quoted) {
        put32(at, 6 << 28 | tos << 20);
        put32(at + 4, payload << 16 | next << 8 | hopLimit);
        put64(at + 8, quoted ? to.quotedSourceHigh : to.sourceHigh);
        put64(at + 16, quoted ? to.quotedSource : to.source);
        put64(at + 24, quoted ? to.quotedDestinationHigh : to.destinationHigh);
        put64(at + 32, quoted ? to.quotedDestination : to.destination);
    }

    /** Writes the fragment header behind an IPv6 header, from flags and offset of IPv4. */
    static void fragment(long header, int next, int part, int id) {
        put32(header + Ipv6.HEADER, next << 24 | (part & OFFSET) << 3 | ((part & MF) != 0 ? 1 : 0));
        put32(header + Ipv6.HEADER + 4, id);
    }

    private static Outcome checkUpper(Frame frame, Headers h, int protocol) {
        if (protocol == IpProtocol.ICMPV6) {
            return h.transport == 0
                    ? Outcome.TRUNCATED
                    : IcmpTypes.queryToIpv6(u8(frame.address + h.transport)) < 0 ? Outcome.ICMP_TYPE : Outcome.FINE;
        }
        if (h.checksum == 0) {
            return Protocols.hasPseudoHeader(protocol) ? Outcome.TRUNCATED : Outcome.FINE;
        }
        if (!isUdpWithoutChecksum(frame, h, protocol)) {
            return Outcome.FINE;
        }
        // RFC 7915, section 4.5
        return h.fragment ? Outcome.UDP_NO_CHECKSUM : Upper.isWhole(frame, h) ? Outcome.FINE : Outcome.TRUNCATED;
    }

    private static boolean isUdpWithoutChecksum(Frame frame, Headers h, int protocol) {
        return protocol == IpProtocol.UDP
                && u16(frame.address + h.checksum) == 0
                && !Octets.isPartial(frame, h.checksum);
    }

    /** What stands behind the header of a packet that is whole, or of the first fragment. */
    private static void upper(Frame frame, Headers h, NewAddresses to, int protocol, int icmpLength) {
        if (protocol == IpProtocol.ICMPV6) {
            icmp(frame, h, to, icmpLength);
        } else if (h.checksum != 0 && isUdpWithoutChecksum(frame, h, protocol)) {
            Upper.udp(frame, h, to.sumIpv6());
        } else if (h.checksum != 0) {
            long old = Memory.i64(frame.address + h.ip + 12);
            Sums.address(frame, h, Sums.difference(old, 0) + to.sumIpv6());
        }
    }

    private static void icmp(Frame frame, Headers h, NewAddresses to, int length) {
        long at = frame.address + h.transport;
        int old = u16(at);
        int now = IcmpTypes.queryToIpv6(old >>> 8) << 8 | (old & 0xFF);
        long pseudo = to.sumIpv6() + IpProtocol.ICMPV6 + length;
        long field = frame.address + h.checksum;
        put16(at, now);
        put16(
                field,
                Octets.isPartial(frame, h.checksum)
                        ? ~Checksum.finish(pseudo)
                        : Checksum.finish((~u16(field) & 0xFFFFL) + Sums.difference(old, now) + pseudo));
    }
}
