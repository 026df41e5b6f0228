package io.natator.softswitch.steps;

import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put48;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u48;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;

/**
 * Makes an ICMP destination unreachable of an IPv4 packet, where it stands (RFC 1812, section 4.3). Its source is the
 * address that could not be reached: the switch need not have one of its own.
 */
final class Unreachable {
    /** IPv4 header and the first eight octets of ICMP. */
    private static final int ADDED = Ipv4.HEADER + 8;
    /** RFC 1812, section 4.3.2.3: as much of the packet as fits into 576 octets. */
    private static final int MOST_QUOTED = 576 - ADDED;

    private static final int TYPE = 3;
    private static final int TTL = 64;
    /** Internetwork control (RFC 1812, section 4.3.2.5). */
    private static final int PRECEDENCE = 0xC0;

    private Unreachable() {}

    /** RFC 1812, section 4.3.2.7: not of ICMP errors, later fragments, and what did not come from one host to another. */
    static boolean mayAnswer(Packet p) {
        boolean groups = (u8(p.frame.address) & 1) != 0 || !isHost(p.address(true)) || !isHost(p.address(false));
        return p.version() == 4 && !p.error && !p.isLaterFragment() && !groups;
    }

    /** True if a host may have the IPv4 address: no group, not this host, not that of a network to come (RFC 6890). */
    static boolean isHost(int address) {
        int first = address >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    /** False if there is no room for it; then nothing is done. */
    static boolean turn(Packet p, int code) {
        Frame frame = p.frame;
        Headers h = p.headers;
        if (frame.headroom < ADDED) {
            return false;
        }
        int quoted = Math.min(h.ipEnd - h.ip, MOST_QUOTED);
        int src = p.address(true);
        int dst = p.address(false);
        Memory.copy(frame.address, frame.address - ADDED, h.ip);
        frame.address -= ADDED;
        frame.headroom -= ADDED;
        frame.tailroom += Math.max(0, frame.length - h.ip - quoted);
        frame.length = h.ip + ADDED + quoted;
        frame.plain();
        long a = frame.address;
        long mac = u48(a);
        put48(a, u48(a + 6));
        put48(a + 6, mac);
        header(a + h.ip, ADDED + quoted, /* src= */ dst, /* dst= */ src);
        long icmp = a + h.ip + Ipv4.HEADER;
        put32(icmp, TYPE << 24 | code << 16);
        put32(icmp + 4, 0);
        put16(icmp + 2, Checksum.finish(sum(icmp, quoted + 8)));
        Parser.parse(frame, h, p.key);
        return true;
    }

    private static void header(long ip, int length, int src, int dst) {
        put32(ip, 0x45 << 24 | PRECEDENCE << 16 | length);
        put32(ip + 4, 0);
        put32(ip + 8, TTL << 24 | IpProtocol.ICMP << 16);
        put32(ip + 12, src);
        put32(ip + 16, dst);
        put16(ip + 10, Checksum.finish(sum(ip, Ipv4.HEADER)));
    }

    private static long sum(long at, int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += u16(at + i);
        }
        return (length & 1) != 0 ? sum + ((long) u8(at + length - 1) << 8) : sum;
    }
}
