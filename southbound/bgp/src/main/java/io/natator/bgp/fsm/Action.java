package io.natator.bgp.fsm;

import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Update;
import io.natator.model.southbound.NeighborEvent;

/** What the machine wants done, in order. */
public sealed interface Action {
    /** Connect to the neighbour, as connection number {@code connection}. */
    record Dial(int connection) implements Action {}

    record Send(int connection, Message message) implements Action {}

    /** Close after what was sent has left. Nothing more is heard of this connection. */
    record Close(int connection) implements Action {}

    /** The session is up on {@code connection}: routes may be told. */
    record Up(int connection, Negotiated negotiated) implements Action {}

    /** The session that was up is not any more. */
    record Down(Ended ended) implements Action {}

    record Deliver(int connection, Update update) implements Action {}

    /** The neighbour wants all routes of a family again. */
    record Refresh(Family family) implements Action {}

    /** The state that the neighbour is in as a whole has changed, or there is a new reason. */
    record Report(NeighborEvent.State state, String reason) implements Action {}
}
