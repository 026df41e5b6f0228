package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OPEN (RFC 4271, section 4.2) with capabilities (RFC 5492) and extended parameter lengths (RFC 9072) read. */
final class OpenCodec {
    private static final int VERSION = 4;
    private static final int MIN_HOLD = 3;

    // Offsets in the body.
    private static final int VERSION_OFFSET = 0;
    private static final int AS_OFFSET = 1;
    private static final int HOLD_OFFSET = 3;
    private static final int ROUTER_ID_OFFSET = 5;
    private static final int PARAMETERS_LENGTH_OFFSET = 9;
    private static final int PARAMETERS_OFFSET = 10;

    private static final int CAPABILITIES = 2;
    private static final int EXTENDED = 255;

    private OpenCodec() {}

    static byte[] encode(Open open) {
        ByteBuffer out = Header.start(Header.OPEN);
        out.put((byte) VERSION);
        out.putShort((short) AsNumber.twoOctets(open.as()));
        out.putShort((short) open.holdTime());
        out.putInt(open.routerId());
        int lengthAt = out.position();
        out.put((byte) 0);
        // One parameter a capability: old speakers reject one parameter with several.
        open.capabilities().forEach(capability -> CapabilityCodec.parameter(out, CAPABILITIES, capability));
        out.put(lengthAt, (byte) (out.position() - lengthAt - 1));
        return Header.finish(out);
    }

    static Decoded decode(ByteBuffer body) {
        int version = body.get(VERSION_OFFSET) & 0xff;
        if (version != VERSION) {
            return Decoded.malformed(ErrorCode.UNSUPPORTED_VERSION, "version " + version, (byte) 0, (byte) VERSION);
        }
        List<Capability> capabilities = new ArrayList<>();
        Optional<Decoded> wrong = parameters(body, capabilities);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        long as = body.getShort(AS_OFFSET) & 0xffff;
        for (Capability capability : capabilities) {
            if (capability instanceof Capability.FourOctetAs(long fourOctets)) {
                as = fourOctets;
            }
        }
        int hold = body.getShort(HOLD_OFFSET) & 0xffff;
        int routerId = body.getInt(ROUTER_ID_OFFSET);
        if (as == 0) {
            return Decoded.malformed(ErrorCode.BAD_PEER_AS, "AS 0");
        }
        if (hold != 0 && hold < MIN_HOLD) {
            return Decoded.malformed(ErrorCode.UNACCEPTABLE_HOLD_TIME, "hold time of " + hold + " s");
        }
        if (routerId == 0) {
            return Decoded.malformed(ErrorCode.BAD_IDENTIFIER, "BGP identifier 0.0.0.0");
        }
        return new Decoded.Ok(new Open(as, hold, routerId, capabilities));
    }

    private static Optional<Decoded> parameters(ByteBuffer body, List<Capability> capabilities) {
        int length = body.get(PARAMETERS_LENGTH_OFFSET) & 0xff;
        ByteBuffer in = body.duplicate().position(PARAMETERS_OFFSET);
        boolean extended = length != 0 && in.remaining() >= 3 && (in.get(PARAMETERS_OFFSET) & 0xff) == EXTENDED;
        if (extended) {
            in.get();
            length = in.getShort() & 0xffff;
        }
        if (length != in.remaining()) {
            return unspecific("optional parameters of " + length + " octets in " + in.remaining());
        }
        int head = extended ? 3 : 2;
        while (in.hasRemaining()) {
            if (in.remaining() < head) {
                return unspecific("an optional parameter is cut short");
            }
            int type = in.get() & 0xff;
            int size = extended ? in.getShort() & 0xffff : in.get() & 0xff;
            if (size > in.remaining()) {
                return unspecific("an optional parameter is cut short");
            }
            if (type != CAPABILITIES) {
                return Optional.of(
                        Decoded.malformed(ErrorCode.UNSUPPORTED_OPTIONAL_PARAMETER, "optional parameter " + type));
            }
            if (!CapabilityCodec.read(in.slice(in.position(), size), capabilities)) {
                return unspecific("a capability is malformed");
            }
            in.position(in.position() + size);
        }
        return Optional.empty();
    }

    private static Optional<Decoded> unspecific(String reason) {
        return Optional.of(Decoded.malformed(ErrorCode.OPEN_UNSPECIFIC, reason));
    }
}
