package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;

/**
 * Checksums after a change, from the change alone (RFC 1624, equation 3), so that a wrong checksum stays wrong. A
 * {@link #difference} is a sum that is not folded; 16-bit words of any number add up to the same as the number itself,
 * if they stand at even octets.
 */
public final class Sums {
    private static final int IP_CHECKSUM = 10;
    private static final int SCTP_CHECKSUM = 8;

    private Sums() {}

    /** What to add when {@code now} replaces {@code old}. */
    public static long difference(long old, long now) {
        long gone = ~old;
        return (gone >>> 32) + (gone & 0xFFFF_FFFFL) + (now >>> 32) + (now & 0xFFFF_FFFFL);
    }

    /** The IPv4 header changed. */
    static void header(Frame frame, Headers h, long difference) {
        long at = frame.address + h.ip + IP_CHECKSUM;
        put16(at, updated(u16(at), difference));
    }

    /** An address changed that the pseudo-header holds. */
    public static void address(Frame frame, Headers h, long difference) {
        if (!h.pseudo) {
            return;
        }
        long at = frame.address + h.checksum;
        if (partial(frame, h)) {
            put16(at, ~Checksum.finish(u16(at) + difference));
        } else {
            full(h, at, difference);
        }
    }

    /** Something behind the IP headers changed. A partial checksum does not cover it. */
    static void upper(Frame frame, Headers h, long difference) {
        if (h.checksum != 0 && !partial(frame, h)) {
            full(h, frame.address + h.checksum, difference);
        }
    }

    /** The ports of SCTP, its first four octets, changed (RFC 9260, section 6.8). */
    static void sctp(Frame frame, Headers h, int old, int now) {
        if (needsChecksumAt(frame, h.transport + SCTP_CHECKSUM)) {
            return;
        }
        long at = frame.address + h.transport + SCTP_CHECKSUM;
        int change = Crc32c.change(old ^ now, h.ipEnd - h.transport);
        put32(at, Memory.i32(at) ^ Integer.reverseBytes(change)); // least significant octet first
    }

    private static boolean partial(Frame frame, Headers h) {
        return needsChecksumAt(frame, h.checksum);
    }

    private static boolean needsChecksumAt(Frame frame, int at) {
        return (frame.flags & Frame.NEEDS_CSUM) != 0 && frame.csumStart + frame.csumOffset == at;
    }

    private static void full(Headers h, long at, long difference) {
        int old = u16(at);
        boolean udp = h.protocol == IpProtocol.UDP;
        if (udp && old == 0) {
            return; // none (RFC 768; over IPv6: RFC 6935)
        }
        int now = updated(old, difference);
        put16(at, now == 0 && (udp || h.protocol == IpProtocol.UDP_LITE) ? 0xFFFF : now);
    }

    private static int updated(int checksum, long difference) {
        return Checksum.finish((~checksum & 0xFFFFL) + difference);
    }
}
