package io.natator.server.convert;

import io.natator.core.status.DeviceStatus;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.Route;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import io.natator.v1.NextHopStatus;
import io.natator.v1.PortStatus;
import io.natator.v1.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/** Devices: message ↔ model. */
public final class Devices {
    private static final long DEFAULT_HOLD = 10;
    private static final long DEFAULT_DRAIN = 5;

    private Devices() {}

    /** The message with what was left out written down. */
    public static io.natator.v1.Device complete(io.natator.v1.Device message) {
        var complete = message.toBuilder();
        if (message.getMode() == io.natator.v1.Device.Mode.MODE_UNSPECIFIED) {
            complete.setMode(io.natator.v1.Device.Mode.TRANSPARENT);
        }
        if (message.getProfile() == io.natator.v1.Device.Profile.PROFILE_UNSPECIFIED) {
            complete.setProfile(io.natator.v1.Device.Profile.AUTO);
        }
        if (!message.hasHold()) {
            complete.setHold(Times.seconds(DEFAULT_HOLD));
        }
        if (!message.hasDrain()) {
            complete.setDrain(Times.seconds(DEFAULT_DRAIN));
        }
        return complete.build();
    }

    /** The model's value of a complete message; empty if there are violations. */
    public static Optional<Device> parse(String id, io.natator.v1.Device message, List<Violation> violations) {
        int before = violations.size();
        Reading in = new Reading(violations);
        Optional<Long> datapathId = in.required("datapath_id", message.getDatapathId(), Texts::datapathId);
        Optional<Device.Mode> mode = mode(in, message.getMode());
        Optional<Device.Profile> profile = profile(in, message.getProfile());
        List<DevicePort> ports = new ArrayList<>();
        for (int i = 0; i < message.getPortsCount(); i++) {
            port(in, "ports[" + i + "]", message.getPorts(i)).ifPresent(ports::add);
        }
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < message.getRoutesCount(); i++) {
            route(in, "routes[" + i + "]", message.getRoutes(i)).ifPresent(routes::add);
        }
        List<IpAddress> nextHops = in.list("next_hops", message.getNextHopsList(), Texts::address);
        var hold = Times.duration(in, "hold", message.getHold());
        var drain = Times.duration(in, "drain", message.getDrain());
        if (violations.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Device(
                id,
                datapathId.orElseThrow(),
                mode.orElseThrow(),
                profile.orElseThrow(),
                ports,
                routes,
                nextHops,
                hold,
                drain));
    }

    private static Optional<Device.Mode> mode(Reading in, io.natator.v1.Device.Mode mode) {
        return switch (mode) {
            case TRANSPARENT, MODE_UNSPECIFIED -> Optional.of(Device.Mode.TRANSPARENT);
            case ROUTED -> Optional.of(Device.Mode.ROUTED);
            case NORMAL -> Optional.of(Device.Mode.NORMAL);
            case UNRECOGNIZED -> {
                in.bad("mode", "is unknown: write TRANSPARENT, ROUTED or NORMAL");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Device.Profile> profile(Reading in, io.natator.v1.Device.Profile profile) {
        return switch (profile) {
            case AUTO, PROFILE_UNSPECIFIED -> Optional.of(Device.Profile.AUTO);
            case EXACT -> Optional.of(Device.Profile.EXACT);
            case UNRECOGNIZED -> {
                in.bad("profile", "is unknown: write AUTO or EXACT");
                yield Optional.empty();
            }
        };
    }

    private static Optional<DevicePort> port(Reading in, String field, io.natator.v1.DevicePort port) {
        Optional<DevicePort.Side> side = side(in, field + ".side", port.getSide());
        if (port.getPort().isEmpty()) {
            in.bad(field + ".port", "is required");
        }
        var gateways = in.list(field + ".gateways", port.getGatewaysList(), Texts::gateway);
        var mac = in.optional(field + ".mac", port.getMac(), Texts::mac);
        Optional<String> peer = Optional.of(port.getPeer()).filter(p -> !p.isEmpty());
        Optional<DevicePort.Link> link = link(in, field, port);
        return side.map(s -> new DevicePort(port.getPort(), s, peer, gateways, mac, link));
    }

    private static Optional<DevicePort.Link> link(Reading in, String field, io.natator.v1.DevicePort port) {
        String switchField = field + ".software_switch";
        String portField = field + ".software_switch_port";
        if (port.getSide() != io.natator.v1.DevicePort.Side.SERVICE) {
            if (!port.getSoftwareSwitch().isEmpty()) {
                in.bad(switchField, "only a SERVICE port leads to a software switch: leave it out");
            }
            if (!port.getSoftwareSwitchPort().isEmpty()) {
                in.bad(portField, "only a SERVICE port leads to a software switch: leave it out");
            }
            return Optional.empty();
        }
        if (port.getSoftwareSwitch().isEmpty()) {
            in.bad(switchField, "is required: name the device at the other end, like devices/ID");
        }
        if (port.getSoftwareSwitchPort().isEmpty()) {
            in.bad(portField, "is required: name the port of the software switch to which this one leads");
        }
        return in.optional(switchField, port.getSoftwareSwitch(), (f, text) -> Texts.name(f, "devices", text))
                .map(id -> new DevicePort.Link(id, port.getSoftwareSwitchPort()));
    }

    private static Optional<DevicePort.Side> side(Reading in, String field, io.natator.v1.DevicePort.Side side) {
        return switch (side) {
            case INSIDE -> Optional.of(DevicePort.Side.INSIDE);
            case OUTSIDE -> Optional.of(DevicePort.Side.OUTSIDE);
            case SERVICE -> Optional.of(DevicePort.Side.SERVICE);
            case SIDE_UNSPECIFIED -> {
                in.bad(field, "is required: write INSIDE, OUTSIDE or SERVICE");
                yield Optional.empty();
            }
            case UNRECOGNIZED -> {
                in.bad(field, "is unknown: write INSIDE, OUTSIDE or SERVICE");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Route> route(Reading in, String field, io.natator.v1.Route route) {
        var prefix = in.required(field + ".prefix", route.getPrefix(), Texts::prefix);
        var nextHop = in.required(field + ".next_hop", route.getNextHop(), Texts::address);
        return prefix.flatMap(p -> nextHop.map(n -> new Route(p, n)));
    }

    /** Where it stands. */
    public static io.natator.v1.DeviceStatus status(DeviceStatus status) {
        var message = io.natator.v1.DeviceStatus.newBuilder()
                .setConnected(status.connected())
                .setSince(Times.timestamp(status.since()))
                .setPeer(status.peer())
                .setInSync(status.inSync())
                .setRulesInstalled(status.rules())
                .setRulesAdded(status.rulesAdded())
                .setRulesRemoved(status.rulesRemoved())
                .setRulesRestored(status.rulesRestored())
                .setProblem(status.problem());
        status.capabilities().ifPresent(c -> describe(c, status, message));
        for (DeviceStatus.NextHop hop : status.nextHops()) {
            var entry = NextHopStatus.newBuilder()
                    .setAddress(hop.address().toString())
                    .setPort(hop.port());
            hop.mac().ifPresent(m -> entry.setMac(m.toString()));
            message.addNextHops(entry);
        }
        return message.build();
    }

    private static void describe(
            Capabilities capabilities, DeviceStatus status, io.natator.v1.DeviceStatus.Builder message) {
        message.setOpenflowVersion(version(capabilities.openflow()))
                .setManufacturer(capabilities.manufacturer())
                .setHardware(capabilities.hardware())
                .setSoftware(capabilities.software());
        capabilities.features().stream().map(Enum::name).sorted().forEach(message::addCapabilities);
        capabilities.tables().forEach((number, table) -> {
            int rules = status.tableRules().getOrDefault(number, 0);
            if (rules == 0 && number > 3) {
                return; // Open vSwitch has 254 tables; the pipeline uses four.
            }
            message.addTables(TableStatus.newBuilder()
                    .setTable(number)
                    .setTitle(table.name())
                    .setRules(rules)
                    .setCapacity(capacity(table)));
        });
        capabilities
                .ports()
                .forEach(p -> message.addPorts(PortStatus.newBuilder()
                        .setPort(p.name())
                        .setNumber(p.number())
                        .setMac(p.mac())
                        .setUp(p.up())));
    }

    /** 0 if unknown. */
    static long capacity(Capabilities.Table table) {
        return table.capacity() == Integer.MAX_VALUE ? 0 : table.capacity();
    }

    /** Wire version 4 is OpenFlow 1.3. */
    private static String version(int wire) {
        return wire >= 1 ? "1." + (wire - 1) : "";
    }
}
