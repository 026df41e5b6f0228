package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The 19 octets before every message (RFC 4271, section 4.1): marker, length, type. */
public final class Header {
    /** Octets of the header, and the least a message can have. */
    public static final int LENGTH = 19;
    /** The most a message can have without RFC 8654. */
    public static final int MAX_MESSAGE = 4096;
    /** The most with it; OPEN and KEEPALIVE stay within {@link #MAX_MESSAGE}. */
    public static final int MAX_EXTENDED = 65535;

    static final int MARKER_LENGTH = 16;
    static final int LENGTH_OFFSET = 16;
    static final int TYPE_OFFSET = 18;

    static final int OPEN = 1;
    static final int UPDATE = 2;
    static final int NOTIFICATION = 3;
    static final int KEEPALIVE = 4;
    static final int ROUTE_REFRESH = 5;

    private static final int MIN_OPEN = 29;
    private static final int MIN_UPDATE = 23;
    private static final int MIN_NOTIFICATION = 21;

    private Header() {}

    /** True of a whole UPDATE, by its header. */
    public static boolean isUpdate(byte[] message) {
        return message[TYPE_OFFSET] == UPDATE;
    }

    /** Length of the message whose header starts {@code octets}, as written there: 0 to 65535. */
    public static int length(byte[] octets) {
        return ((octets[LENGTH_OFFSET] & 0xff) << 8) | (octets[LENGTH_OFFSET + 1] & 0xff);
    }

    /**
     * What is wrong with a header (RFC 4271, section 6.1), before the rest of the message has come.
     *
     * @param octets at least {@link #LENGTH} octets
     */
    public static Optional<Decoded.Malformed> check(byte[] octets, UpdateContext context) {
        for (int i = 0; i < MARKER_LENGTH; i++) {
            if (octets[i] != (byte) 0xff) {
                return bad(ErrorCode.NOT_SYNCHRONIZED, "the marker is not all ones");
            }
        }
        int length = length(octets);
        int type = octets[TYPE_OFFSET] & 0xff;
        if (length < LENGTH || length > (type == OPEN ? MAX_MESSAGE : context.maxMessage())) {
            return badLength(octets, "message of " + length + " octets");
        }
        boolean possible = switch (type) {
            case OPEN -> length >= MIN_OPEN;
            case UPDATE -> length >= MIN_UPDATE;
            case NOTIFICATION -> length >= MIN_NOTIFICATION;
            case KEEPALIVE -> length == LENGTH;
            default -> true;
        };
        if (!possible) {
            return badLength(octets, "message type " + type + " of " + length + " octets");
        }
        if (type < OPEN || type > ROUTE_REFRESH) {
            return bad(ErrorCode.BAD_MESSAGE_TYPE, "message type " + type, octets[TYPE_OFFSET]);
        }
        return Optional.empty();
    }

    private static Optional<Decoded.Malformed> badLength(byte[] octets, String reason) {
        return bad(ErrorCode.BAD_MESSAGE_LENGTH, reason, octets[LENGTH_OFFSET], octets[LENGTH_OFFSET + 1]);
    }

    private static Optional<Decoded.Malformed> bad(ErrorCode error, String reason, byte... data) {
        return Optional.of(new Decoded.Malformed(Notification.of(error, data), reason));
    }

    /** Starts a message; {@link #finish} writes its length. */
    static ByteBuffer start(int type) {
        return start(type, MAX_MESSAGE);
    }

    static ByteBuffer start(int type, int max) {
        ByteBuffer out = ByteBuffer.allocate(max);
        for (int i = 0; i < MARKER_LENGTH; i++) {
            out.put((byte) 0xff);
        }
        return out.putShort((short) 0).put((byte) type);
    }

    static byte[] finish(ByteBuffer out) {
        byte[] message = new byte[out.position()];
        out.putShort(LENGTH_OFFSET, (short) message.length).flip().get(message);
        return message;
    }
}
