package io.natator.cli.kind;

import io.natator.cli.output.Cell;
import io.natator.cli.output.Details;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborStatus;
import java.time.Instant;

/** {@code describe neighbor}. */
final class NeighborDetails {
    private NeighborDetails() {}

    static void describe(Neighbor neighbor, Details details, Instant now) {
        details.value("Name", neighbor.getName());
        details.value("Description", neighbor.getDescription());
        details.value("Address", neighbor.getAddress());
        details.value("Port", Integer.toString(neighbor.getPort() == 0 ? 179 : neighbor.getPort()));
        details.value("Local AS", Integer.toUnsignedString(neighbor.getLocalAs()));
        details.value("Peer AS", Integer.toUnsignedString(neighbor.getPeerAs()));
        details.value("Router id", neighbor.getRouterId());
        details.value("Local address", neighbor.getLocalAddress());
        details.value(
                "Hold time", neighbor.hasHoldTime() ? neighbor.getHoldTime().getSeconds() + " s" : "");
        details.value("Created", Words.moment(neighbor.getCreateTime(), now));
        details.value("Updated", Words.moment(neighbor.getUpdateTime(), now));
        details.value("Etag", neighbor.getEtag());
        details.section("Session", () -> session(neighbor, details, now));
    }

    private static void session(Neighbor neighbor, Details details, Instant now) {
        NeighborStatus status = neighbor.getStatus();
        Cell state = NeighborKind.state(neighbor);
        details.styled("State", state.text(), state.style());
        details.value("Since", Words.moment(status.getSince(), now));
        details.styled("Last error", status.getLastError(), Style.BAD);
        details.value("Families", String.join(", ", status.getFamiliesList()));
        details.value("Routes sent", Words.number(status.getRoutesSent()));
        details.value("Routes received", Words.number(status.getRoutesReceived()));
        details.value("Established", Words.count(status.getSessionsEstablished(), "time"));
    }
}
