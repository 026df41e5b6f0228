package io.natator.bgp;

import io.natator.bgp.fsm.Timers;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * What is the same for all neighbours.
 *
 * @param listen where neighbours may connect to; nowhere if empty
 * @param routerId our BGP identifier, an IPv4 address other than 0.0.0.0, where a neighbour's configuration names none
 * @param seed of the jitter of timers
 */
public record SpeakerConfig(Optional<InetSocketAddress> listen, IpAddress routerId, Timers timers, long seed) {
    /** @throws IllegalArgumentException if the router id is not an IPv4 address other than 0.0.0.0 */
    public SpeakerConfig {
        if (!routerId.isIp4() || routerId.isZero()) {
            throw new IllegalArgumentException(
                    "router id " + routerId + ": give an IPv4 address that no other BGP speaker has");
        }
    }

    /** The usual timers, a seed from the clock. */
    public static SpeakerConfig of(Optional<InetSocketAddress> listen, IpAddress routerId) {
        return new SpeakerConfig(listen, routerId, Timers.DEFAULT, System.nanoTime());
    }
}
