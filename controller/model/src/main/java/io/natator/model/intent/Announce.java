package io.natator.model.intent;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * What BGP neighbours are told about a translation once it is proved.
 *
 * @param routes which prefixes
 * @param nextHop next hop; the device's own of that family if empty
 * @param communities standard ({@code 65000:100}, RFC 1997) or large ({@code 65000:1:2}, RFC 8092) ones
 * @param neighbors ids of the neighbours; empty means all
 */
public record Announce(Routes routes, Optional<IpAddress> nextHop, List<String> communities, List<String> neighbors) {

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

    /** Nothing is announced. */
    public static Announce none() {
        return new Announce(Routes.NONE, Optional.empty(), List.of(), List.of());
    }
}
