package io.natator.softswitch.agent.codec;

import io.netty.buffer.ByteBuf;

/** Writes what the switch says of itself and of a connection (sections 7.3.1, 7.3.2, 7.3.5.1, 7.3.9, 7.3.10). */
public final class SwitchReplies {
    private static final int CAPABILITIES =
            1 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 6; // FLOW, TABLE, PORT, GROUP, QUEUE_STATS
    private static final int LONG_TEXT = 256;
    private static final int SHORT_TEXT = 32;

    /**
     * OFPMP_DESC.
     *
     * @param datapath for people
     */
    public record Description(String manufacturer, String hardware, String software, String serial, String datapath) {}

    private SwitchReplies() {}

    public static void features(ByteBuf out, int xid, long datapathId, int tables) {
        int start = Message.begin(out, MessageType.FEATURES_REPLY, xid);
        out.writeLong(datapathId).writeInt(0).writeByte(tables).writeByte(0).writeShort(0);
        out.writeInt(CAPABILITIES).writeInt(0);
        Message.end(out, start);
    }

    public static void config(ByteBuf out, int xid, int missSendLength) {
        int start = Message.begin(out, MessageType.GET_CONFIG_REPLY, xid);
        out.writeShort(0).writeShort(missSendLength);
        Message.end(out, start);
    }

    public static void description(ByteBuf out, int xid, Description d) {
        Parts parts = new Parts(out, xid, MessageType.MP_DESC);
        ByteBuf b = parts.entry();
        EventEncoder.name(b, d.manufacturer(), LONG_TEXT);
        EventEncoder.name(b, d.hardware(), LONG_TEXT);
        EventEncoder.name(b, d.software(), LONG_TEXT);
        EventEncoder.name(b, d.serial(), SHORT_TEXT);
        EventEncoder.name(b, d.datapath(), LONG_TEXT);
        parts.end(false);
    }

    public static void role(ByteBuf out, int xid, int role, long generation) {
        int start = Message.begin(out, MessageType.ROLE_REPLY, xid);
        out.writeInt(role).writeInt(0).writeLong(generation);
        Message.end(out, start);
    }

    /** @param masks packet-in, port-status and flow-removed, each for master and equal, then for slave */
    public static void async(ByteBuf out, int xid, int[] masks) {
        int start = Message.begin(out, MessageType.GET_ASYNC_REPLY, xid);
        for (int mask : masks) {
            out.writeInt(mask);
        }
        Message.end(out, start);
    }

    /** OFPT_QUEUE_GET_CONFIG_REPLY: no queues. */
    public static void queues(ByteBuf out, int xid, int port) {
        int start = Message.begin(out, MessageType.QUEUE_GET_CONFIG_REPLY, xid);
        out.writeInt(port).writeInt(0);
        Message.end(out, start);
    }

    /** Bundle control of ONF extension 230. */
    public static void bundle(ByteBuf out, int xid, int bundle, int type, int flags) {
        int start = Message.begin(out, MessageType.EXPERIMENTER, xid);
        out.writeInt(Bundle.ONF)
                .writeInt(Bundle.CONTROL)
                .writeInt(bundle)
                .writeShort(type)
                .writeShort(flags);
        Message.end(out, start);
    }
}
