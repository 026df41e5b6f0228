package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import org.onlab.packet.IpPrefix;

/**
 * Packs one UPDATE of at most {@link UpdateContext#maxMessage} octets: prefixes of one family that share their attributes, or
 * that are withdrawn. MP_REACH_NLRI and MP_UNREACH_NLRI come first (RFC 7606, section 5.1).
 */
public final class UpdateBuilder {
    private static final int NO_FIELD = -1;
    private static final int PATH_OCTETS = 4;

    private final ByteBuffer out;
    private final byte[] tail;
    /** Where a length of two octets waits to be known; {@link #NO_FIELD} if there is none. */
    private final int fieldLengthAt;

    private final int attributesLengthAt;
    private int prefixes;

    private UpdateBuilder(UpdateContext context, byte[] tail, int fieldLengthAt, int attributesLengthAt) {
        this.out = Header.start(Header.UPDATE, context.maxMessage());
        this.tail = tail;
        this.fieldLengthAt = fieldLengthAt;
        this.attributesLengthAt = attributesLengthAt;
    }

    private static final int BODY = Header.LENGTH;

    /** Announces; an IPv4 next hop is in NEXT_HOP, which IPv4 routes alone can have (RFC 4760, 8950). */
    public static UpdateBuilder announce(Family family, EncodedAttributes attributes, UpdateContext context) {
        if (attributes.nextHop().isIp4()) {
            UpdateBuilder builder = new UpdateBuilder(context, new byte[0], NO_FIELD, NO_FIELD);
            byte[] all = attributes.octets();
            builder.out.putShort((short) 0).putShort((short) all.length).put(all);
            return builder;
        }
        UpdateBuilder builder = new UpdateBuilder(context, attributes.octets(), BODY + 6, BODY + 2);
        builder.startMultiProtocol(AttributeType.MP_REACH_NLRI, family);
        byte[] nextHop = attributes.nextHop().toOctets();
        builder.out.put((byte) nextHop.length).put(nextHop).put((byte) 0);
        return builder;
    }

    public static UpdateBuilder withdraw(Family family, UpdateContext context) {
        if (family == Family.IPV4_UNICAST) {
            UpdateBuilder builder = new UpdateBuilder(context, new byte[2], BODY, NO_FIELD);
            builder.out.putShort((short) 0);
            return builder;
        }
        UpdateBuilder builder = new UpdateBuilder(context, new byte[0], BODY + 6, BODY + 2);
        builder.startMultiProtocol(AttributeType.MP_UNREACH_NLRI, family);
        return builder;
    }

    /** The End-of-RIB marker (RFC 4724, section 2): a withdrawal of nothing. */
    public static byte[] endOfRib(Family family) {
        return withdraw(family, new UpdateContext(true, false)).build();
    }

    private void startMultiProtocol(int type, Family family) {
        out.putShort((short) 0).putShort((short) 0);
        out.put((byte) (AttributeType.OPTIONAL | AttributeType.EXTENDED_LENGTH)).put((byte) type);
        out.putShort((short) 0);
        out.putShort((short) family.afi()).put((byte) family.safi());
    }

    /** Adds {@code prefix}, or returns false if the message has no room for it. */
    public boolean add(IpPrefix prefix) {
        int needed = 1 + Nlri.octets(prefix.prefixLength());
        if (out.remaining() - tail.length < needed) {
            return false;
        }
        Nlri.write(out, prefix);
        prefixes++;
        return true;
    }

    /** The same with a path identifier, where ADD-PATH was negotiated (RFC 7911, section 3). */
    public boolean add(IpPrefix prefix, int path) {
        int needed = PATH_OCTETS + 1 + Nlri.octets(prefix.prefixLength());
        if (out.remaining() - tail.length < needed) {
            return false;
        }
        out.putInt(path);
        return add(prefix);
    }

    /** How many were added. */
    public int size() {
        return prefixes;
    }

    /** The whole message; the builder is spent. */
    public byte[] build() {
        if (fieldLengthAt != NO_FIELD) {
            out.putShort(fieldLengthAt, (short) (out.position() - fieldLengthAt - 2));
        }
        out.put(tail);
        if (attributesLengthAt != NO_FIELD) {
            out.putShort(attributesLengthAt, (short) (out.position() - attributesLengthAt - 2));
        }
        return Header.finish(out);
    }
}
