package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.softswitch.frame.Frame;

/** Sums over octets in memory, for checksums (RFC 1071); not folded. */
final class Octets {
    private Octets() {}

    /** An odd last octet counts as the high half of a word. */
    static long sum(long at, int length) {
        long sum = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            sum += of(i64(at + i));
        }
        for (; i + 2 <= length; i += 2) {
            sum += u16(at + i);
        }
        return i < length ? sum + ((long) u8(at + i) << 8) : sum;
    }

    /** The words of a number. */
    static long of(long number) {
        return (number >>> 32) + (number & 0xFFFF_FFFFL);
    }

    /** True if the interface is to complete the checksum that stands there. */
    static boolean isPartial(Frame frame, int checksum) {
        return (frame.flags & Frame.NEEDS_CSUM) != 0 && frame.csumStart + frame.csumOffset == checksum;
    }
}
