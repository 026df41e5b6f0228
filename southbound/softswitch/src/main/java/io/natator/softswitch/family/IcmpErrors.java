package io.natator.softswitch.family;

/**
 * The errors of ICMP (RFC 792) and ICMPv6 (RFC 4443), as RFC 7915, sections 4.2 and 5.2, relates them. Types and codes are given as one
 * number, the type times 256 and the code.
 */
final class IcmpErrors {
    /** There is none in the other family. */
    static final int NONE = -1;

    /** Destination unreachable: fragmentation needed. */
    static final int FRAGMENTATION_NEEDED = 3 << 8 | 4;

    static final int PROTOCOL_UNREACHABLE = 3 << 8 | 2;
    static final int PACKET_TOO_BIG = 2 << 8;
    static final int PARAMETER_PROBLEM = 12 << 8;
    static final int ERRONEOUS_FIELD = 4 << 8;
    static final int UNRECOGNIZED_NEXT_HEADER = 4 << 8 | 1;
    /** Where the next header stands in an IPv6 header. */
    static final int NEXT_HEADER = 6;

    private static final int LEAST_IPV6_MTU = 1280;
    /** RFC 791: what every link takes. */
    private static final int LEAST_IPV4_MTU = 68;
    /** What the longer header takes, and the fragment header. */
    private static final int HEADERS = 20;

    private static final int FRAGMENT = 8;
    /** RFC 1191, section 7.1. */
    private static final int[] PLATEAUS = {65535, 32000, 17914, 8166, 4352, 2002, 1492, LEAST_IPV6_MTU};

    private IcmpErrors() {}

    static int toIpv6(int typeAndCode) {
        return switch (typeAndCode) {
            case 3 << 8, 3 << 8 | 1, 3 << 8 | 5, 3 << 8 | 6, 3 << 8 | 7, 3 << 8 | 8, 3 << 8 | 11, 3 << 8 | 12 -> 1 << 8;
            case 3 << 8 | 9, 3 << 8 | 10, 3 << 8 | 13, 3 << 8 | 15 -> 1 << 8 | 1;
            case PROTOCOL_UNREACHABLE -> UNRECOGNIZED_NEXT_HEADER;
            case 3 << 8 | 3 -> 1 << 8 | 4;
            case FRAGMENTATION_NEEDED -> PACKET_TOO_BIG;
            case 11 << 8, 11 << 8 | 1 -> 3 << 8 | (typeAndCode & 1);
            case PARAMETER_PROBLEM, PARAMETER_PROBLEM | 2 -> ERRONEOUS_FIELD;
            default -> NONE;
        };
    }

    static int toIpv4(int typeAndCode) {
        return switch (typeAndCode) {
            case 1 << 8, 1 << 8 | 2, 1 << 8 | 3 -> 3 << 8 | 1;
            case 1 << 8 | 1 -> 3 << 8 | 10;
            case 1 << 8 | 4 -> 3 << 8 | 3;
            case PACKET_TOO_BIG -> FRAGMENTATION_NEEDED;
            case 3 << 8, 3 << 8 | 1 -> 11 << 8 | (typeAndCode & 1);
            case ERRONEOUS_FIELD -> PARAMETER_PROBLEM;
            case UNRECOGNIZED_NEXT_HEADER -> PROTOCOL_UNREACHABLE;
            default -> NONE;
        };
    }

    /** Where in an IPv6 header is what stands there in an IPv4 header (RFC 7915, figure 3). */
    static int pointerToIpv6(int octet) {
        return switch (octet) {
            case 0, 1 -> octet;
            case 2, 3 -> 4;
            case 8 -> 7;
            case 9 -> NEXT_HEADER;
            case 12, 13, 14, 15 -> 8;
            case 16, 17, 18, 19 -> 24;
            default -> NONE;
        };
    }

    /** Where in an IPv4 header is what stands there in an IPv6 header (RFC 7915, figure 6). */
    static int pointerToIpv4(int octet) {
        return switch (octet) {
            case 0, 1 -> octet;
            case 4, 5 -> 2;
            case NEXT_HEADER -> 9;
            case 7 -> 8;
            default -> octet >= 8 && octet < 24 ? 12 : octet >= 24 && octet < 40 ? 16 : NONE;
        };
    }

    /**
     * The MTU of a "packet too big".
     *
     * @param mtu of a "fragmentation needed"; 0: it is from before RFC 1191
     * @param total length of the packet that it quotes
     * @param most of the links to IPv6 hosts
     */
    static int mtuToIpv6(int mtu, int total, int most) {
        return Math.max(LEAST_IPV6_MTU, Math.min((mtu == 0 ? plateau(total) : mtu) + HEADERS, most));
    }

    private static int plateau(int total) {
        for (int plateau : PLATEAUS) {
            if (plateau < total) {
                return plateau;
            }
        }
        return LEAST_IPV6_MTU;
    }

    /**
     * The MTU of a "fragmentation needed".
     *
     * @param mtu of a "packet too big", 32 bits
     * @param fragment true if the packet that it quotes had a fragment header
     * @param most of the links to IPv6 hosts
     */
    static int mtuToIpv4(int mtu, boolean fragment, int most) {
        long least = Math.min(mtu & 0xFFFF_FFFFL, most);
        return Math.clamp(least - HEADERS - (fragment ? FRAGMENT : 0), LEAST_IPV4_MTU, 0xFFFF);
    }
}
