package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Ipv4;

/** Loose and strict source routes among the options of IPv4 (RFC 791, section 3.1). */
final class SourceRoute {
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int LOOSE = 131;
    private static final int STRICT = 137;
    /** Octets of a route with no address. */
    private static final int SHORTEST = 3;

    private SourceRoute() {}

    /** True if one names routers that are still to be passed (RFC 7915, section 4.1). */
    static boolean isLeft(long ip, int header) {
        int at = Ipv4.HEADER;
        while (at + 1 < header) {
            int kind = u8(ip + at);
            int length = kind == NO_OPERATION ? 1 : u8(ip + at + 1);
            boolean ends = kind == END_OF_OPTIONS || length == 0 || at + length > header;
            if (ends) {
                return false;
            }
            if ((kind == LOOSE || kind == STRICT) && length >= SHORTEST && u8(ip + at + 2) <= length) {
                return true;
            }
            at += length;
        }
        return false;
    }
}
