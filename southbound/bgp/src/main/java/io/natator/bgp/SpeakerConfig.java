package io.natator.bgp;

import io.natator.bgp.fsm.Timers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * What is the same for all neighbours.
 *
 * @param listen where neighbours may connect to; nowhere if empty
 * @param routerId our BGP identifier, an IPv4 address other than 0.0.0.0, where a neighbour's configuration names none
 * @param restartTime for how long neighbours are asked to keep our routes while we restart (RFC 4724), 1 s to 4095 s
 * @param seed of the jitter of timers
 */
public record SpeakerConfig(
        Optional<InetSocketAddress> listen, IpAddress routerId, Duration restartTime, Timers timers, long seed) {
    private static final long MAX_RESTART_SECONDS = 4095;

    /**
     * @throws IllegalArgumentException if the router id is not an IPv4 address other than 0.0.0.0, or the restart time
     *     is out of range
     */
    public SpeakerConfig {
        if (!routerId.isIp4() || routerId.isZero()) {
            throw new IllegalArgumentException(
                    "router id " + routerId + ": give an IPv4 address that no other BGP speaker has");
        }
        if (restartTime.toSeconds() < 1 || restartTime.toSeconds() > MAX_RESTART_SECONDS) {
            throw new IllegalArgumentException(
                    "restart time of " + restartTime.toSeconds() + " s: give 1 s to " + MAX_RESTART_SECONDS + " s");
        }
    }

    /** The usual timers, a restart time of 120 s, a seed from the clock. */
    public static SpeakerConfig of(Optional<InetSocketAddress> listen, IpAddress routerId) {
        return new SpeakerConfig(listen, routerId, Duration.ofMinutes(2), Timers.DEFAULT, System.nanoTime());
    }
}
