package io.natator.softswitch.steps;

import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put48;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u48;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;

/**
 * Makes an error of ICMP or ICMPv6 of a packet, where it stands (RFC 1812, section 4.3; RFC 4443, section 3.1). Its
 * source is the address that could not be reached: the switch need not have one of its own.
 */
final class Unreachable {
    private static final int ICMP = 8;
    /** RFC 1812, section 4.3.2.3: as much of the packet as fits into so many octets. */
    private static final int MOST = 576;
    /** RFC 4443, section 2.4. */
    private static final int MOST_6 = 1280;

    private static final int TTL = 64;
    /** Internetwork control (RFC 1812, section 4.3.2.5). */
    private static final int PRECEDENCE = 0xC0;

    private Unreachable() {}

    /** RFC 1812, section 4.3.2.7; RFC 4443, section 2.4: not of ICMP errors, later fragments, and what did not come from one host to another. */
    static boolean mayAnswer(Packet p) {
        boolean group = (u8(p.frame.address) & 1) != 0;
        boolean hosts = p.version() == 4
                ? isHost(p.address(true)) && isHost(p.address(false))
                : isHost(p.high(true), p.low(true)) && isHost(p.high(false), p.low(false));
        return !p.error && !p.isLaterFragment() && !group && hosts;
    }

    /** True if a host may have the IPv4 address: no group, not this host, not that of a network to come (RFC 6890). */
    static boolean isHost(int address) {
        int first = address >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    /** Not unspecified, loopback or multicast. */
    private static boolean isHost(long high, long low) {
        return high >>> 56 != 0xFF && !(high == 0 && low >>> 1 == 0);
    }

    /**
     * False if there is no room for it; then nothing is done.
     *
     * @param typeAndCode of the packet's family, the type times 256 and the code
     * @param word the second one of the ICMP header
     */
    static boolean turn(Packet p, int typeAndCode, int word) {
        Frame frame = p.frame;
        Headers h = p.headers;
        boolean ipv4 = p.version() == 4;
        int added = (ipv4 ? Ipv4.HEADER : Ipv6.HEADER) + ICMP;
        if (frame.headroom < added) {
            return false;
        }
        int quoted = Math.min(h.ipEnd - h.ip, (ipv4 ? MOST : MOST_6) - added);
        Memory.copy(frame.address, frame.address - added, h.ip);
        frame.address -= added;
        frame.headroom -= added;
        frame.tailroom += Math.max(0, frame.length - h.ip - quoted);
        frame.length = h.ip + added + quoted;
        frame.plain();
        long a = frame.address;
        long mac = u48(a);
        put48(a, u48(a + 6));
        put48(a + 6, mac);
        long icmp = a + h.ip + added - ICMP;
        put32(icmp, typeAndCode << 16);
        put32(icmp + 4, word);
        if (ipv4) {
            header(a + h.ip, icmp + ICMP, added + quoted);
            put16(icmp + 2, Checksum.finish(sum(icmp, quoted + ICMP)));
        } else {
            header6(a + h.ip, icmp + ICMP, quoted + ICMP);
            long pseudo = sum(a + h.ip + 8, 2 * 16) + quoted + ICMP + IpProtocol.ICMPV6;
            put16(icmp + 2, Checksum.finish(pseudo + sum(icmp, quoted + ICMP)));
        }
        Parser.parse(frame, h, p.key);
        return true;
    }

    /** Back to the sender of the packet at {@code of}. */
    private static void header(long ip, long of, int length) {
        put32(ip, 0x45 << 24 | PRECEDENCE << 16 | length);
        put32(ip + 4, 0);
        put32(ip + 8, TTL << 24 | IpProtocol.ICMP << 16);
        put32(ip + 12, Memory.i32(of + 16));
        put32(ip + 16, Memory.i32(of + 12));
        put16(ip + 10, Checksum.finish(sum(ip, Ipv4.HEADER)));
    }

    private static void header6(long ip, long of, int payload) {
        put32(ip, 6 << 28 | PRECEDENCE << 20);
        put32(ip + 4, payload << 16 | IpProtocol.ICMPV6 << 8 | TTL);
        for (int half = 0; half < 16; half += 8) {
            put64(ip + 8 + half, i64(of + 24 + half));
            put64(ip + 24 + half, i64(of + 8 + half));
        }
    }

    private static long sum(long at, int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += u16(at + i);
        }
        return (length & 1) != 0 ? sum + ((long) u8(at + length - 1) << 8) : sum;
    }
}
