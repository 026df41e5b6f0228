package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.ArrayList;
import java.util.List;

/**
 * An Ethernet II frame, without preamble and FCS (IEEE 802.3), with its VLAN tags (IEEE 802.1Q).
 *
 * @param dst destination MAC, 48 bits
 * @param src source MAC, 48 bits
 * @param tags outermost first, at most {@link #MAX_TAGS}
 * @param type EtherType of the payload, 0x0600 to 0xFFFF
 * @param payload what follows, with padding if there is any
 */
public record Ethernet(long dst, long src, List<Tag> tags, int type, byte[] payload) {
    static final int DST = 0;
    static final int SRC = 6;
    static final int TYPE = 12;

    /** Octets of a header without tags. */
    public static final int HEADER = 14;

    /** Tags that are looked through. */
    public static final int MAX_TAGS = 2;

    /** ff:ff:ff:ff:ff:ff. */
    public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

    private static final int TAG = 4;
    private static final int FIRST_ETHERTYPE = 0x0600;

    /**
     * A VLAN tag.
     *
     * @param tpid 0x8100 or 0x88A8
     * @param tci priority (3 bits), drop eligible (1 bit), VLAN id (12 bits)
     */
    public record Tag(int tpid, int tci) {}

    public Ethernet {
        tags = List.copyOf(tags);
    }

    /** An untagged frame. */
    public Ethernet(long dst, long src, int type, byte[] payload) {
        this(dst, src, List.of(), type, payload);
    }

    /** Decodes a whole frame. */
    public static Decoded<Ethernet> decode(byte[] b) {
        if (b.length < HEADER) {
            return new Malformed<>("ethernet: " + b.length + " octets, shorter than a header");
        }
        List<Tag> tags = new ArrayList<>(0);
        int at = TYPE;
        int type = Bytes.u16(b, at);
        while ((type == EtherType.VLAN || type == EtherType.SERVICE_VLAN) && tags.size() < MAX_TAGS) {
            if (b.length < at + TAG + 2) {
                return new Malformed<>("ethernet: cut short in a VLAN tag");
            }
            tags.add(new Tag(type, Bytes.u16(b, at + 2)));
            at += TAG;
            type = Bytes.u16(b, at);
        }
        if (type < FIRST_ETHERTYPE) {
            return new Malformed<>("ethernet: length field " + type + " instead of an EtherType");
        }
        return new Ok<>(new Ethernet(
                Bytes.u48(b, DST), Bytes.u48(b, SRC), tags, type, java.util.Arrays.copyOfRange(b, at + 2, b.length)));
    }

    /** The octets; no padding is added. */
    public byte[] encode() {
        byte[] b = new byte[HEADER + TAG * tags.size() + payload.length];
        Bytes.put48(b, DST, dst);
        Bytes.put48(b, SRC, src);
        int at = TYPE;
        for (Tag tag : tags) {
            Bytes.put16(b, at, tag.tpid());
            Bytes.put16(b, at + 2, tag.tci());
            at += TAG;
        }
        Bytes.put16(b, at, type);
        System.arraycopy(payload, 0, b, at + 2, payload.length);
        return b;
    }

    /** True for group addresses: multicast and broadcast. */
    public static boolean isGroup(long mac) {
        return (mac >>> 40 & 1) != 0;
    }
}
