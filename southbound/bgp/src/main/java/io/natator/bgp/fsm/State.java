package io.natator.bgp.fsm;

import io.natator.model.southbound.NeighborEvent;

/** One state of one connection (RFC 4271, section 8.2.2). Values; {@link Peer} moves between them. */
sealed interface State permits Idle, Connect, Active, OpenSent, OpenConfirm, Established {
    long NEVER = Long.MAX_VALUE;

    /** What comes of {@code event}; the state itself and nothing to do if the event means nothing to it. */
    Step on(Event event, Context context);

    /** When it wants a {@link Event.Tick}, on the clock of {@link Context#now}. */
    long deadline();

    NeighborEvent.State name();

    /** Failures in a row so far. */
    int failures();

    /** A TCP connection is made or being made: there is something to close. */
    default boolean hasConnection() {
        return true;
    }

    /** An OPEN has gone out, so a NOTIFICATION may. */
    default boolean speaks() {
        return false;
    }
}
