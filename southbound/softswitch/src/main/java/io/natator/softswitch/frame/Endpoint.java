package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.flow.Field;

/**
 * Replaces IPv4 address and port of one party at once, as {@link Editor#set} would one after the other; and reads and
 * writes what that has no field for: ICMP query identifiers, TCP's flags and its maximum segment size.
 */
public final class Endpoint {
    private static final int ADDRESSES = Field.IPV4_SRC.word();
    private static final int PORTS = Field.TCP_SRC.word();
    private static final int ICMP_ID = 4;
    private static final int TCP_FLAGS = 13;
    private static final int TCP_HEADER = 20;
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int MAXIMUM_SEGMENT_SIZE = 2;

    private Endpoint() {}

    /**
     * Replaces one party's address and port.
     *
     * @param source which party
     * @param port of TCP and UDP; of ICMP the query identifier, which is both parties'; ignored without transport header
     */
    public static void set(Frame frame, Headers h, long[] key, boolean source, int address, int port) {
        int at = h.ip + (source ? 12 : 16);
        int old = i32(frame.address + at);
        long difference = Sums.difference(old & 0xFFFF_FFFFL, address & 0xFFFF_FFFFL);
        if (old != address) {
            put32(frame.address + at, address);
            key[ADDRESSES] = source
                    ? (key[ADDRESSES] & 0xFFFF_FFFFL) | (long) address << 32
                    : (key[ADDRESSES] & ~0xFFFF_FFFFL) | (address & 0xFFFF_FFFFL);
            Sums.header(frame, h, difference);
            Sums.address(frame, h, difference);
        }
        port(frame, h, key, source, port);
    }

    /** Replaces one party's port, or the identifier of an ICMP or ICMPv6 query, which is both parties'; nothing without transport header. */
    public static void port(Frame frame, Headers h, long[] key, boolean source, int port) {
        if (h.transport == 0) {
            return;
        }
        switch (h.protocol) {
            case IpProtocol.TCP, IpProtocol.UDP -> {
                int shift = source ? 48 : 32;
                key[PORTS] = (key[PORTS] & ~(0xFFFFL << shift)) | (long) port << shift;
                word(frame, h, h.transport + (source ? 0 : 2), port);
            }
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> word(frame, h, h.transport + ICMP_ID, port);
            default -> {}
        }
    }

    private static void word(Frame frame, Headers h, int at, int now) {
        int old = u16(frame.address + at);
        if (old != now) {
            put16(frame.address + at, now);
            Sums.upper(frame, h, Sums.difference(old, now));
        }
    }

    /** Identifier of an ICMP query or reply. */
    public static int icmpId(Frame frame, Headers h) {
        return u16(frame.address + h.transport + ICMP_ID);
    }

    /** Flags of a TCP segment: FIN 1, SYN 2, RST 4, PSH 8, ACK 16. */
    public static int tcpFlags(Frame frame, Headers h) {
        return Memory.u8(frame.address + h.transport + TCP_FLAGS);
    }

    /**
     * Lowers the maximum segment size that a SYN announces (RFC 9293, section 3.7.1).
     *
     * @return true if it was larger
     */
    public static boolean clamp(Frame frame, Headers h, int most) {
        int end = Math.min(h.ipEnd, h.transport + (Memory.u8(frame.address + h.transport + 12) >>> 4) * 4);
        int at = h.transport + TCP_HEADER;
        while (at < end) {
            int kind = Memory.u8(frame.address + at);
            if (kind == END_OF_OPTIONS || (kind != NO_OPERATION && at + 2 > end)) {
                return false;
            }
            int length = kind == NO_OPERATION ? 1 : Memory.u8(frame.address + at + 1);
            if (length == 0 || at + length > end) {
                return false;
            }
            if (kind == MAXIMUM_SEGMENT_SIZE && length == 4) {
                return lower(frame, h, at + 2, most);
            }
            at += length;
        }
        return false;
    }

    private static boolean lower(Frame frame, Headers h, int at, int most) {
        int old = u16(frame.address + at);
        if (old <= most) {
            return false;
        }
        put16(frame.address + at, most);
        boolean odd = ((at - h.transport) & 1) != 0;
        int before = odd ? Short.reverseBytes((short) old) & 0xFFFF : old; // the sum goes by even octets
        int after = odd ? Short.reverseBytes((short) most) & 0xFFFF : most;
        Sums.upper(frame, h, Sums.difference(before, after));
        return true;
    }
}
