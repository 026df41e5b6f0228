package io.natator.model.intent;

import java.time.Duration;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * A BGP neighbour (RFC 4271).
 *
 * @param id what follows {@code neighbors/} in the name
 * @param address where it is
 * @param port TCP port, 1 to 65535
 * @param localAs our AS number, 1 to 4294967295
 * @param peerAs its AS number
 * @param routerId our BGP identifier (an IPv4 address); the daemon's if empty
 * @param localAddress source address of the session; the kernel's choice if empty
 * @param holdTime proposed hold time: zero, or 3 s to 65535 s
 * @param password TCP MD5 key (RFC 2385)
 */
public record Neighbor(
        String id,
        IpAddress address,
        int port,
        long localAs,
        long peerAs,
        Optional<IpAddress> routerId,
        Optional<IpAddress> localAddress,
        Duration holdTime,
        Optional<String> password) {}
