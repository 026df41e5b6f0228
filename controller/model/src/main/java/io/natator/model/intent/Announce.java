package io.natator.model.intent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;

/**
 * What BGP neighbours are told about a translation once it is proved.
 *
 * @param routes which prefixes
 * @param nextHop next hop; the device's own of that family if empty
 * @param communities standard ({@code 65000:100}, RFC 1997), large ({@code 65000:1:2}, RFC 8092) or extended ones
 * @param neighbors ids of the neighbours; empty means all
 * @param med MULTI_EXIT_DISC, 0 to 4294967295; that of the neighbour's policy if empty
 * @param holdDown for how long it must have been proved without interruption before it is announced, up to an hour
 * @param gracefulShutdown for how long its routes carry GRACEFUL_SHUTDOWN before they are withdrawn on purpose
 *     (RFC 8326), up to an hour; zero: they are withdrawn at once
 * @param force announce also what route-origin validation finds invalid (RFC 6811)
 */
public record Announce(
        Routes routes,
        Optional<IpAddress> nextHop,
        List<String> communities,
        List<String> neighbors,
        OptionalLong med,
        Duration holdDown,
        Duration gracefulShutdown,
        boolean force) {
    /** Enough for a few routers to look for another path; to be set to more where routes take long to spread. */
    public static final Duration GRACEFUL_SHUTDOWN = Duration.ofSeconds(2);

    /** Which prefixes are announced. */
    public enum Routes {
        /** One /32 or /128 an address. */
        HOST_ROUTES,
        /** The minimal set of prefixes that covers what is translated, and nothing else. */
        AGGREGATE,
        /** Nothing. */
        NONE
    }

    public Announce {
        communities = List.copyOf(communities);
        neighbors = List.copyOf(neighbors);
    }

    /** Everything else at its default. */
    public Announce(Routes routes, Optional<IpAddress> nextHop, List<String> communities, List<String> neighbors) {
        this(routes, nextHop, communities, neighbors, OptionalLong.empty(), Duration.ZERO, GRACEFUL_SHUTDOWN, false);
    }

    /** Nothing is announced. */
    public static Announce none() {
        return new Announce(Routes.NONE, Optional.empty(), List.of(), List.of());
    }
}
