package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.Arrays;

/**
 * An ICMP message (RFC 792) or ICMPv6 message (RFC 4443): the two differ in numbers and in the pseudo-header.
 *
 * @param type 0 to 255
 * @param code 0 to 255
 * @param body what follows type, code and checksum
 * @param checksumOk true if the checksum is right
 */
public record Icmp(int type, int code, byte[] body, boolean checksumOk) {
    /** Octets before the body. */
    public static final int HEADER = 4;

    // RFC 792
    public static final int ECHO_REPLY = 0;
    public static final int UNREACHABLE = 3;
    public static final int ECHO = 8;
    public static final int TIME_EXCEEDED = 11;
    // RFC 4443
    public static final int V6_UNREACHABLE = 1;
    public static final int V6_TIME_EXCEEDED = 3;
    public static final int V6_ECHO = 128;
    public static final int V6_ECHO_REPLY = 129;

    static final int TYPE = 0;
    static final int CODE = 1;
    static final int CHECKSUM = 2;

    /** Decodes the payload of {@code ip}, which must not be a fragment. */
    public static Decoded<Icmp> decode(Ipv4 ip) {
        return decode(ip.payload(), 0);
    }

    /** Decodes the payload of {@code ip}, which must not be a fragment. */
    public static Decoded<Icmp> decode(Ipv6 ip) {
        return decode(ip.payload(), ip.pseudo(ip.payload().length));
    }

    private static Decoded<Icmp> decode(byte[] b, long pseudo) {
        if (b.length < HEADER) {
            return new Malformed<>("icmp: " + b.length + " octets, shorter than a header");
        }
        return new Ok<>(new Icmp(
                Bytes.u8(b, TYPE),
                Bytes.u8(b, CODE),
                Arrays.copyOfRange(b, HEADER, b.length),
                Checksum.isRight(Checksum.sum(pseudo, b, 0, b.length))));
    }

    /** A message to be sent. */
    public static Icmp of(int type, int code, byte[] body) {
        return new Icmp(type, code, body, true);
    }

    /** The octets of an ICMPv4 message, with a right checksum. */
    public byte[] encode() {
        return encode(0);
    }

    /** The octets of an ICMPv6 message from {@code src} to {@code dst}, with a right checksum. */
    public byte[] encode(Ip6 src, Ip6 dst) {
        return encode(Checksum.pseudo(src, dst, IpProtocol.ICMPV6, HEADER + body.length));
    }

    private byte[] encode(long pseudo) {
        byte[] b = new byte[HEADER + body.length];
        Bytes.put8(b, TYPE, type);
        Bytes.put8(b, CODE, code);
        System.arraycopy(body, 0, b, HEADER, body.length);
        Bytes.put16(b, CHECKSUM, Checksum.finish(Checksum.sum(pseudo, b, 0, b.length)));
        return b;
    }
}
