package io.natator.softswitch.agent;

import io.natator.packet.Bytes;
import io.natator.softswitch.agent.codec.EventEncoder;
import io.natator.softswitch.flow.Event;

/** Which events a connection wants, as master or equal and as slave (section 7.3.10). Immutable. */
final class AsyncMasks {
    /** What a new connection gets: a slave hears of ports only (section 6.3.5). */
    static final AsyncMasks DEFAULT = new AsyncMasks(new int[] {3, 0, 7, 7, 0xF, 0});

    private static final int PACKET_IN = 0;
    private static final int PORT_STATUS = 2;
    private static final int FLOW_REMOVED = 4;
    private static final int COUNT = 6;

    private final int[] masks;

    private AsyncMasks(int[] masks) {
        this.masks = masks;
    }

    /** Octets of the body of OFPT_SET_ASYNC. */
    static final int SIZE = 4 * COUNT;

    /** Reads {@link #SIZE} octets. */
    static AsyncMasks read(byte[] b, int at) {
        int[] masks = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            masks[i] = Bytes.i32(b, at + 4 * i);
        }
        return new AsyncMasks(masks);
    }

    /** As the wire has them. */
    int[] words() {
        return masks.clone();
    }

    boolean wants(Event event, boolean slave) {
        return switch (event) {
            case Event.PacketIn in -> wants(PACKET_IN, EventEncoder.reason(in.reason()), slave);
            case Event.PortStatus status -> wants(PORT_STATUS, EventEncoder.reason(status.reason()), slave);
            case Event.FlowRemoved removed -> wants(FLOW_REMOVED, EventEncoder.reason(removed.reason()), slave);
        };
    }

    private boolean wants(int event, int reason, boolean slave) {
        return (masks[event + (slave ? 1 : 0)] & (1 << reason)) != 0;
    }
}
