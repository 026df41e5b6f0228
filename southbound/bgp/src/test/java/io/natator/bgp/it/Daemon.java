package io.natator.bgp.it;

import java.util.List;
import java.util.Optional;

/**
 * A routing daemon of others, running in the second of {@link TwoNamespaces} with all sessions of {@link Pairing} that it can have
 * configured. It waits for our call. One file a daemon says how it is configured and asked.
 */
interface Daemon extends AutoCloseable {
    /** What not all of them can. */
    enum Can {
        /** Ask for routes again (RFC 2918). */
        REFRESH,
        /** Keep routes of a neighbour that restarts (RFC 4724). */
        HELP_RESTART,
        /** Accept nothing over eBGP without a policy (RFC 8212). */
        FILTER_BY_DEFAULT,
        /** Put routes into the kernel. */
        FORWARD,
        /** Take our call soon after it was reset; others pause for half a minute. */
        RETURN_AT_ONCE
    }

    /**
     * A route that the daemon accepted.
     *
     * @param communities {@code 65000:100}
     * @param largeCommunities {@code 65000:1:2}
     */
    record Route(String nextHop, List<String> communities, List<String> largeCommunities) {}

    boolean can(Can what);

    /** Name and version, as the daemon says it. */
    String version();

    /** Accepted routes of both families. */
    int routes(Pairing pairing);

    Optional<Route> route(Pairing pairing, String prefix);

    /** Ends the session with a NOTIFICATION; it may come back. */
    void reset(Pairing pairing);

    /** Asks for all IPv4 routes again, if it {@link Can#REFRESH}. */
    void refresh(Pairing pairing);

    /** Starts what was {@link #kill}ed. */
    void start();

    /** {@code kill -9}. */
    void kill();

    String log();

    @Override
    default void close() {
        kill();
    }
}
