package io.natator.model.eval;

import io.natator.model.packet.Packet;
import java.util.List;

/** What becomes of a packet. */
public sealed interface Outcome {
    /** It leaves by a port. */
    record Sent(Packet packet, int port) implements Outcome {}

    /**
     * TRANSPARENT: it leaves several times by a port, once under each outside address of who sent it.
     *
     * @param packets in order of preference; two or more
     */
    record Copied(List<Packet> packets, int port) implements Outcome {
        public Copied {
            packets = List.copyOf(packets);
        }
    }

    /**
     * NORMAL: it is handed to the device's own forwarding.
     *
     * @param from the port at which that learns its sender
     */
    record Normal(Packet packet, int from) implements Outcome {}

    /** Its reply goes back where it came from. */
    record Answered(Packet reply) implements Outcome {}

    /** The controller has to do with it. */
    record Controlled(Packet packet, Cause cause) implements Outcome {}

    /** It ends here. */
    record Dropped(Drop drop) implements Outcome {}

    /** Its port is not configured: none of our business. */
    record NotOurs() implements Outcome {}

    /** What the controller has to do. */
    enum Cause {
        /** Answer or learn from ARP or neighbour discovery. */
        LINK,
        /** A packet to an address of our own: answer an echo request. */
        OWN_ADDRESS,
        /** Tell the sender that the TTL is exceeded (RFC 792; RFC 4443, section 3.3). */
        TTL_EXCEEDED,
        /** Tell the sender that there is no route (RFC 792; RFC 4443, section 3.1). */
        NO_ROUTE,
        /** Resolve an on-link address. */
        UNRESOLVED
    }

    /** Why packets end. */
    enum Drop {
        /** From a SERVICE port, and nobody has sent it there. */
        NOT_SERVED,
        /** No session lets it through, or it claims to come from inside. */
        NO_SESSION,
        /** TRANSPARENT: there is nothing at the other end of the wire. */
        NO_PEER,
        /** ROUTED: the frame is not to the gateway's MAC. */
        NOT_TO_GATEWAY,
        /** ROUTED: translated, it would go to a gateway. */
        TRANSLATED_TO_GATEWAY,
        /** ROUTED: translated, or not to be translated, and there is no route. */
        NO_ROUTE,
        /** ROUTED: the TTL is too small to go on. */
        TTL_EXCEEDED,
        /** ROUTED: the route's next hop is not resolved. */
        NEXT_HOP_UNRESOLVED
    }
}
