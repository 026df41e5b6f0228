package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;

/**
 * Address resolution for IPv4 over Ethernet (RFC 826).
 *
 * @param op {@link #REQUEST} or {@link #REPLY}, others as they come
 * @param sha sender hardware address
 * @param spa sender protocol address
 * @param tha target hardware address
 * @param tpa target protocol address
 */
public record Arp(int op, long sha, int spa, long tha, int tpa) {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /** Octets. */
    public static final int LENGTH = 28;

    static final int HARDWARE_TYPE = 0;
    static final int PROTOCOL_TYPE = 2;
    static final int HARDWARE_LENGTH = 4;
    static final int PROTOCOL_LENGTH = 5;
    static final int OP = 6;
    static final int SHA = 8;
    static final int SPA = 14;
    static final int THA = 18;
    static final int TPA = 24;

    private static final int ETHERNET = 1;

    /** Decodes an Ethernet payload; padding is ignored. */
    public static Decoded<Arp> decode(byte[] b) {
        if (b.length < LENGTH) {
            return new Malformed<>("arp: " + b.length + " octets, needs " + LENGTH);
        }
        if (Bytes.u16(b, HARDWARE_TYPE) != ETHERNET
                || Bytes.u16(b, PROTOCOL_TYPE) != EtherType.IPV4
                || Bytes.u8(b, HARDWARE_LENGTH) != 6
                || Bytes.u8(b, PROTOCOL_LENGTH) != 4) {
            return new Malformed<>("arp: not IPv4 over Ethernet");
        }
        return new Ok<>(
                new Arp(Bytes.u16(b, OP), Bytes.u48(b, SHA), Bytes.i32(b, SPA), Bytes.u48(b, THA), Bytes.i32(b, TPA)));
    }

    /** The 28 octets. */
    public byte[] encode() {
        byte[] b = new byte[LENGTH];
        Bytes.put16(b, HARDWARE_TYPE, ETHERNET);
        Bytes.put16(b, PROTOCOL_TYPE, EtherType.IPV4);
        Bytes.put8(b, HARDWARE_LENGTH, 6);
        Bytes.put8(b, PROTOCOL_LENGTH, 4);
        Bytes.put16(b, OP, op);
        Bytes.put48(b, SHA, sha);
        Bytes.put32(b, SPA, spa);
        Bytes.put48(b, THA, tha);
        Bytes.put32(b, TPA, tpa);
        return b;
    }
}
