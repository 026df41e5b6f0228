package io.natator.cli.kind;

import io.natator.cli.output.Bar;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Details;
import io.natator.cli.output.Style;
import io.natator.cli.output.Table;
import io.natator.cli.output.Words;
import io.natator.v1.Device;
import io.natator.v1.DevicePort;
import io.natator.v1.DeviceStatus;
import io.natator.v1.PortStatus;
import io.natator.v1.TableStatus;
import java.time.Instant;
import java.util.List;

/** {@code describe device}. */
final class DeviceDetails {
    private DeviceDetails() {}

    static void describe(Device device, Details details, Instant now) {
        DeviceStatus status = device.getStatus();
        details.value("Name", device.getName());
        details.value("Description", device.getDescription());
        details.value("Datapath id", device.getDatapathId());
        details.value("Mode", DeviceKind.mode(device));
        details.value(
                "Profile",
                device.getProfile() == Device.Profile.PROFILE_UNSPECIFIED
                        ? "AUTO"
                        : device.getProfile().name());
        details.styled(
                "State",
                DeviceKind.state(device).text(),
                DeviceKind.state(device).style());
        details.styled("Problem", status.getProblem(), Style.BAD);
        details.value("Since", Words.moment(status.getSince(), now));
        if (device.hasHold()) {
            details.value("Hold", device.getHold().getSeconds() + " s");
        }
        if (device.hasDrain()) {
            details.value("Drain", device.getDrain().getSeconds() + " s");
        }
        details.values("BGP next hops", device.getNextHopsList());
        details.value("Created", Words.moment(device.getCreateTime(), now));
        details.value("Updated", Words.moment(device.getUpdateTime(), now));
        details.value("Etag", device.getEtag());
        details.section("Ports", () -> details.table(ports(device)));
        routes(device, details);
        if (status.getConnected()) {
            details.section("Datapath", () -> datapath(device, details));
            details.section("Rules", () -> rules(status, details));
        }
    }

    private static Table ports(Device device) {
        Table table = new Table(List.of("PORT", "SIDE", "PEER", "GATEWAYS", "NUMBER", "MAC", "LINK"));
        for (DevicePort port : device.getPortsList()) {
            PortStatus seen = device.getStatus().getPortsList().stream()
                    .filter(candidate -> candidate.getPort().equals(port.getPort())
                            || Integer.toUnsignedString(candidate.getNumber()).equals(port.getPort()))
                    .findFirst()
                    .orElse(PortStatus.getDefaultInstance());
            table.row(List.of(
                    Cell.of(port.getPort()),
                    Cell.of(port.getSide().name()),
                    Cell.of(port.getPeer()),
                    Cell.of(String.join(",", port.getGatewaysList())),
                    Cell.of(seen.getNumber() == 0 ? "" : Integer.toUnsignedString(seen.getNumber())),
                    Cell.of(port.getMac().isEmpty() ? seen.getMac() : port.getMac()),
                    link(seen)));
        }
        return table;
    }

    private static Cell link(PortStatus seen) {
        if (seen.equals(PortStatus.getDefaultInstance())) {
            return new Cell("absent", Style.BAD);
        }
        return seen.getUp() ? new Cell("up", Style.GOOD) : new Cell("down", Style.BAD);
    }

    private static void routes(Device device, Details details) {
        if (device.getRoutesCount() > 0) {
            details.section(
                    "Routes",
                    () -> device.getRoutesList()
                            .forEach(route ->
                                    details.line(route.getPrefix() + " via " + route.getNextHop(), Style.PLAIN)));
        }
        if (device.getStatus().getNextHopsCount() > 0) {
            details.section("Next hops", () -> {
                Table table = new Table(List.of("ADDRESS", "PORT", "MAC"));
                device.getStatus()
                        .getNextHopsList()
                        .forEach(hop -> table.row(List.of(
                                Cell.of(hop.getAddress()),
                                Cell.of(hop.getPort()),
                                hop.getMac().isEmpty() ? new Cell("unresolved", Style.BUSY) : Cell.of(hop.getMac()))));
                details.table(table);
            });
        }
    }

    private static void datapath(Device device, Details details) {
        DeviceStatus status = device.getStatus();
        details.value("Peer", status.getPeer());
        details.value("OpenFlow", status.getOpenflowVersion());
        details.value("Manufacturer", status.getManufacturer());
        details.value("Hardware", status.getHardware());
        details.value("Software", status.getSoftware());
        details.value("Capabilities", String.join(", ", status.getCapabilitiesList()));
    }

    private static void rules(DeviceStatus status, Details details) {
        details.value("Installed", Words.number(status.getRulesInstalled()));
        details.value("Added", Words.number(status.getRulesAdded()) + " since the daemon's start");
        details.value("Removed", Words.number(status.getRulesRemoved()));
        details.value("Restored", Words.number(status.getRulesRestored()));
        Table table = new Table(List.of("TABLE", "RULES", "CAPACITY", "USE"));
        for (TableStatus use : status.getTablesList()) {
            table.row(List.of(
                    Cell.of((use.getTable() + " " + use.getTitle()).strip()),
                    Cell.of(Words.number(use.getRules())),
                    Cell.of(use.getCapacity() == 0 ? "unknown" : Words.number(use.getCapacity())),
                    Cell.of(Bar.of(use.getRules(), use.getCapacity()))));
        }
        if (status.getTablesCount() > 0) {
            details.table(table);
        }
    }
}
