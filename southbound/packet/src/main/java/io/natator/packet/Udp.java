package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.Arrays;

/**
 * A UDP datagram (RFC 768).
 *
 * @param srcPort 0 to 65535
 * @param dstPort 0 to 65535
 * @param payload cut to the length field
 * @param checksumOk true if the checksum is right, or absent over IPv4
 */
public record Udp(int srcPort, int dstPort, byte[] payload, boolean checksumOk) {
    /** Octets of the header. */
    public static final int HEADER = 8;

    static final int SRC_PORT = 0;
    static final int DST_PORT = 2;
    static final int LENGTH = 4;
    static final int CHECKSUM = 6;

    /** Decodes the payload of {@code ip}, which must not be a later fragment. */
    public static Decoded<Udp> decode(Ipv4 ip) {
        return decode(ip.payload(), ip.pseudo(0), true);
    }

    /** Decodes the payload of {@code ip}; a missing checksum is wrong (RFC 8200, section 8.1). */
    public static Decoded<Udp> decode(Ipv6 ip) {
        return decode(ip.payload(), ip.pseudo(0), false);
    }

    private static Decoded<Udp> decode(byte[] b, long pseudo, boolean checksumOptional) {
        if (b.length < HEADER) {
            return new Malformed<>("udp: " + b.length + " octets, shorter than a header");
        }
        int length = Bytes.u16(b, LENGTH);
        if (length < HEADER || length > b.length) {
            return new Malformed<>("udp: length " + length + " of " + b.length + " octets");
        }
        boolean right = Bytes.u16(b, CHECKSUM) == 0
                ? checksumOptional
                : Checksum.isRight(Checksum.sum(pseudo + length, b, 0, length));
        return new Ok<>(
                new Udp(Bytes.u16(b, SRC_PORT), Bytes.u16(b, DST_PORT), Arrays.copyOfRange(b, HEADER, length), right));
    }

    /** The octets, with a right checksum. {@code pseudo} is that of the IP packet with length 0. */
    public byte[] encode(long pseudo) {
        byte[] b = new byte[HEADER + payload.length];
        Bytes.put16(b, SRC_PORT, srcPort);
        Bytes.put16(b, DST_PORT, dstPort);
        Bytes.put16(b, LENGTH, b.length);
        System.arraycopy(payload, 0, b, HEADER, payload.length);
        int checksum = Checksum.finish(Checksum.sum(pseudo + b.length, b, 0, b.length));
        Bytes.put16(b, CHECKSUM, checksum == 0 ? 0xFFFF : checksum); // zero means "none" (RFC 768)
        return b;
    }
}
