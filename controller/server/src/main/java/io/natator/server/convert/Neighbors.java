package io.natator.server.convert;

import io.natator.core.status.NeighborStatus;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/** BGP neighbours: message ↔ model. */
public final class Neighbors {
    private static final int BGP_PORT = 179;
    private static final long DEFAULT_HOLD = 90;

    private Neighbors() {}

    /** The message with what was left out written down. */
    public static io.natator.v1.Neighbor complete(io.natator.v1.Neighbor message) {
        var complete = message.toBuilder();
        if (message.getPort() == 0) {
            complete.setPort(BGP_PORT);
        }
        if (!message.hasHoldTime()) {
            complete.setHoldTime(Times.seconds(DEFAULT_HOLD));
        }
        return complete.build();
    }

    /** The model's value of a complete message; empty if there are violations. */
    public static Optional<Neighbor> parse(String id, io.natator.v1.Neighbor message, List<Violation> violations) {
        int before = violations.size();
        Reading in = new Reading(violations);
        Optional<IpAddress> address = in.required("address", message.getAddress(), Texts::address);
        Optional<IpAddress> routerId = in.optional("router_id", message.getRouterId(), Texts::address);
        Optional<IpAddress> local = in.optional("local_address", message.getLocalAddress(), Texts::address);
        var holdTime = Times.duration(in, "hold_time", message.getHoldTime());
        if (violations.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Neighbor(
                id,
                address.orElseThrow(),
                message.getPort(),
                Integer.toUnsignedLong(message.getLocalAs()),
                Integer.toUnsignedLong(message.getPeerAs()),
                routerId,
                local,
                holdTime,
                Optional.of(message.getPassword()).filter(p -> !p.isEmpty())));
    }

    /** Where its session stands. */
    public static io.natator.v1.NeighborStatus status(NeighborStatus status) {
        return io.natator.v1.NeighborStatus.newBuilder()
                .setState(state(status.state()))
                .setSince(Times.timestamp(status.since()))
                .setLastError(status.lastError())
                .setRoutesSent(status.sent())
                .setRoutesReceived(status.received())
                .setSessionsEstablished(status.sessions())
                .addAllFamilies(status.families())
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
