package io.natator.core;

import java.time.Duration;

/**
 * Times and sizes that bound what the core does.
 *
 * @param startup how long after the start the first announcement waits for devices that had translations; well
 *     below the restart time that BGP neighbours were told (RFC 4724), so that they still keep our routes
 * @param probeTimeout first wait for probes; doubles with each attempt
 * @param probeTimeoutMax longest wait between attempts
 * @param probeAttempts attempts after which a proof counts as failed (it is tried on all the same)
 * @param proofsAtOnce translations of one device that are proved at the same time
 * @param drainStill counters that do not move for so long mean that traffic has stopped
 * @param drainPoll between two readings of draining counters
 * @param countersPoll between two readings of one translation's counters
 * @param usePoll between two questions to a software switch how many sessions it has
 * @param countersAtOnce counters asked of one device a second
 * @param nextHopRefresh age after which a next hop is asked for again
 * @param nextHopRetry between two questions for one next hop
 * @param nextHopAttempts unanswered questions after which an on-link host is forgotten
 * @param nextHopsMax next hops and on-link hosts known for one device
 * @param nextHopsAtOnce questions asked by one device in a second
 * @param neighborSettle shortest time between two compilations that only new on-link hosts cause
 */
public record Limits(
        Duration startup,
        Duration probeTimeout,
        Duration probeTimeoutMax,
        int probeAttempts,
        int proofsAtOnce,
        Duration drainStill,
        Duration drainPoll,
        Duration countersPoll,
        Duration usePoll,
        int countersAtOnce,
        Duration nextHopRefresh,
        Duration nextHopRetry,
        int nextHopAttempts,
        int nextHopsMax,
        int nextHopsAtOnce,
        Duration neighborSettle,
        Damping damping) {

    /**
     * How translations that come and go are kept from troubling the backbone.
     *
     * @param first wait after the first withdrawal that nobody asked for; doubles with each
     * @param longest wait
     * @param memory for how long a withdrawal counts
     */
    public record Damping(Duration first, Duration longest, Duration memory) {}

    /** What the daemon uses. */
    public static Limits defaults() {
        return new Limits(
                Duration.ofSeconds(30),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                5,
                64,
                Duration.ofSeconds(1),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                50,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                5,
                65_536,
                100,
                Duration.ofMillis(100),
                new Damping(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(10)));
    }
}
