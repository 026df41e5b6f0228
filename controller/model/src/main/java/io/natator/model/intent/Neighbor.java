package io.natator.model.intent;

import io.natator.model.peering.Peering;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * A BGP neighbour (RFC 4271).
 *
 * @param id what follows {@code neighbors/} in the name
 * @param address where it is
 * @param port TCP port, 1 to 65535
 * @param group id of the group that it is a member of; what it takes from there is in {@code peering} already
 * @param peering what the session is to be like
 */
public record Neighbor(String id, IpAddress address, int port, Optional<String> group, Peering peering) {
    /** A neighbour of no group. */
    public Neighbor(String id, IpAddress address, int port, Peering peering) {
        this(id, address, port, Optional.empty(), peering);
    }

    /** The same neighbour with another session. */
    public Neighbor with(Peering other) {
        return new Neighbor(id, address, port, group, other);
    }
}
