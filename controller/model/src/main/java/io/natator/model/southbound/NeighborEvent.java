package io.natator.model.southbound;

import java.util.List;

/** What BGP neighbours tell the controller. */
public sealed interface NeighborEvent {
    /** {@code neighbors/{id}} without the collection. */
    String neighbor();

    /** States of RFC 4271, section 8.2.2. */
    enum State {
        IDLE,
        CONNECT,
        ACTIVE,
        OPEN_SENT,
        OPEN_CONFIRM,
        ESTABLISHED
    }

    /**
     * @param reason in words, when a session ended or could not be made, or, once established, which routes it does not
     *     carry and why; else empty
     * @param families negotiated ({@code "ipv4-unicast"}), once established
     */
    record StateChanged(String neighbor, State state, String reason, List<String> families) implements NeighborEvent {}

    /** Prefixes handed to the kernel in this session and prefixes heard, whenever either changes. */
    record Routes(String neighbor, long sent, long received) implements NeighborEvent {}
}
