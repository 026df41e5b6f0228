package io.natator.bgp.codec;

import java.util.List;

/** What a speaker says in its OPEN that it can do (RFC 5492). */
public sealed interface Capability {
    /** RFC 4760, section 8. Families that are not ours are {@link Other}. */
    record MultiProtocol(Family family) implements Capability {}

    /** RFC 2918. */
    record RefreshRoutes() implements Capability {}

    /**
     * RFC 6793.
     *
     * @param as 1 to 4294967295
     */
    record FourOctetAs(long as) implements Capability {}

    /**
     * RFC 4724, section 3.
     *
     * @param restarting the speaker has just restarted; its neighbour must not wait for End-of-RIB before it speaks
     * @param notification a session that ends with a NOTIFICATION other than Hard Reset restarts, too (RFC 8538)
     * @param seconds 0 to 4095, how long the neighbour keeps routes until the session is back
     * @param families those whose routes are kept; others are not listed
     */
    record GracefulRestart(boolean restarting, boolean notification, int seconds, List<Preserved> families)
            implements Capability {
        public GracefulRestart {
            families = List.copyOf(families);
        }
    }

    /**
     * A family whose routes are kept.
     *
     * @param forwarding the data plane kept forwarding while the speaker was away
     */
    record Preserved(Family family, boolean forwarding) {}

    /**
     * RFC 9494, section 4.2: routes stay as those of last resort, once the restart time is over.
     *
     * @param families those whose routes stay
     */
    record LongLivedRestart(List<Stale> families) implements Capability {
        public LongLivedRestart {
            families = List.copyOf(families);
        }
    }

    /**
     * A family whose routes stay after the restart time.
     *
     * @param seconds for how long, 0 to 16777215
     */
    record Stale(Family family, boolean forwarding, int seconds) {}

    /** RFC 8950, section 4: IPv4 unicast routes with IPv6 next hops. Other pairs are not ours. */
    record ExtendedNextHop() implements Capability {}

    /** RFC 8654: messages of up to 65535 octets. */
    record ExtendedMessages() implements Capability {}

    /** RFC 7313: marks around what is sent again. */
    record EnhancedRefresh() implements Capability {}

    /**
     * RFC 7911, section 4: several paths of one prefix.
     *
     * @param families at most one of each
     */
    record AddPath(List<Paths> families) implements Capability {
        public AddPath {
            families = List.copyOf(families);
        }

        /** True if the speaker takes several paths of that family. */
        public boolean receives(Family family) {
            return families.stream().anyMatch(one -> one.family() == family && one.receive());
        }
    }

    /** In which direction a family has several paths of a prefix. */
    record Paths(Family family, boolean receive, boolean send) {}

    /** One that we do not use. */
    record Other(int code) implements Capability {}
}
