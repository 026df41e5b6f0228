package io.natator.bgp.bfd.codec;

import java.nio.ByteBuffer;

/**
 * The mandatory section of a BFD control packet (RFC 5880, section 4.1). Intervals are microseconds, unsigned 32 bits.
 *
 * @param diagnostic 0 to 31
 * @param controlPlaneIndependent the sender's BFD does not share the fate of its control plane
 * @param demand the sender wants no periodic packets while the session is up
 * @param detectMultiplier 1 to 255
 * @param myDiscriminator not 0
 * @param yourDiscriminator 0 if the sender knows none
 * @param requiredMinRx 0 if the sender wants no periodic packets at all
 */
public record ControlPacket(
        int diagnostic,
        BfdState state,
        boolean poll,
        boolean finalBit,
        boolean controlPlaneIndependent,
        boolean demand,
        int detectMultiplier,
        int myDiscriminator,
        int yourDiscriminator,
        long desiredMinTx,
        long requiredMinRx,
        long requiredMinEchoRx) {
    static final int LENGTH = 24;
    static final int LENGTH_OFFSET = 3;

    static final int POLL = 0x20;
    static final int FINAL = 0x10;
    static final int INDEPENDENT = 0x08;
    static final int AUTHENTICATED = 0x04;
    static final int DEMAND = 0x02;
    static final int MULTIPOINT = 0x01;

    private static final int VERSION = 1;
    private static final int VERSION_SHIFT = 5;
    private static final int STATE_SHIFT = 6;

    /** Without an authentication section. */
    public byte[] encode() {
        return encode(0);
    }

    /** With room for an authentication section of so many octets at its end. */
    byte[] encode(int authentication) {
        int flags = (poll ? POLL : 0)
                | (finalBit ? FINAL : 0)
                | (controlPlaneIndependent ? INDEPENDENT : 0)
                | (authentication > 0 ? AUTHENTICATED : 0)
                | (demand ? DEMAND : 0);
        byte[] octets = new byte[LENGTH + authentication];
        ByteBuffer.wrap(octets)
                .put((byte) (VERSION << VERSION_SHIFT | diagnostic))
                .put((byte) (state.code() << STATE_SHIFT | flags))
                .put((byte) detectMultiplier)
                .put((byte) (LENGTH + authentication))
                .putInt(myDiscriminator)
                .putInt(yourDiscriminator)
                .putInt((int) desiredMinTx)
                .putInt((int) requiredMinRx)
                .putInt((int) requiredMinEchoRx);
        return octets;
    }

    /** The checks of RFC 5880, section 6.8.6, as far as they need no session, in its order. */
    public static Parsed parse(byte[] payload) {
        if (payload.length < LENGTH) {
            return new Parsed.Malformed("has " + payload.length + " octets");
        }
        ByteBuffer in = ByteBuffer.wrap(payload);
        int first = in.get() & 0xff;
        int second = in.get() & 0xff;
        int multiplier = in.get() & 0xff;
        int length = in.get() & 0xff;
        boolean authenticated = (second & AUTHENTICATED) != 0;
        ControlPacket packet = new ControlPacket(
                first & 0x1f,
                BfdState.of(second >> STATE_SHIFT),
                (second & POLL) != 0,
                (second & FINAL) != 0,
                (second & INDEPENDENT) != 0,
                (second & DEMAND) != 0,
                multiplier,
                in.getInt(),
                in.getInt(),
                in.getInt() & 0xffffffffL,
                in.getInt() & 0xffffffffL,
                in.getInt() & 0xffffffffL);
        String problem = packet.problem(first >> VERSION_SHIFT, second, length, payload.length);
        return problem.isEmpty() ? new Parsed.Ok(packet, authenticated, length) : new Parsed.Malformed(problem);
    }

    private String problem(int version, int flags, int length, int octets) {
        if (version != VERSION) {
            return "is of version " + version;
        }
        if (length < ((flags & AUTHENTICATED) == 0 ? LENGTH : LENGTH + 2)) {
            return "says that it has " + length + " octets";
        }
        if (length > octets) {
            return "has " + octets + " of " + length + " octets";
        }
        if (detectMultiplier == 0) {
            return "has no detection multiplier";
        }
        if ((flags & MULTIPOINT) != 0) {
            return "is multipoint";
        }
        if (myDiscriminator == 0) {
            return "has no discriminator";
        }
        if (yourDiscriminator == 0 && state != BfdState.DOWN && state != BfdState.ADMIN_DOWN) {
            return "is of no session and yet " + state;
        }
        return "";
    }
}
