package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.EtherType;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Quote;
import io.natator.softswitch.frame.Sums;

/** IPv6 headers to those of IPv4 (RFC 7915, section 5). */
final class ToIpv4 {
    /** Octets of an IPv4 packet that becomes no longer than the least MTU of IPv6 on its way back; shorter ones may be fragmented. */
    private static final int SMALL = 1260;

    private static final int DF = 0x4000;

    private final Identifications identifications;
    private final Extensions extensions = new Extensions();
    private final ErrorToIpv4 errors = new ErrorToIpv4();

    ToIpv4(Identifications identifications) {
        this.identifications = identifications;
    }

    /** Whether a packet can be changed, whatever its addresses; of an ICMP error only whether its headers can. Nothing of it changes. */
    Outcome check(Frame frame, Headers h) {
        Outcome read = extensions.read(frame.address, h.ip + Ipv6.HEADER, h.ipEnd, u8(frame.address + h.ip + 6));
        if (read != Outcome.FINE) {
            return read;
        }
        boolean fragment = extensions.isFragment();
        int protocol = Protocols.toIpv4(extensions.protocol);
        if (protocol < 0) {
            return Outcome.PROTOCOL;
        }
        if (total(h) > 0xFFFF) {
            return Outcome.TOO_LONG;
        }
        if (!FamilyChange.offloadsAreSane(frame, fragment, extensions.end)) {
            return Outcome.TRUNCATED;
        }
        boolean upper = extensions.offset() == 0 || protocol == IpProtocol.ICMP;
        return isError(frame, h) || !upper ? Outcome.FINE : checkUpper(frame, h, fragment, protocol);
    }

    private boolean isError(Frame frame, Headers h) {
        return extensions.protocol == IpProtocol.ICMPV6 && !extensions.isFragment() && Quote.isError(frame, h);
    }

    /** Octets of the IPv4 packet. */
    private int total(Headers h) {
        return Ipv4.HEADER + h.ipEnd - extensions.end;
    }

    /** Returns what came of it; headers and key are as they were. */
    Outcome change(Frame frame, Headers h, NewAddresses to) {
        Outcome possible = check(frame, h);
        if (possible != Outcome.FINE) {
            return possible;
        }
        if (isError(frame, h)) {
            return errors.change(frame, h, to, part(0, to), extensions.fragment < 0);
        }
        int protocol = Protocols.toIpv4(extensions.protocol);
        if (extensions.offset() == 0) {
            upper(frame, h, to, protocol);
        }
        int old = extensions.end - h.ip;
        int total = total(h);
        int first = i32(frame.address + h.ip);
        int hopLimit = u8(frame.address + h.ip + 7);
        FamilyChange.resize(frame, h, old, Ipv4.HEADER, EtherType.IPV4);
        header(
                frame.address + h.ip,
                first >>> 20 & 0xFF,
                total,
                part(total, to),
                hopLimit,
                protocol,
                to.source,
                to.destination);
        return Outcome.FINE;
    }

    /**
     * Writes an IPv4 header.
     *
     * @param total octets with it
     * @param part identification, flags and offset
     */
    static void header(long at, int tos, int total, int part, int ttl, int protocol, long source, long destination) {
        put32(at, 0x45 << 24 | tos << 16 | total);
        put32(at + 4, part);
        put32(at + 8, ttl << 24 | protocol << 16);
        put32(at + 12, (int) source);
        put32(at + 16, (int) destination);
        put16(at + 10, Checksum.finish(Octets.sum(at, Ipv4.HEADER)));
    }

    /** Where the octet is that says the segments left, if there are some. */
    int segmentsLeft() {
        return extensions.segmentsLeft;
    }

    /** Identification, flags and offset. */
    private int part(int total, NewAddresses to) {
        if (extensions.fragment >= 0) {
            return extensions.part();
        }
        return identifications.next(to.source, to.destination) << 16 | flags(total);
    }

    /** Routers may fragment what would fit all links of IPv6 (RFC 7915, section 5.1). */
    static int flags(int total) {
        return total > SMALL ? DF : 0;
    }

    private static Outcome checkUpper(Frame frame, Headers h, boolean fragment, int protocol) {
        if (protocol == IpProtocol.ICMP) {
            return fragment
                    ? Outcome.ICMP_FRAGMENT
                    : h.transport == 0
                            ? Outcome.TRUNCATED
                            : IcmpTypes.queryToIpv4(u8(frame.address + h.transport)) < 0
                                    ? Outcome.ICMP_TYPE
                                    : Outcome.FINE;
        }
        return h.checksum == 0 && Protocols.hasPseudoHeader(protocol) ? Outcome.TRUNCATED : Outcome.FINE;
    }

    /** What stands behind the headers of a packet that is whole, or of the first fragment. */
    private static void upper(Frame frame, Headers h, NewAddresses to, int protocol) {
        if (protocol == IpProtocol.ICMP) {
            icmp(frame, h);
        } else if (h.checksum != 0) {
            Sums.address(frame, h, withoutAddresses(frame.address + h.ip) + to.sumIpv4());
        }
    }

    /** What to add to a sum that the addresses are no more part of. */
    static long withoutAddresses(long ip) {
        long difference = 0;
        for (int i = 8; i < Ipv6.HEADER; i += 8) {
            difference += Sums.difference(i64(ip + i), 0);
        }
        return difference;
    }

    private static void icmp(Frame frame, Headers h) {
        long at = frame.address + h.transport;
        int old = u16(at);
        int now = IcmpTypes.queryToIpv4(old >>> 8) << 8 | (old & 0xFF);
        long field = frame.address + h.checksum;
        int length = h.ipEnd - h.transport;
        long difference = withoutAddresses(frame.address + h.ip)
                + Sums.difference(IpProtocol.ICMPV6 + length, 0)
                + Sums.difference(old, now);
        int checksum = Checksum.finish((~u16(field) & 0xFFFFL) + difference);
        put16(at, now);
        put16(field, 0);
        if (!Octets.isPartial(frame, h.checksum)) {
            boolean nothing = checksum == 0 && Octets.sum(at, length) == 0;
            put16(field, nothing ? 0xFFFF : checksum); // RFC 1624, section 3: only zeroes have that sum
        }
    }
}
