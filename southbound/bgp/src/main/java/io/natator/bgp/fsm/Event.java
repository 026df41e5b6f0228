package io.natator.bgp.fsm;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;

/** What happens to a session. Events of a connection carry its number. */
public sealed interface Event {
    /** Time has passed. */
    record Tick() implements Event {}

    /** The connection that we asked for is there. */
    record Connected(int connection) implements Event {}

    /** The neighbour connected to us. */
    record Accepted(int connection) implements Event {}

    /**
     * A connection could not be made, or is gone.
     *
     * @param reason in words
     */
    record Lost(int connection, String reason) implements Event {}

    /** A well-formed message came. */
    record Received(int connection, Message message) implements Event {}

    /**
     * The path to the neighbour is dead (RFC 5880), whatever TCP thinks.
     *
     * @param forwarding what forwards packets there is dead as well, so the neighbour must not keep our routes; else it
     *     may be that only its control plane went away, and ours are good
     * @param reason in words
     */
    record Dead(boolean forwarding, String reason) implements Event {}

    /**
     * BFD in strict mode: while it is not up no connection is made or accepted. What is there stays.
     *
     * @param on false: as usual from now on
     */
    record Hold(boolean on) implements Event {}

    /**
     * Nothing that was sent has left for the send hold time (RFC 9687).
     *
     * @param reason in words
     */
    record Stuck(int connection, String reason) implements Event {}

    /**
     * What came on a session that is up is more than we accept.
     *
     * @param reason in words
     */
    record TooMuch(int connection, Notification notification, String reason) implements Event {}

    /** Bytes came that end the session. */
    record Malformed(int connection, Decoded.Malformed malformed) implements Event {}
}
