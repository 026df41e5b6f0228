package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.IpProtocol;

/** The extension headers of an IPv6 packet, which IPv4 does without (RFC 7915, section 5.1). Mutable and reused. */
final class Extensions {
    /** Octets of the shortest one. */
    private static final int SHORTEST = 8;

    /** What follows the headers, from where they were counted. */
    int end;
    /** The upper protocol. */
    int protocol;
    /** Offset, reserved bits and M of the fragment header (RFC 8200, section 4.5); −1: there is none. */
    int fragment;

    int identification;
    /** Where the octet is that says the segments left, if there are some. */
    int segmentsLeft;

    /**
     * Reads all extension headers.
     *
     * @param base address that offsets count from
     * @param from offset of the first octet behind the IPv6 header
     * @param packetEnd offset after the last octet
     * @param first what the IPv6 header calls next
     */
    Outcome read(long base, int from, int packetEnd, int first) {
        fragment = -1;
        segmentsLeft = 0;
        int at = from;
        int next = first;
        while (isExtension(next)) {
            if (fragment >= 0) {
                return Outcome.EXTENSION;
            }
            if (at + SHORTEST > packetEnd) {
                return Outcome.TRUNCATED;
            }
            long a = base + at;
            if (next == IpProtocol.FRAGMENT) {
                fragment = u16(a + 2);
                identification = i32(a + 4);
                at += SHORTEST;
            } else {
                if (next == IpProtocol.ROUTING && u8(a + 3) != 0 && segmentsLeft == 0) {
                    segmentsLeft = at + 3;
                }
                at += (u8(a + 1) + 1) * 8;
            }
            if (at > packetEnd) {
                return Outcome.TRUNCATED;
            }
            next = u8(a);
        }
        end = at;
        protocol = next;
        return segmentsLeft == 0 ? Outcome.FINE : Outcome.ROUTING_HEADER;
    }

    private static boolean isExtension(int type) {
        return switch (type) {
            case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.FRAGMENT, IpProtocol.DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    /** True if there are other fragments. */
    boolean isFragment() {
        return fragment > 0 && (fragment & ~6) != 0;
    }

    /** In units of eight octets. */
    int offset() {
        return fragment < 0 ? 0 : fragment >>> 3;
    }

    /** Identification, flags and offset of an IPv4 header; call only if there is a fragment header (RFC 7915, section 5.1.1). */
    int part() {
        return identification << 16 | (more() ? ToIpv6.MF : 0) | offset();
    }

    private boolean more() {
        return fragment >= 0 && (fragment & 1) != 0;
    }
}
