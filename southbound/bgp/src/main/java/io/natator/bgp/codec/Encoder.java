package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Messages to bytes, except UPDATE, which {@link UpdateBuilder} packs. */
public final class Encoder {
    private Encoder() {}

    /**
     * The whole message, header included.
     *
     * @throws IllegalArgumentException on an UPDATE
     */
    public static byte[] encode(Message message) {
        return switch (message) {
            case Open open -> OpenCodec.encode(open);
            case Notification notification -> notification(notification);
            case Keepalive() -> Header.finish(Header.start(Header.KEEPALIVE));
            case RouteRefresh(int afi, int subtype, int safi) ->
                Header.finish(Header.start(Header.ROUTE_REFRESH)
                        .putShort((short) afi)
                        .put((byte) subtype)
                        .put((byte) safi));
            case Update update -> throw new IllegalArgumentException("UPDATE is packed by UpdateBuilder: " + update);
        };
    }

    private static byte[] notification(Notification notification) {
        ByteBuffer out = Header.start(Header.NOTIFICATION);
        out.put((byte) notification.code()).put((byte) notification.subcode());
        byte[] data = notification.data();
        return Header.finish(out.put(Arrays.copyOf(data, Math.min(data.length, out.remaining()))));
    }
}
