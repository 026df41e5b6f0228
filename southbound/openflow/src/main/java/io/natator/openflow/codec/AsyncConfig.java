package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/**
 * Which asynchronous messages a connection wants (section 7.3.10): in any role, all port and flow-removed messages, and
 * packets that rules send on purpose. Not wanted: packets whose TTL ran out after they were rewritten (an answer must
 * quote the packet as it came in, so rules send those up before they are rewritten).
 */
public final class AsyncConfig {
    private static final int NO_MATCH = 1;
    private static final int ACTION = 1 << 1;
    private static final int ACTION_SET_GROUP_PACKET_OUT = 1 << 3 | 1 << 4 | 1 << 5; // OpenFlow 1.4
    private static final int PORT_ADD_DELETE_MODIFY = 7;
    private static final int FLOW_REMOVED_ALL = 0x3F;

    private AsyncConfig() {}

    /** Writes OFPT_SET_ASYNC. */
    public static void write(ByteBuf out, int version, int xid) {
        int start = Header.begin(out, version, Wire.SET_ASYNC, xid);
        if (version == Wire.VERSION_13) {
            both(out, NO_MATCH | ACTION);
            both(out, PORT_ADD_DELETE_MODIFY);
            both(out, 0xF);
        } else {
            // ofp_async_config_prop_type: even for slave, odd for master
            int packetIn = NO_MATCH | ACTION | ACTION_SET_GROUP_PACKET_OUT;
            property(out, 0, 0);
            property(out, 1, packetIn);
            property(out, 2, PORT_ADD_DELETE_MODIFY);
            property(out, 3, PORT_ADD_DELETE_MODIFY);
            property(out, 4, 0);
            property(out, 5, FLOW_REMOVED_ALL);
        }
        Header.end(out, start);
    }

    private static void both(ByteBuf out, int mask) {
        out.writeInt(mask).writeInt(0);
    }

    private static void property(ByteBuf out, int type, int mask) {
        out.writeShort(type).writeShort(8).writeInt(mask);
    }
}
