package io.natator.model.peering;

import java.time.Duration;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * A BGP session but for the neighbour's address: what neighbours of a group have in common.
 *
 * @param localAs our AS number, 1 to 4294967295
 * @param peerAs the neighbour's AS number
 * @param routerId our BGP identifier (an IPv4 address); the daemon's if empty
 * @param holdTime proposed hold time: zero, or 3 s to 65535 s
 * @param enabled false: the session is ended, and not made again (Cease, Administrative Shutdown)
 * @param shutdownText what the neighbour is told when the session is ended on purpose (RFC 9003), at most 255 octets
 *     of UTF-8; empty: nothing
 */
public record Peering(
        long localAs,
        long peerAs,
        Optional<IpAddress> routerId,
        Duration holdTime,
        boolean enabled,
        String shutdownText,
        Transport transport,
        Features features,
        ImportPolicy imports,
        ExportPolicy exports,
        Bfd bfd) {
    /** Everything but the AS numbers at its default. */
    public static Peering between(long localAs, long peerAs) {
        return new Peering(
                localAs,
                peerAs,
                Optional.empty(),
                Duration.ofSeconds(90),
                true,
                "",
                Transport.DEFAULT,
                Features.DEFAULT,
                ImportPolicy.DEFAULT,
                ExportPolicy.DEFAULT,
                Bfd.DEFAULT);
    }

    /** True if both ends are of one AS (iBGP). */
    public boolean internal() {
        return localAs == peerAs;
    }

    public Peering with(Transport other) {
        return new Peering(
                localAs, peerAs, routerId, holdTime, enabled, shutdownText, other, features, imports, exports, bfd);
    }

    public Peering with(Features other) {
        return new Peering(
                localAs, peerAs, routerId, holdTime, enabled, shutdownText, transport, other, imports, exports, bfd);
    }

    public Peering with(ImportPolicy other) {
        return new Peering(
                localAs, peerAs, routerId, holdTime, enabled, shutdownText, transport, features, other, exports, bfd);
    }

    public Peering with(ExportPolicy other) {
        return new Peering(
                localAs, peerAs, routerId, holdTime, enabled, shutdownText, transport, features, imports, other, bfd);
    }

    public Peering with(Bfd other) {
        return new Peering(
                localAs,
                peerAs,
                routerId,
                holdTime,
                enabled,
                shutdownText,
                transport,
                features,
                imports,
                exports,
                other);
    }

    public Peering withHoldTime(Duration other) {
        return new Peering(
                localAs, peerAs, routerId, other, enabled, shutdownText, transport, features, imports, exports, bfd);
    }

    /** Shut down, or not. */
    public Peering enabled(boolean other, String text) {
        return new Peering(
                localAs, peerAs, routerId, holdTime, other, text, transport, features, imports, exports, bfd);
    }
}
