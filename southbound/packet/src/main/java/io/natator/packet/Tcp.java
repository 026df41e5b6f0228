package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.Arrays;

/**
 * A TCP segment (RFC 9293, section 3.1).
 *
 * @param srcPort 0 to 65535
 * @param dstPort 0 to 65535
 * @param sequence sequence number
 * @param acknowledgment acknowledgment number
 * @param flags CWR ECE URG ACK PSH RST SYN FIN, 8 bits
 * @param window 0 to 65535, unscaled
 * @param urgent urgent pointer
 * @param options a multiple of 4 octets, at most 40
 * @param payload data
 * @param checksumOk true if the checksum is right
 */
public record Tcp(
        int srcPort,
        int dstPort,
        int sequence,
        int acknowledgment,
        int flags,
        int window,
        int urgent,
        byte[] options,
        byte[] payload,
        boolean checksumOk) {
    /** Octets of a header without options. */
    public static final int HEADER = 20;

    static final int SRC_PORT = 0;
    static final int DST_PORT = 2;
    static final int SEQUENCE = 4;
    static final int ACKNOWLEDGMENT = 8;
    static final int DATA_OFFSET = 12;
    static final int FLAGS = 13;
    static final int WINDOW = 14;
    static final int CHECKSUM = 16;
    static final int URGENT = 18;

    /** Decodes the payload of {@code ip}, which must not be a fragment. */
    public static Decoded<Tcp> decode(Ipv4 ip) {
        return decode(ip.payload(), ip.pseudo(ip.payload().length));
    }

    /** Decodes the payload of {@code ip}, which must not be a fragment. */
    public static Decoded<Tcp> decode(Ipv6 ip) {
        return decode(ip.payload(), ip.pseudo(ip.payload().length));
    }

    private static Decoded<Tcp> decode(byte[] b, long pseudo) {
        if (b.length < HEADER) {
            return new Malformed<>("tcp: " + b.length + " octets, shorter than a header");
        }
        int header = (Bytes.u8(b, DATA_OFFSET) >>> 4) * 4;
        if (header < HEADER || header > b.length) {
            return new Malformed<>("tcp: data offset " + header);
        }
        return new Ok<>(new Tcp(
                Bytes.u16(b, SRC_PORT),
                Bytes.u16(b, DST_PORT),
                Bytes.i32(b, SEQUENCE),
                Bytes.i32(b, ACKNOWLEDGMENT),
                Bytes.u8(b, FLAGS),
                Bytes.u16(b, WINDOW),
                Bytes.u16(b, URGENT),
                Arrays.copyOfRange(b, HEADER, header),
                Arrays.copyOfRange(b, header, b.length),
                Checksum.isRight(Checksum.sum(pseudo, b, 0, b.length))));
    }

    /** The octets, with a right checksum. {@code pseudo} is that of the IP packet with length 0. */
    public byte[] encode(long pseudo) {
        int header = HEADER + options.length;
        byte[] b = new byte[header + payload.length];
        Bytes.put16(b, SRC_PORT, srcPort);
        Bytes.put16(b, DST_PORT, dstPort);
        Bytes.put32(b, SEQUENCE, sequence);
        Bytes.put32(b, ACKNOWLEDGMENT, acknowledgment);
        Bytes.put8(b, DATA_OFFSET, (header / 4) << 4);
        Bytes.put8(b, FLAGS, flags);
        Bytes.put16(b, WINDOW, window);
        Bytes.put16(b, URGENT, urgent);
        System.arraycopy(options, 0, b, HEADER, options.length);
        System.arraycopy(payload, 0, b, header, payload.length);
        Bytes.put16(b, CHECKSUM, Checksum.finish(Checksum.sum(pseudo + b.length, b, 0, b.length)));
        return b;
    }
}
