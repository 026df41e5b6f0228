package io.natator.packet;

/**
 * The Internet checksum (RFC 1071) and its incremental update (RFC 1624, equation 3). Sums are kept
 * unfolded in a {@code long} until {@link #finish}.
 */
public final class Checksum {
    private Checksum() {}

    /**
     * Adds {@code length} octets as 16-bit words; an odd last octet counts as the high half of a word
     * (RFC 1071, section 1), so only the last part of a sum may be odd.
     */
    public static long sum(long sum, byte[] b, int offset, int length) {
        int at = offset;
        int end = offset + (length & ~1);
        long s = sum;
        while (at + 4 <= end) {
            s += Bytes.i32(b, at) & 0xFFFF_FFFFL;
            at += 4;
        }
        if (at < end) {
            s += Bytes.u16(b, at);
        }
        if ((length & 1) != 0) {
            s += (b[offset + length - 1] & 0xFFL) << 8;
        }
        return s;
    }

    /** Folds to 16 bits and complements: what stands in the header. */
    public static int finish(long sum) {
        return ~fold(sum) & 0xFFFF;
    }

    /** True if a sum over data that holds its own checksum is right. */
    public static boolean isRight(long sum) {
        return fold(sum) == 0xFFFF;
    }

    /** The checksum of {@code length} octets. */
    public static int of(byte[] b, int offset, int length) {
        return finish(sum(0, b, offset, length));
    }

    /** Sum of the IPv4 pseudo-header (RFC 768, RFC 9293 section 3.1). */
    public static long pseudo(int src, int dst, int protocol, int length) {
        return (src & 0xFFFF_FFFFL) + (dst & 0xFFFF_FFFFL) + protocol + length;
    }

    /** Sum of the IPv6 pseudo-header (RFC 8200, section 8.1). */
    public static long pseudo(Ip6 src, Ip6 dst, int protocol, int length) {
        return src.sum() + dst.sum() + protocol + length;
    }

    /** The checksum after a 16-bit word changed: HC' = ~(~HC + ~m + m') (RFC 1624, section 3). */
    public static int update16(int checksum, int old, int now) {
        return finish((~checksum & 0xFFFFL) + (~old & 0xFFFFL) + (now & 0xFFFFL));
    }

    /** The checksum after an aligned 32-bit word changed. */
    public static int update32(int checksum, int old, int now) {
        return finish((~checksum & 0xFFFFL) + (~old & 0xFFFF_FFFFL) + (now & 0xFFFF_FFFFL));
    }

    private static int fold(long sum) {
        long s = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
        s = (s >>> 16) + (s & 0xFFFF);
        s = (s >>> 16) + (s & 0xFFFF);
        return (int) ((s >>> 16) + (s & 0xFFFF));
    }
}
