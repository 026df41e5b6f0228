package io.natator.softswitch.frame;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Completes the checksum that {@link Frame#NEEDS_CSUM} leaves to the interface, for copies that leave by none: packets to
 * controllers. Slow; allocates.
 */
public final class PartialChecksum {
    /** Octets from the start of an SCTP packet to its checksum; no Internet checksum stands there. */
    private static final int SCTP_OFFSET = 8;

    private PartialChecksum() {}

    /**
     * Writes the checksum into {@code copy}, the first octets of {@code frame}, if it is partial and lies within.
     *
     * @param copy as long as the frame or shorter
     */
    public static void complete(Frame frame, byte[] copy) {
        int octets = frame.csumOffset == SCTP_OFFSET ? 4 : 2;
        int at = frame.csumStart + frame.csumOffset;
        boolean partial = (frame.flags & Frame.NEEDS_CSUM) != 0;
        if (!partial || frame.csumStart < 0 || frame.csumOffset < 0 || at + octets > copy.length) {
            return;
        }
        byte[] covered = new byte[frame.length - frame.csumStart];
        MemorySegment.copy(Memory.ALL, JAVA_BYTE, frame.address + frame.csumStart, covered, 0, covered.length);
        if (frame.csumOffset == SCTP_OFFSET) {
            Bytes.put32(copy, at, sctp(covered));
        } else {
            int checksum = Checksum.of(covered, 0, covered.length);
            Bytes.put16(copy, at, checksum == 0 ? 0xFFFF : checksum); // as Linux does it, and UDP needs
        }
    }

    /** The checksum field of a whole SCTP packet (RFC 9260, section 6.8): least significant octet first. */
    private static int sctp(byte[] packet) {
        Arrays.fill(packet, SCTP_OFFSET, SCTP_OFFSET + 4, (byte) 0);
        CRC32C crc = new CRC32C();
        crc.update(packet);
        return Integer.reverseBytes((int) crc.getValue());
    }
}
