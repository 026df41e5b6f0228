package io.natator.bgp.bfd.codec;

import io.natator.model.peering.Bfd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The authentication section (RFC 5880, sections 4.2 to 4.4 and 6.7): made and checked, sequence numbers aside. */
public final class Authentication {
    private static final int TYPE_OFFSET = ControlPacket.LENGTH;
    private static final int HEAD = 3;
    private static final int SEQUENCE_OFFSET = ControlPacket.LENGTH + 4;
    private static final int DIGEST_OFFSET = ControlPacket.LENGTH + 8;

    private Authentication() {}

    /** True if packets of this type carry a sequence number. */
    public static boolean sequenced(Bfd.AuthenticationType type) {
        return type != Bfd.AuthenticationType.SIMPLE_PASSWORD;
    }

    /** True if the sequence number must rise with each packet. */
    public static boolean meticulous(Bfd.AuthenticationType type) {
        return type == Bfd.AuthenticationType.METICULOUS_KEYED_MD5
                || type == Bfd.AuthenticationType.METICULOUS_KEYED_SHA1;
    }

    /** @param sequence of no meaning for a simple password */
    public static byte[] seal(ControlPacket packet, Bfd.Authentication key, int sequence) {
        byte[] secret = key.key().getBytes(StandardCharsets.UTF_8);
        int length = sectionLength(key.type(), secret);
        byte[] octets = packet.encode(length);
        ByteBuffer out = ByteBuffer.wrap(octets).position(TYPE_OFFSET);
        out.put((byte) code(key.type())).put((byte) length).put((byte) key.keyId());
        if (!sequenced(key.type())) {
            out.put(secret);
            return octets;
        }
        out.put((byte) 0).putInt(sequence);
        byte[] digest = digest(octets, octets.length, key.type(), secret);
        System.arraycopy(digest, 0, octets, DIGEST_OFFSET, digest.length);
        return octets;
    }

    /**
     * True if {@code payload} was made by one who knows {@code key}.
     *
     * @param length of the packet, as {@link Parsed.Ok} has it
     */
    public static boolean genuine(byte[] payload, int length, Bfd.Authentication key) {
        byte[] secret = key.key().getBytes(StandardCharsets.UTF_8);
        int section = sectionLength(key.type(), secret);
        boolean shaped = length == ControlPacket.LENGTH + section
                && (payload[TYPE_OFFSET] & 0xff) == code(key.type())
                && (payload[TYPE_OFFSET + 1] & 0xff) == section
                && (payload[TYPE_OFFSET + 2] & 0xff) == key.keyId();
        if (!shaped) {
            return false;
        }
        if (!sequenced(key.type())) {
            return MessageDigest.isEqual(secret, Arrays.copyOfRange(payload, TYPE_OFFSET + HEAD, length));
        }
        byte[] carried = Arrays.copyOfRange(payload, DIGEST_OFFSET, length);
        return MessageDigest.isEqual(carried, digest(payload, length, key.type(), secret));
    }

    /** Of a {@link #genuine} packet of a {@link #sequenced} type. */
    public static int sequence(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt(SEQUENCE_OFFSET);
    }

    private static int code(Bfd.AuthenticationType type) {
        return switch (type) {
            case SIMPLE_PASSWORD -> 1;
            case KEYED_MD5 -> 2;
            case METICULOUS_KEYED_MD5 -> 3;
            case KEYED_SHA1 -> 4;
            case METICULOUS_KEYED_SHA1 -> 5;
        };
    }

    private static int sectionLength(Bfd.AuthenticationType type, byte[] secret) {
        return sequenced(type) ? DIGEST_OFFSET - ControlPacket.LENGTH + type.maxKey() : HEAD + secret.length;
    }

    /** Over the packet with the key, filled up with zeros, in the place of the digest. */
    private static byte[] digest(byte[] octets, int length, Bfd.AuthenticationType type, byte[] secret) {
        byte[] keyed = Arrays.copyOf(octets, length);
        Arrays.fill(keyed, DIGEST_OFFSET, length, (byte) 0);
        System.arraycopy(secret, 0, keyed, DIGEST_OFFSET, secret.length);
        boolean sha1 =
                type == Bfd.AuthenticationType.KEYED_SHA1 || type == Bfd.AuthenticationType.METICULOUS_KEYED_SHA1;
        try {
            return MessageDigest.getInstance(sha1 ? "SHA-1" : "MD5").digest(keyed);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has MD5 and SHA-1", e);
        }
    }
}
