package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.Arrays;

/**
 * An IPv4 packet (RFC 791). The header checksum is not part of the value: {@link #encode} writes a right
 * one, and {@code checksumOk} tells whether the one that came was right.
 *
 * @param tos DSCP and ECN, 8 bits
 * @param id identification, 16 bits
 * @param flags reserved, DF, MF: 3 bits
 * @param fragmentOffset in units of 8 octets, 13 bits
 * @param ttl 0 to 255
 * @param protocol see {@link IpProtocol}
 * @param src source address
 * @param dst destination address
 * @param options a multiple of 4 octets, at most 40
 * @param payload cut to the total length: without Ethernet padding
 * @param checksumOk true if the header checksum is right
 */
public record Ipv4(
        int tos,
        int id,
        int flags,
        int fragmentOffset,
        int ttl,
        int protocol,
        int src,
        int dst,
        byte[] options,
        byte[] payload,
        boolean checksumOk) {
    /** Octets of a header without options. */
    public static final int HEADER = 20;

    /** Don't fragment. */
    public static final int DF = 2;

    /** More fragments. */
    public static final int MF = 1;

    static final int VERSION_IHL = 0;
    static final int TOS = 1;
    static final int TOTAL_LENGTH = 2;
    static final int ID = 4;
    static final int FLAGS_OFFSET = 6;
    static final int TTL = 8;
    static final int PROTOCOL = 9;
    static final int CHECKSUM = 10;
    static final int SRC = 12;
    static final int DST = 16;

    /** A packet without options, not a fragment. */
    public static Ipv4 of(int src, int dst, int ttl, int protocol, byte[] payload) {
        return new Ipv4(0, 0, DF, 0, ttl, protocol, src, dst, new byte[0], payload, true);
    }

    /** Decodes an Ethernet payload, or the packet inside an ICMP error. */
    public static Decoded<Ipv4> decode(byte[] b) {
        if (b.length < HEADER) {
            return new Malformed<>("ipv4: " + b.length + " octets, shorter than a header");
        }
        if (Bytes.u8(b, VERSION_IHL) >>> 4 != 4) {
            return new Malformed<>("ipv4: version " + (Bytes.u8(b, VERSION_IHL) >>> 4));
        }
        int header = (Bytes.u8(b, VERSION_IHL) & 15) * 4;
        int total = Bytes.u16(b, TOTAL_LENGTH);
        if (header < HEADER || header > b.length) {
            return new Malformed<>("ipv4: header length " + header);
        }
        if (total < header || total > b.length) {
            return new Malformed<>("ipv4: total length " + total + " of " + b.length + " octets");
        }
        int flags = Bytes.u16(b, FLAGS_OFFSET);
        return new Ok<>(new Ipv4(
                Bytes.u8(b, TOS),
                Bytes.u16(b, ID),
                flags >>> 13,
                flags & 0x1FFF,
                Bytes.u8(b, TTL),
                Bytes.u8(b, PROTOCOL),
                Bytes.i32(b, SRC),
                Bytes.i32(b, DST),
                Arrays.copyOfRange(b, HEADER, header),
                Arrays.copyOfRange(b, header, total),
                Checksum.isRight(Checksum.sum(0, b, 0, header))));
    }

    /** The octets, with a right checksum. */
    public byte[] encode() {
        int header = HEADER + options.length;
        byte[] b = new byte[header + payload.length];
        Bytes.put8(b, VERSION_IHL, (4 << 4) | (header / 4));
        Bytes.put8(b, TOS, tos);
        Bytes.put16(b, TOTAL_LENGTH, b.length);
        Bytes.put16(b, ID, id);
        Bytes.put16(b, FLAGS_OFFSET, flags << 13 | fragmentOffset);
        Bytes.put8(b, TTL, ttl);
        Bytes.put8(b, PROTOCOL, protocol);
        Bytes.put32(b, SRC, src);
        Bytes.put32(b, DST, dst);
        System.arraycopy(options, 0, b, HEADER, options.length);
        Bytes.put16(b, CHECKSUM, Checksum.of(b, 0, header));
        System.arraycopy(payload, 0, b, header, payload.length);
        return b;
    }

    /** True for any fragment, the first one too. */
    public boolean isFragment() {
        return fragmentOffset != 0 || (flags & MF) != 0;
    }

    /** Sum of the pseudo-header for {@code length} octets of payload. */
    public long pseudo(int length) {
        return Checksum.pseudo(src, dst, protocol, length);
    }
}
