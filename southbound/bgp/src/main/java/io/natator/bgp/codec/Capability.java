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
     * @param seconds 0 to 4095, how long the neighbour keeps routes until the session is back
     * @param families those whose routes are kept; others are not listed
     */
    record GracefulRestart(boolean restarting, int seconds, List<Preserved> families) implements Capability {
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

    /** One that we do not use. */
    record Other(int code) implements Capability {}
}
