package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.u8;

/** How long what an ICMP error quotes is, if an extension follows (RFC 4884, section 4). */
final class Rfc4884 {
    /** The octet of the ICMP header that says so, and octets that it counts. */
    static final int IPV4_LENGTH_AT = 5;

    static final int IPV4_UNIT = 4;
    static final int IPV6_LENGTH_AT = 4;
    static final int IPV6_UNIT = 8;
    /** Least octets of what is quoted (section 5.1). */
    static final int LEAST = 128;

    private Rfc4884() {}

    /** True if ICMPv6 errors of this type may have extensions: unreachable and time exceeded. */
    static boolean isExtensible(int typeAndCode) {
        return typeAndCode >>> 8 == 1 || typeAndCode >>> 8 == 3;
    }

    /**
     * Octets that an error quotes: all, if no extension follows.
     *
     * @param message its address
     * @param end address after it
     * @param lengthAt octet that says so
     * @param unit octets that it counts
     */
    static int quoted(long message, long end, int lengthAt, int unit) {
        int all = (int) (end - message) - Message.HEADER;
        int octets = u8(message + lengthAt) * unit;
        return octets >= LEAST && octets < all ? octets : all;
    }
}
