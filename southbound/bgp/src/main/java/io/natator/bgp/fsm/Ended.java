package io.natator.bgp.fsm;

import io.natator.bgp.codec.Notification;

/** How a session that was up came to its end. */
public sealed interface Ended {
    /** We said that it is over. */
    record ByUs(Notification notification) implements Ended {}

    /** The neighbour said so. */
    record ByNeighbor(Notification notification) implements Ended {}

    /**
     * We closed the connection without a word.
     *
     * @param reason in words
     */
    record InSilence(String reason) implements Ended {}

    /**
     * The connection was lost, or the neighbour closed it without a word.
     *
     * @param reason in words
     */
    record Lost(String reason) implements Ended {}
}
