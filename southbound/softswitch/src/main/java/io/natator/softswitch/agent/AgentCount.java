package io.natator.softswitch.agent;

import java.util.Locale;

/** Everything that the agent drops, refuses or sees go wrong has a name, and is counted where that is decided. */
public enum AgentCount {
    CONNECTIONS,
    CONNECTIONS_FAILED,
    CONNECTIONS_TURNED_AWAY_LIMIT,
    CONNECTIONS_VERSION_MISMATCH,
    CONNECTIONS_BROKEN_FRAMING,
    CONNECTIONS_SILENT,
    CONNECTIONS_IO_ERROR,
    MESSAGES_IN,
    MESSAGES_REFUSED,
    MESSAGES_WRONG_VERSION,
    CHANGES,
    CHANGES_REFUSED,
    BUNDLES_COMMITTED,
    BUNDLES_FAILED,
    SHARE_SETS,
    SESSION_REQUESTS,
    BARRIERS,
    DATAPATH_BUSY,
    PACKET_INS,
    PACKET_INS_DROPPED_BACKLOG,
    PACKET_INS_DROPPED_CONTROLLER_SLOW,
    PACKET_INS_NOT_WANTED,
    EVENTS_DROPPED_BACKLOG,
    FLOW_REMOVED,
    PORT_STATUS;

    /** As metrics name it: {@code packet_ins_dropped_backlog}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
