package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;

/** Checksums of the upper layer that are made where there was none. */
public final class Upper {
    private static final int UDP_HEADER = 8;
    private static final int UDP_LENGTH = 4;

    private Upper() {}

    /**
     * Completes the checksum of an IPv4 packet that is to be cut: one that is the interface's to make, and one of UDP that was left out, which
     * cannot be made of fragments.
     *
     * @return false if it cannot be
     */
    public static boolean complete(Frame frame, Headers h) {
        if ((frame.flags & Frame.NEEDS_CSUM) != 0) {
            return partial(frame, h);
        }
        boolean none = h.transport != 0 && h.protocol == IpProtocol.UDP && u16(frame.address + h.checksum) == 0;
        if (none && !h.fragment) {
            if (!isWhole(frame, h)) {
                return false;
            }
            udp(frame, h, Octets.of(i64(frame.address + h.ip + 12)));
        }
        return true;
    }

    private static boolean partial(Frame frame, Headers h) {
        if (h.checksum == 0 || !Octets.isPartial(frame, h.checksum) || frame.csumStart != h.transport) {
            return false;
        }
        int checksum = Checksum.finish(Octets.sum(frame.address + h.transport, h.ipEnd - h.transport));
        put16(frame.address + h.checksum, checksum == 0 ? 0xFFFF : checksum); // as Linux does it, and UDP needs
        frame.plain();
        return true;
    }

    /** False if a UDP datagram ends elsewhere. */
    static boolean isWhole(Frame frame, Headers h) {
        int length = u16(frame.address + h.transport + UDP_LENGTH);
        return length >= UDP_HEADER && h.transport + length <= h.ipEnd;
    }

    /**
     * Makes the checksum of a UDP datagram that has none, and {@link #isWhole}.
     *
     * @param addresses sum of those of the pseudo-header
     */
    static void udp(Frame frame, Headers h, long addresses) {
        long at = frame.address + h.transport;
        int length = u16(at + UDP_LENGTH);
        int checksum = Checksum.finish(addresses + IpProtocol.UDP + length + Octets.sum(at, length));
        put16(frame.address + h.checksum, checksum == 0 ? 0xFFFF : checksum);
    }
}
