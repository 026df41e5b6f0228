package io.natator.softswitch.session;

/**
 * Told of sessions as they come and go, by the datapath's thread, which waits for it: implementations must not block, and
 * must copy what they keep. Ports are 0 to 65535, or ICMP query identifiers; addresses are IPv4, times nanoseconds of the
 * datapath's clock. Inside hosts are two halves of an address, of which the upper one is 0 of IPv4 and never of IPv6. Shares are
 * {@code Share.id}.
 */
public interface SessionLog {
    /** For those who need no log. */
    SessionLog NONE = new SessionLog() {};

    /** @param protocol IP protocol; 0 of a DYNAMIC binding, whose ports are 0 and whose remote is its outside address */
    default void created(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            int remote,
            int remotePort,
            long now) {}

    /**
     * @param since when it was created
     * @param packets both directions
     * @param bytes both directions, of whole frames
     */
    default void ended(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            int remote,
            int remotePort,
            long since,
            long now,
            long packets,
            long bytes,
            End why) {}

    /** An outside port, or an address for one protocol, is a host's: the first session of its mapping was made, after {@code created}. */
    default void mapped(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            long now) {}

    /** It is not in use any more: the last session of its mapping ended, after {@code ended}. */
    default void unmapped(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            long now,
            End why) {}

    /** Ports {@code firstPort} to {@code lastPort} of all protocols are the host's from now on (RFC 6888, REQ-14). */
    default void blockTaken(
            int share, long insideHigh, long inside, int outside, int firstPort, int lastPort, long now) {}

    default void blockFreed(
            int share, long insideHigh, long inside, int outside, int firstPort, int lastPort, long now, End why) {}

    /** A packet from inside got no session since a limit was reached or a pool was empty. May come for every packet. */
    default void refused(
            int share, int protocol, long insideHigh, long inside, int remote, int remotePort, Refusal why, long now) {}
}
