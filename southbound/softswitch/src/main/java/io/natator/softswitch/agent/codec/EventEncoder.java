package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Reply;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes asynchronous messages (section 7.4), and ports as they and multiparts have them. */
public final class EventEncoder {
    private static final int NO_BUFFER = -1;
    private static final int OXM = 1;
    private static final long NANOS = 1_000_000_000L;
    private static final int NAME = 16;
    private static final int STATE_LINK_DOWN = 1;
    private static final int STATE_LIVE = 4;
    private static final Field[] PIPELINE = {Field.IN_PORT, Field.IN_PHY_PORT, Field.METADATA, Field.TUNNEL_ID};

    private EventEncoder() {}

    /** OFPT_PACKET_IN with at most {@code maxData} octets of the frame. */
    public static void packetIn(ByteBuf out, Event.PacketIn in, int maxData) {
        int start = Message.begin(out, MessageType.PACKET_IN, 0);
        out.writeInt(NO_BUFFER).writeShort(Math.min(in.totalLength(), 0xFFFF));
        out.writeByte(reason(in.reason())).writeByte(in.table()).writeLong(in.cookie());
        int match = out.writerIndex();
        out.writeShort(OXM).writeShort(0);
        for (Field field : PIPELINE) {
            long value = Key.get(in.key(), field);
            if (value != 0) {
                out.writeInt(Oxm.header(field));
                MatchEncoder.number(out, value, Oxm.octets(field));
            }
        }
        int length = out.writerIndex() - match;
        out.setShort(match + 2, length).writeZero((-length & 7) + 2);
        // a message ends at 65,535 octets; what is left out, the total length tells
        int room = 0xFFFF - (out.writerIndex() - start);
        out.writeBytes(in.data(), 0, Math.min(in.data().length, Math.min(maxData, room)));
        Message.end(out, start);
    }

    /** OFPR_*. */
    public static int reason(Event.PacketInReason reason) {
        return switch (reason) {
            case NO_MATCH -> 0;
            case ACTION -> 1;
            case INVALID_TTL -> 2;
        };
    }

    /** OFPT_FLOW_REMOVED. */
    public static void flowRemoved(ByteBuf out, Event.FlowRemoved removed) {
        Reply.Flow flow = removed.flow();
        int start = Message.begin(out, MessageType.FLOW_REMOVED, 0);
        out.writeLong(flow.cookie())
                .writeShort(flow.priority())
                .writeByte(reason(removed.reason()))
                .writeByte(flow.table());
        duration(out, flow.ageNanos());
        out.writeShort(flow.idleTimeout()).writeShort(flow.hardTimeout());
        out.writeLong(flow.packets()).writeLong(flow.bytes());
        MatchEncoder.write(out, flow.match());
        Message.end(out, start);
    }

    /** OFPRR_*. */
    public static int reason(Event.RemovedReason reason) {
        return switch (reason) {
            case IDLE_TIMEOUT -> 0;
            case HARD_TIMEOUT -> 1;
            case DELETE -> 2;
            case GROUP_DELETE -> 3;
        };
    }

    /** OFPT_PORT_STATUS. */
    public static void portStatus(ByteBuf out, Event.PortStatus status) {
        int start = Message.begin(out, MessageType.PORT_STATUS, 0);
        out.writeByte(reason(status.reason())).writeZero(7);
        port(out, status.port());
        Message.end(out, start);
    }

    /** OFPPR_*. */
    public static int reason(Event.PortReason reason) {
        return switch (reason) {
            case ADD -> 0;
            case DELETE -> 1;
            case MODIFY -> 2;
        };
    }

    /** ofp_port (section 7.2.1). Linux tells a speed only; features stay unsaid. */
    static void port(ByteBuf out, Event.PortDescription port) {
        out.writeInt(port.port()).writeInt(0);
        MatchEncoder.number(out, port.mac(), 6);
        out.writeShort(0);
        name(out, port.name(), NAME);
        out.writeInt(port.config()).writeInt(port.linkUp() ? STATE_LIVE : STATE_LINK_DOWN);
        out.writeZero(16);
        out.writeInt(port.speedKbit()).writeInt(port.speedKbit());
    }

    /** A name in a field of {@code octets}, the last of which stays 0. */
    static void name(ByteBuf out, String name, int octets) {
        byte[] text = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), octets);
        text[octets - 1] = 0;
        out.writeBytes(text);
    }

    /** Seconds and nanoseconds. */
    static void duration(ByteBuf out, long nanos) {
        out.writeInt((int) (nanos / NANOS)).writeInt((int) (nanos % NANOS));
    }
}
