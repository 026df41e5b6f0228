package io.natator.model.peering;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.IpAddress;

/**
 * The TCP connection of a session.
 *
 * @param localAddress source address; the kernel's choice if empty
 * @param password TCP MD5 key (RFC 2385), 1 to 80 octets
 * @param passive wait for the neighbour's call, never call it
 * @param ttlSecurityHops most hops to the neighbour, 1 to 254: packets leave with TTL 255, and those that arrive with
 *     less than {@code 256 - hops} are dropped (GTSM, RFC 5082). Excludes {@code multihopTtl}
 * @param multihopTtl TTL of what is sent, 1 to 255; the kernel's if neither is set
 * @param bindDevice network interface, or VRF device, that the socket is bound to (SO_BINDTODEVICE)
 * @param keepAlive silence after which TCP asks whether the other end is there, whole seconds; off if empty
 * @param userTimeout for how long what was sent may stay without acknowledgement (RFC 5482), whole milliseconds;
 *     the kernel's if empty
 */
public record Transport(
        Optional<IpAddress> localAddress,
        Optional<String> password,
        boolean passive,
        OptionalInt ttlSecurityHops,
        OptionalInt multihopTtl,
        Optional<String> bindDevice,
        Optional<Duration> keepAlive,
        Optional<Duration> userTimeout) {
    public static final Transport DEFAULT = new Transport(
            Optional.empty(),
            Optional.empty(),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same from another source address. */
    public Transport from(IpAddress address) {
        return new Transport(
                Optional.of(address),
                password,
                passive,
                ttlSecurityHops,
                multihopTtl,
                bindDevice,
                keepAlive,
                userTimeout);
    }

    /** The same with another key; none if empty. */
    public Transport signed(Optional<String> key) {
        return new Transport(
                localAddress, key, passive, ttlSecurityHops, multihopTtl, bindDevice, keepAlive, userTimeout);
    }

    /** The same with GTSM. */
    public Transport within(int hops) {
        return new Transport(
                localAddress,
                password,
                passive,
                OptionalInt.of(hops),
                OptionalInt.empty(),
                bindDevice,
                keepAlive,
                userTimeout);
    }

    /** The same with that TTL. */
    public Transport multihop(int ttl) {
        return new Transport(
                localAddress,
                password,
                passive,
                OptionalInt.empty(),
                OptionalInt.of(ttl),
                bindDevice,
                keepAlive,
                userTimeout);
    }

    /** The same, but the neighbour is waited for. */
    public Transport waiting() {
        return new Transport(
                localAddress, password, true, ttlSecurityHops, multihopTtl, bindDevice, keepAlive, userTimeout);
    }
}
