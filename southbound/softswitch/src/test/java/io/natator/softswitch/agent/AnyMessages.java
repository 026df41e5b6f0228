package io.natator.softswitch.agent;

import io.natator.openflow.codec.Framing;
import io.natator.openflow.codec.Wire;
import io.natator.softswitch.agent.codec.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any octets from a controller: as a stream, as bodies of well-framed messages, and inside bundles. Never an exception. */
public final class AnyMessages {
    private static final int LONGEST = 60_000;
    private static final int ONF = 0x4F4E4600;
    private static final int BUNDLE_ADD = 2301;

    private AnyMessages() {}

    /** Feeds a session with what {@code octets} make. */
    public static void survive(byte[] octets) {
        Rig rig = new Rig();
        Rig.Controller c = rig.connect();
        ByteBuf stream = Unpooled.wrappedBuffer(octets);
        for (int length = Framing.next(stream); length > 0; length = Framing.next(stream)) {
            c.send(stream.readSlice(length));
        }
        if (octets.length > 0) {
            int length = Math.min(octets.length - 1, LONGEST);
            c.send(message(octets[0] & 31, Unpooled.wrappedBuffer(octets, 1, length)));
            c.send(message(MessageType.FLOW_MOD, Unpooled.wrappedBuffer(octets, 1, length)));
            ByteBuf ours = Unpooled.buffer().writeInt(Wire.NATATOR).writeInt(1);
            c.send(message(MessageType.EXPERIMENTER, ours.writeBytes(octets, 1, length)));
            ByteBuf asks =
                    Unpooled.buffer().writeInt(Wire.MP_EXPERIMENTER << 16).writeInt(0);
            asks.writeInt(Wire.NATATOR).writeInt(octets[0] & 7).writeBytes(octets, 1, length);
            c.send(message(MessageType.MULTIPART_REQUEST, asks));
            ByteBuf inner = message(octets[0] & 31, Unpooled.wrappedBuffer(octets, 1, length));
            ByteBuf add = Unpooled.buffer()
                    .writeInt(ONF)
                    .writeInt(BUNDLE_ADD)
                    .writeInt(1)
                    .writeShort(0)
                    .writeShort(3);
            c.send(message(MessageType.EXPERIMENTER, add.writeBytes(inner)));
        }
        var _ = c.receiveOctets();
    }

    private static ByteBuf message(int type, ByteBuf body) {
        return Unpooled.buffer()
                .writeByte(4)
                .writeByte(type)
                .writeShort(8 + body.readableBytes())
                .writeInt(1)
                .writeBytes(body);
    }
}
