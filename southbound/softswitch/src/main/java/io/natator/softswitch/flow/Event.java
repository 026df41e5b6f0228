package io.natator.softswitch.flow;

/** What the datapath thread tells unasked. */
public sealed interface Event {
    /** OFPR_*. */
    enum PacketInReason {
        NO_MATCH,
        ACTION,
        INVALID_TTL
    }

    /**
     * @param totalLength octets of the frame, of which {@code data} may hold only the first
     * @param key a copy of the packet's key, for in_port, metadata and tunnel
     */
    record PacketIn(PacketInReason reason, int table, long cookie, int totalLength, long[] key, byte[] data)
            implements Event {}

    /** OFPRR_*. */
    enum RemovedReason {
        IDLE_TIMEOUT,
        HARD_TIMEOUT,
        DELETE,
        GROUP_DELETE
    }

    record FlowRemoved(RemovedReason reason, Reply.Flow flow) implements Event {}

    /** OFPPR_*. */
    enum PortReason {
        ADD,
        DELETE,
        MODIFY
    }

    record PortStatus(PortReason reason, PortDescription port) implements Event {}

    /**
     * @param mac 48 bits
     * @param config OFPPC_*
     * @param linkUp carrier
     * @param speedKbit 0 if not known
     */
    record PortDescription(int port, String name, long mac, int mtu, int config, boolean linkUp, int speedKbit) {}
}
