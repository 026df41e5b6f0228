package io.natator.model.validate;

import io.natator.model.intent.Neighbor;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Checks one neighbour. */
final class NeighborCheck {
    private static final IpPrefix LOOPBACK = IpPrefix.valueOf("127.0.0.0/8");

    private final Neighbor candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    NeighborCheck(Neighbor candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        Texts.id("name", candidate.id()).or(violations);
        address();
        if (candidate.port() < 1 || candidate.port() > 65535) {
            add("port", candidate.port() + " is not a TCP port: write 1 to 65535, or leave it out for 179");
        }
        PeeringCheck peering = new PeeringCheck(candidate.peering(), violations);
        peering.as("local_as", candidate.peering().localAs());
        peering.as("peer_as", candidate.peering().peerAs());
        peering.localAddress(candidate.address());
        peering.check();
        return List.copyOf(violations);
    }

    private void address() {
        IpAddress address = candidate.address();
        // Loopback is fine: a daemon on the same host.
        boolean loopback = Blocks.contains(LOOPBACK, address) || address.equals(IpAddress.valueOf("::1"));
        if (!loopback) {
            Blocks.special(address.toIpPrefix())
                    .ifPresent(
                            what -> add("address", address + " is one of the " + what + ": write a unicast address"));
        }
        for (Neighbor other : stored.neighbors().values()) {
            if (!other.id().equals(candidate.id())
                    && other.address().equals(address)
                    && other.port() == candidate.port()
                    && sameSource(other)) {
                add(
                        "address",
                        address + " is the address of neighbors/" + other.id()
                                + ": there is one session a neighbour; change that one");
            }
        }
        for (Translation translation : stored.translations().values()) {
            translation.outsides().stream()
                    .filter(o -> Blocks.contains(o, address))
                    .findFirst()
                    .ifPresent(o -> add(
                            "address",
                            address + " lies in outside " + o + " of translations/" + translation.id()
                                    + ", so it would become unreachable: use another address of that router"));
        }
    }

    private boolean sameSource(Neighbor other) {
        return other.peering()
                        .transport()
                        .localAddress()
                        .equals(candidate.peering().transport().localAddress())
                && other.peering()
                        .transport()
                        .bindDevice()
                        .equals(candidate.peering().transport().bindDevice());
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
