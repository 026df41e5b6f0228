package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes to messages. Any bytes give a {@link Decoded}; none give an exception. */
public final class Decoder {
    private static final int REFRESH_LENGTH = Header.LENGTH + 4;

    private Decoder() {}

    /**
     * Decodes one message.
     *
     * @param message header included, cut out by its length
     */
    public static Decoded decode(byte[] message, UpdateContext context) {
        if (message.length < Header.LENGTH) {
            return Decoded.malformed(ErrorCode.BAD_MESSAGE_LENGTH, "only " + message.length + " octets");
        }
        Optional<Decoded.Malformed> wrong = Header.check(message, context);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (Header.length(message) != message.length) {
            return Decoded.malformed(
                    ErrorCode.BAD_MESSAGE_LENGTH,
                    "length " + Header.length(message) + " in " + message.length + " octets",
                    message[Header.LENGTH_OFFSET],
                    message[Header.LENGTH_OFFSET + 1]);
        }
        ByteBuffer body = ByteBuffer.wrap(message, Header.LENGTH, message.length - Header.LENGTH)
                .slice();
        return switch (message[Header.TYPE_OFFSET]) {
            case Header.OPEN -> OpenCodec.decode(body);
            case Header.UPDATE -> new UpdateDecoder(body, context).decode();
            case Header.NOTIFICATION -> notification(body);
            case Header.KEEPALIVE -> new Decoded.Ok(new Keepalive());
            default -> routeRefresh(body, message);
        };
    }

    private static Decoded notification(ByteBuffer body) {
        int code = body.get() & 0xff;
        int subcode = body.get() & 0xff;
        byte[] data = new byte[body.remaining()];
        body.get(data);
        return new Decoded.Ok(new Notification(code, subcode, data));
    }

    private static Decoded routeRefresh(ByteBuffer body, byte[] message) {
        if (message.length != REFRESH_LENGTH) {
            // RFC 7313, section 5: the data field is the whole message.
            return Decoded.malformed(
                    ErrorCode.ROUTE_REFRESH_LENGTH, "ROUTE-REFRESH of " + message.length + " octets", message.clone());
        }
        int afi = body.getShort() & 0xffff;
        int subtype = body.get() & 0xff;
        return new Decoded.Ok(new RouteRefresh(afi, subtype, body.get() & 0xff));
    }
}
