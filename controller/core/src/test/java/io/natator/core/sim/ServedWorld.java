package io.natator.core.sim;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A device, and one or two software switches at its SERVICE ports. */
final class ServedWorld {
    private static final Duration HOLD = Duration.ofSeconds(10);

    final World world;
    final FakeSwitch sw;
    final FakeSwitch first;
    /** Null if there is one alone. */
    final FakeSwitch second;

    /** A device of two ports that can do this, with SERVICE ports added. */
    ServedWorld(Capabilities capabilities) {
        this(Intents.wire("sw", 1, HOLD), capabilities);
    }

    ServedWorld(Device device, Capabilities capabilities) {
        this(new World(1, () -> {}), device, capabilities, true);
    }

    /** All of them are missed after {@code hold}. */
    ServedWorld(Capabilities capabilities, Duration hold) {
        this(Intents.wire("sw", 1, hold), capabilities);
    }

    /** Open vSwitch, and one software switch. */
    ServedWorld(World world) {
        this(world, Intents.ovs());
    }

    /** A device that can do this, and one software switch. */
    ServedWorld(World world, Capabilities capabilities) {
        this(world, Intents.wire("sw", 1, HOLD), capabilities);
    }

    /** A device that can do this, and one software switch. */
    ServedWorld(World world, Device device, Capabilities capabilities) {
        this(world, device, capabilities, false);
    }

    private ServedWorld(World world, Device device, Capabilities capabilities, boolean two) {
        this.world = world;
        List<DevicePort> ports = new ArrayList<>(device.ports());
        ports.add(DevicePort.service("p3", "ss1", "p1"));
        if (two) {
            ports.add(DevicePort.service("p4", "ss2", "p1"));
        }
        sw = add(with(device, ports), capabilities);
        first = add(with(Intents.wire("ss1", 2, device.hold()), List.of()), Intents.software());
        second = two ? add(with(Intents.wire("ss2", 3, device.hold()), List.of()), Intents.software()) : null;
        world.restart();
    }

    void connect() {
        world.switches.values().forEach(world::connect);
    }

    private FakeSwitch add(Device device, Capabilities two) {
        List<Capabilities.Port> ports = new ArrayList<>(two.ports());
        ports.add(new Capabilities.Port(3, "p3", "02:00:00:00:00:03", true));
        ports.add(new Capabilities.Port(4, "p4", "02:00:00:00:00:04", true));
        FakeSwitch added = new FakeSwitch(
                device.datapathId(),
                new Capabilities(
                        two.openflow(),
                        two.manufacturer(),
                        two.hardware(),
                        two.software(),
                        two.features(),
                        two.tables(),
                        ports));
        world.switches.put(device.datapathId(), added);
        world.devices.put(device.id(), device);
        return added;
    }

    private static Device with(Device d, List<DevicePort> ports) {
        return new Device(
                d.id(),
                d.datapathId(),
                d.mode(),
                d.profile(),
                ports,
                d.routes(),
                ports.isEmpty() ? List.of() : d.nextHops(),
                d.hold(),
                d.drain());
    }
}
