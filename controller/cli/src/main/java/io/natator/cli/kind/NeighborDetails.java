package io.natator.cli.kind;

import io.natator.cli.output.Cell;
import io.natator.cli.output.Details;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.v1.BfdStatus;
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
        details.value("Peer group", neighbor.getPeerGroup() + (neighbor.getDynamic() ? " (it called)" : ""));
        details.value("Local AS", as(neighbor.getLocalAs()));
        details.value("Peer AS", as(neighbor.getPeerAs()));
        details.value("Router id", neighbor.getRouterId());
        details.value("Local address", neighbor.getLocalAddress());
        details.value(
                "Hold time", neighbor.hasHoldTime() ? neighbor.getHoldTime().getSeconds() + " s" : "");
        if (neighbor.hasEnabled() && !neighbor.getEnabled()) {
            details.styled("Enabled", "no", Style.BAD);
        }
        details.value("Shutdown text", neighbor.getShutdownText());
        Settings.describe(neighbor, details);
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
        details.value("Noticed", Words.moment(status.getLastErrorTime(), now));
        details.value("Families", String.join(", ", status.getFamiliesList()));
        details.values("Capabilities", status.getCapabilitiesList());
        details.value("Routes sent", Words.number(status.getRoutesSent()));
        details.value("Held back", some(status.getRoutesHeldBack()));
        details.value("Filtered", some(status.getRoutesFiltered()));
        details.value("Routes received", Words.number(status.getRoutesReceived()));
        details.value("Ours among them", some(status.getRoutesReflected()));
        details.styled("Doubt", status.getDoubt(), Style.BUSY);
        bfd(status, details, now);
        status.getReceivedList()
                .forEach(r -> details.value(
                        "Heard", r.getPrefix() + " via " + r.getNextHop() + ", AS path " + r.getAsPath()));
        details.value("Established", Words.count(status.getSessionsEstablished(), "time"));
    }

    private static String as(int number) {
        return number == 0 ? "" : Integer.toUnsignedString(number);
    }

    private static String some(long count) {
        return count == 0 ? "" : Words.number(count);
    }

    private static void bfd(NeighborStatus status, Details details, Instant now) {
        if (status.hasBfd()) {
            BfdStatus bfd = status.getBfd();
            String reason = bfd.getReason().isEmpty() ? "" : ": " + bfd.getReason();
            Style style = bfd.getState() == BfdStatus.State.UP ? Style.GOOD : Style.BAD;
            details.styled("BFD", bfd.getState() + reason, style);
            details.value("BFD since", Words.moment(bfd.getSince(), now));
        }
    }
}
