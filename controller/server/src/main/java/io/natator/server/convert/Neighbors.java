package io.natator.server.convert;

import io.natator.core.status.NeighborStatus;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import io.natator.v1.BfdStatus;
import io.natator.v1.PeerGroup;
import io.natator.v1.ReceivedRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.onlab.packet.IpAddress;

/** BGP neighbours: message ↔ model. */
public final class Neighbors {
    private static final int BGP_PORT = 179;

    private Neighbors() {}

    /** The message with what was left out written down; what is left to a group stays out. */
    public static io.natator.v1.Neighbor complete(io.natator.v1.Neighbor message) {
        var complete = message.toBuilder();
        if (message.getPort() == 0) {
            complete.setPort(BGP_PORT);
        }
        if (message.getPeerGroup().isEmpty()) {
            Peerings.complete(complete);
        }
        return complete.build();
    }

    /**
     * The model's value of a complete message; empty if there are violations.
     *
     * @param groups by id
     */
    public static Optional<Neighbor> parse(
            String id,
            io.natator.v1.Neighbor message,
            Function<String, Optional<PeerGroup>> groups,
            List<Violation> violations) {
        int before = violations.size();
        Reading in = new Reading(violations);
        Optional<IpAddress> address = in.required("address", message.getAddress(), Texts::address);
        Optional<String> group = in.optional(
                "peer_group", message.getPeerGroup(), (field, text) -> Texts.name(field, "peerGroups", text));
        Peering peering = Peerings.parse(in, effective(in, message, group, groups));
        if (violations.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Neighbor(id, address.orElseThrow(), message.getPort(), group, peering));
    }

    private static io.natator.v1.Neighbor effective(
            Reading in,
            io.natator.v1.Neighbor message,
            Optional<String> group,
            Function<String, Optional<PeerGroup>> groups) {
        if (group.isEmpty()) {
            return message;
        }
        Optional<PeerGroup> found = groups.apply(group.get());
        if (found.isEmpty()) {
            in.bad("peer_group", "unknown peer group peerGroups/" + group.get() + ": create it first");
            return message;
        }
        var all = Inheritance.inherit(found.get(), message).toBuilder();
        Peerings.complete(all);
        return all.build();
    }

    /** A neighbour that nobody declared, as far as it is not its session. */
    public static io.natator.v1.Neighbor dynamic(Neighbor neighbor) {
        var message = io.natator.v1.Neighbor.newBuilder()
                .setAddress(neighbor.address().toString())
                .setPort(neighbor.port())
                .setLocalAs((int) neighbor.peering().localAs())
                .setPeerAs((int) neighbor.peering().peerAs())
                .setDynamic(true);
        neighbor.group().ifPresent(g -> message.setPeerGroup("peerGroups/" + g));
        return message.build();
    }

    /** Where its session stands. */
    public static io.natator.v1.NeighborStatus status(Neighbor neighbor, NeighborStatus status) {
        var message = io.natator.v1.NeighborStatus.newBuilder()
                .setState(state(status.state()))
                .setSince(Times.timestamp(status.since()))
                .setRoutesSent(status.routes().sent())
                .setRoutesReceived(status.routes().received())
                .setRoutesHeldBack(status.routes().heldBack())
                .setRoutesFiltered(status.routes().filtered())
                .setRoutesReflected(status.routes().reflected())
                .setSessionsEstablished(status.sessions())
                .addAllFamilies(status.families())
                .addAllCapabilities(status.capabilities())
                .setDoubt(status.doubt(neighbor));
        status.heard()
                .forEach(r -> message.addReceived(ReceivedRoute.newBuilder()
                        .setPrefix(r.prefix().toString())
                        .setNextHop(r.nextHop().toString())
                        .setAsPath(r.asPath())
                        .addAllCommunities(r.communities())));
        status.lastError().ifPresent(e -> message.setLastError(e.text()).setLastErrorTime(Times.timestamp(e.at())));
        status.bfd().ifPresent(b -> message.setBfd(bfd(b)));
        return message.build();
    }

    private static BfdStatus bfd(NeighborStatus.Bfd bfd) {
        return BfdStatus.newBuilder()
                .setState(
                        switch (bfd.state()) {
                            case ADMIN_DOWN -> BfdStatus.State.ADMIN_DOWN;
                            case DOWN -> BfdStatus.State.DOWN;
                            case INIT -> BfdStatus.State.INIT;
                            case UP -> BfdStatus.State.UP;
                        })
                .setSince(Times.timestamp(bfd.since()))
                .setReason(bfd.reason())
                .build();
    }

    private static io.natator.v1.Neighbor.SessionState state(NeighborEvent.State state) {
        return switch (state) {
            case IDLE -> io.natator.v1.Neighbor.SessionState.IDLE;
            case CONNECT -> io.natator.v1.Neighbor.SessionState.CONNECT;
            case ACTIVE -> io.natator.v1.Neighbor.SessionState.ACTIVE;
            case OPEN_SENT -> io.natator.v1.Neighbor.SessionState.OPEN_SENT;
            case OPEN_CONFIRM -> io.natator.v1.Neighbor.SessionState.OPEN_CONFIRM;
            case ESTABLISHED -> io.natator.v1.Neighbor.SessionState.ESTABLISHED;
        };
    }
}
