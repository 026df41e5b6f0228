package io.natator.bgp;

import io.natator.bgp.codec.Notification;
import io.natator.bgp.fsm.Ended;
import java.net.InetSocketAddress;

/**
 * Sees what sessions do, octet by octet (for RFC 7854). Called on the event loop, in order for each neighbour; must
 * neither block nor keep an array that it changes. One that throws is counted and called again.
 */
public interface SessionObserver {
    /**
     * A session that is up. The OPENs are whole messages, as they were on the wire.
     *
     * @param neighbor id
     * @param peerAs the neighbour's AS number, 1 to 4294967295
     * @param routerId the neighbour's BGP identifier
     * @param fourOctetAs AS numbers in its UPDATEs have four octets
     */
    record Opened(
            String neighbor,
            InetSocketAddress local,
            InetSocketAddress remote,
            long peerAs,
            int routerId,
            boolean fourOctetAs,
            byte[] sentOpen,
            byte[] receivedOpen) {}

    /** A session is up; also called for those that were when the observer came. */
    void up(Opened session);

    /**
     * A session that was up is not any more.
     *
     * @param ended who ended it, with the {@link Notification} where there was one
     */
    void down(String neighbor, Ended ended);

    /** A whole UPDATE that the neighbour sent, before anything was made of it. */
    void received(String neighbor, byte[] update);

    /**
     * A whole UPDATE that is handed to the connection. To an observer that comes later those that would make a new
     * neighbour hold what this one holds are sent again.
     */
    void sent(String neighbor, byte[] update);
}
