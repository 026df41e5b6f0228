package io.natator.bgp.it;

import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.peering.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * Sessions that each {@link Daemon} is configured for, between AS 65000 (ours) and AS 65001. Each has an address of ours of
 * its own, so that one run of a daemon serves all tests.
 */
enum Pairing {
    /** IPv4 and IPv6 routes over IPv4. */
    PLAIN(TwoNamespaces.SPEAKER_IPV4, TwoNamespaces.PEER_IPV4),
    /** IPv4 and IPv6 routes over IPv6. */
    OVER_IPV6(TwoNamespaces.SPEAKER_IPV6, TwoNamespaces.PEER_IPV6),
    /** As {@link #PLAIN}, for sessions that others must not meet in the pause after their end. */
    MANY("10.99.0.15", TwoNamespaces.PEER_IPV4),
    REFRESHED("10.99.0.16", TwoNamespaces.PEER_IPV4),
    RESET("10.99.0.17", TwoNamespaces.PEER_IPV4),
    /** TCP MD5 with {@link #PASSWORD}. */
    SIGNED("10.99.0.11", TwoNamespaces.PEER_IPV4),
    /** The daemon takes only segments with a TTL of 255 (RFC 5082). */
    GTSM("10.99.0.12", TwoNamespaces.PEER_IPV4),
    /** Between loopback addresses. */
    MULTIHOP("10.99.1.1", "10.99.1.2"),
    /** Watched by BFD. */
    BFD("10.99.0.18", TwoNamespaces.PEER_IPV4),
    /** {@link #MULTIHOP} watched by BFD. */
    BFD_MULTIHOP("10.99.1.3", "10.99.1.2"),
    /** No policy is configured at the daemon (RFC 8212). */
    WITHOUT_POLICY("10.99.0.13", TwoNamespaces.PEER_IPV4),
    /** For what must not come up; daemons pause after failures. */
    MISTAKEN("10.99.0.14", TwoNamespaces.PEER_IPV4);

    static final int AS = 65000;
    static final int DAEMON_AS = 65001;
    static final String PASSWORD = "a-secret";

    private final String ours;
    private final String theirs;

    Pairing(String ours, String theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    String ours() {
        return ours;
    }

    String theirs() {
        return theirs;
    }

    /** Name of the session in configurations that want one. */
    String label() {
        return "natator_" + name().toLowerCase(Locale.ROOT);
    }

    Optional<String> password() {
        return this == SIGNED ? Optional.of(PASSWORD) : Optional.empty();
    }

    /** As the daemon expects us. */
    Neighbor neighbor() {
        return neighbor(AS, DAEMON_AS, password());
    }

    Neighbor neighbor(long localAs, long peerAs, Optional<String> password) {
        Transport transport = Transport.DEFAULT.from(IpAddress.valueOf(ours)).signed(password);
        return new Neighbor(
                label(),
                IpAddress.valueOf(theirs),
                179,
                Peering.between(localAs, peerAs).with(this == GTSM ? transport.within(1) : transport));
    }

    static List<Pairing> all() {
        return List.of(values());
    }
}
