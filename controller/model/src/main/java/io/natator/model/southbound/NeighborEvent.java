package io.natator.model.southbound;

import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

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

    /** States of RFC 5880, section 4.1. */
    enum BfdState {
        ADMIN_DOWN,
        DOWN,
        INIT,
        UP
    }

    /**
     * A neighbour of a group called and is followed from now on; comes before anything else about it.
     *
     * @param group id
     */
    record Appeared(String neighbor, String group, IpAddress address) implements NeighborEvent {}

    /** A neighbour that appeared is followed no more. */
    record Vanished(String neighbor) implements NeighborEvent {}

    /**
     * @param reason in words, when a session ended or could not be made, or, once established, which routes it does not
     *     carry and why; else empty
     * @param families negotiated ({@code "ipv4-unicast"}), once established
     * @param capabilities what else was negotiated, in words, once established: {@code "graceful-restart 120 s"},
     *     {@code "add-path ipv4-unicast"}, {@code "extended-messages"}
     */
    record StateChanged(String neighbor, State state, String reason, List<String> families, List<String> capabilities)
            implements NeighborEvent {
        public StateChanged {
            families = List.copyOf(families);
            capabilities = List.copyOf(capabilities);
        }

        /** With nothing but families negotiated. */
        public StateChanged(String neighbor, State state, String reason, List<String> families) {
            this(neighbor, state, reason, families, List.of());
        }
    }

    /**
     * Prefixes, whenever a number changes, though not more often than a few times a second.
     *
     * @param sent handed to the kernel in this session, and not withdrawn since
     * @param received heard, and not withdrawn since
     * @param heldBack announcements for this neighbour that it is not told: no such family negotiated, next hop of the
     *     wrong family, the ceiling, no room in an UPDATE
     * @param filtered announcements that its export policy keeps from it
     * @param reflected of those received, how many are prefixes that we announce: somebody took them
     * @param endOfRib whether the neighbour said that it has sent all it has (RFC 4724, section 2)
     * @param complete the last {@code generation} of {@link Speakers#announce} or {@link Speakers#change} of which all
     *     that is told to this neighbour was handed to the kernel in this session; 0: none
     */
    record Routes(
            String neighbor,
            long sent,
            long received,
            long heldBack,
            long filtered,
            long reflected,
            boolean endOfRib,
            long complete)
            implements NeighborEvent {
        /** With nothing held back. */
        public Routes(String neighbor, long sent, long received, long complete) {
            this(neighbor, sent, received, 0, 0, 0, false, complete);
        }
    }

    /**
     * Which announcements are held back or filtered, whenever that changes; the complete set.
     *
     * @param unsent at most {@link #MOST_UNSENT}, in the order of the announcements
     */
    record Unsent(String neighbor, List<Reason> unsent) implements NeighborEvent {
        /** Enough for {@link Routes} to be explained. */
        public static final int MOST_UNSENT = 1_000;

        /** One announcement, and why it is not sent, in words. */
        public record Reason(IpPrefix prefix, IpAddress nextHop, String reason) {}

        public Unsent {
            unsent = List.copyOf(unsent);
        }
    }

    /**
     * What the neighbour announced, where the import policy has it shown; at most a few times a second.
     *
     * @param routes at most {@link #MOST_HEARD}, in order of prefixes
     */
    record Heard(String neighbor, List<Route> routes) implements NeighborEvent {
        public static final int MOST_HEARD = 1_000;

        /**
         * @param asPath as routers print it: {@code "65001 65002 {65003}"}
         * @param communities as {@link io.natator.model.peering.Community} prints them
         */
        public record Route(IpPrefix prefix, IpAddress nextHop, String asPath, List<String> communities) {
            public Route {
                communities = List.copyOf(communities);
            }
        }

        public Heard {
            routes = List.copyOf(routes);
        }
    }

    /** @param reason in words, when it went down: {@code "control detection time expired"}; else empty */
    record BfdChanged(String neighbor, BfdState state, String reason) implements NeighborEvent {}
}
