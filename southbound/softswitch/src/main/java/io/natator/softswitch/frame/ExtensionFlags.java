package io.natator.softswitch.frame;

import io.natator.packet.IpProtocol;

/**
 * OXM IPV6_EXTHDR (OpenFlow 1.3.5, section 7.2.3.7): which extension headers a packet has, and whether they stand in the
 * order of RFC 8200, section 4.1. What was seen so far is one int: the flags, and above them the rank of the last header.
 */
final class ExtensionFlags {
    static final int NO_NEXT = 1;
    static final int ESP = 1 << 1;
    static final int AUTHENTICATION = 1 << 2;
    static final int DESTINATION = 1 << 3;
    static final int FRAGMENT = 1 << 4;
    static final int ROUTING = 1 << 5;
    static final int HOP_BY_HOP = 1 << 6;
    /** One came again (destination options: more than twice). */
    static final int UNEXPECTED_REPEAT = 1 << 7;
    /** Not in the recommended order. */
    static final int UNEXPECTED_SEQUENCE = 1 << 8;

    static final int NONE = 0;

    private static final int ALL = (1 << 9) - 1;
    private static final int SECOND_DESTINATION = 1 << 9;
    private static final int RANK = 10;
    private static final int FIRST_DESTINATION_RANK = 2;
    private static final int LAST_DESTINATION_RANK = 7;

    private ExtensionFlags() {}

    /** True if another header follows it. */
    static boolean isExtension(int type) {
        return switch (type) {
            case IpProtocol.HOP_BY_HOP,
                    IpProtocol.ROUTING,
                    IpProtocol.FRAGMENT,
                    IpProtocol.AUTHENTICATION,
                    IpProtocol.DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    /** {@code seen} and one header more. */
    static int add(int seen, int type) {
        return switch (type) {
            case IpProtocol.HOP_BY_HOP -> add(seen, HOP_BY_HOP, 1);
            case IpProtocol.ROUTING -> add(seen, ROUTING, 3);
            case IpProtocol.FRAGMENT -> add(seen, FRAGMENT, 4);
            case IpProtocol.AUTHENTICATION -> add(seen, AUTHENTICATION, 5);
            case IpProtocol.ESP -> add(seen, ESP, 6);
            case IpProtocol.DESTINATION_OPTIONS -> destination(seen);
            default -> seen;
        };
    }

    /** Destination options may come before a routing header and before the upper layer. */
    private static int destination(int seen) {
        int rank = seen >>> RANK < FIRST_DESTINATION_RANK ? FIRST_DESTINATION_RANK : LAST_DESTINATION_RANK;
        if ((seen & DESTINATION) == 0) {
            return add(seen, DESTINATION, rank);
        }
        if ((seen & SECOND_DESTINATION) == 0) {
            return add(seen & ~DESTINATION, DESTINATION, rank) | SECOND_DESTINATION;
        }
        return add(seen, DESTINATION, rank);
    }

    private static int add(int seen, int flag, int rank) {
        int flags = (seen & (ALL | SECOND_DESTINATION)) | flag;
        if ((seen & flag) != 0) {
            flags |= UNEXPECTED_REPEAT;
        }
        if (rank < seen >>> RANK) {
            flags |= UNEXPECTED_SEQUENCE;
        }
        return flags | rank << RANK;
    }

    /** {@code seen} and what ends the chain. */
    static int last(int seen, int type) {
        return type == IpProtocol.NO_NEXT ? seen | NO_NEXT : type == IpProtocol.ESP ? add(seen, type) : seen;
    }

    /** The nine bits of the field. */
    static int oxm(int seen) {
        return seen & ALL;
    }
}
