package io.natator.model.validate;

import static io.natator.model.validate.Checked.GOOD;
import static io.natator.model.validate.Checked.ROUTER;
import static io.natator.model.validate.Checked.WIRE;
import static io.natator.model.validate.Checked.check;
import static io.natator.model.validate.Checked.device;
import static io.natator.model.validate.Checked.port;
import static io.natator.model.validate.Checked.texts;
import static io.natator.model.validate.Checked.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.proof.ProbeCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Every refusal of a device, with the field that it names and what it tells the user to do. */
class DeviceCheckTest {
    @Test
    void portsOfDevices() {
        assertThat(check(device("sw", 1, Device.Mode.TRANSPARENT, List.of()))).isEmpty();
        assertThat(check(device("sw", 1, Device.Mode.TRANSPARENT, List.of()), GOOD))
                .containsExactly("ports: lists no port: list at least one INSIDE and one OUTSIDE port");
        assertThat(check(device("sw", 1, Device.Mode.NORMAL, List.of(port("p1", Side.INSIDE)))))
                .containsExactly("ports: lists no OUTSIDE port: list at least one INSIDE and one OUTSIDE port");
        assertThat(check(device(
                        "sw",
                        1,
                        Device.Mode.TRANSPARENT,
                        List.of(port("p1", Side.INSIDE), port("p2", Side.INSIDE), port("p3", Side.OUTSIDE)))))
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo("ports[0].peer: port p1 has no peer and there are several ports a side: name the OUTSIDE"
                        + " port at the other end of its wire");
        assertThat(check(device(
                        "sw",
                        1,
                        Device.Mode.TRANSPARENT,
                        List.of(wire("p1", Side.INSIDE, "p9"), wire("p2", Side.OUTSIDE, "p1")))))
                .containsExactly(
                        "ports[0].peer: unknown port p9: list it in ports, or name one of p2",
                        "ports[1].peer: port p1 has peer p9, not p2: the two ends of a wire name each other");
        assertThat(check(device(
                        "sw",
                        1,
                        Device.Mode.NORMAL,
                        List.of(port("p1", Side.INSIDE, "10.0.0.1/24"), wire("p2", Side.OUTSIDE, "p1")))))
                .containsExactly(
                        "ports[0].gateways: the device is NORMAL: leave it out, or set mode to ROUTED",
                        "ports[1].peer: only INSIDE and OUTSIDE ports of a TRANSPARENT device have a peer: leave it out");
    }

    @Test
    void macsOfGateways() {
        DevicePort inside = port("p1", Side.INSIDE, "10.0.0.1/24");
        DevicePort probes = new DevicePort(
                inside.port(), inside.side(), inside.peer(), inside.gateways(), Optional.of(ProbeCase.MAC));
        List<DevicePort> ports = List.of(probes, port("p2", Side.OUTSIDE, "192.0.2.1/24"));
        assertThat(check(device("r", 2, Device.Mode.ROUTED, ports)))
                .containsExactly("ports[0].mac: 02:4E:50:00:00:01 is that of probes: choose another, or leave it out");
    }

    @Test
    void portsThatTheDeviceHas() {
        Capabilities known = new Capabilities(
                5,
                "",
                "",
                "",
                Set.of(),
                new TreeMap<>(),
                List.of(new Capabilities.Port(1, "p1", "", true), new Capabilities.Port(2, "eth2", "", true)));
        Stored stored = new Stored(Map.of(), Map.of(), Map.of(), Map.of(), Map.of("sw", known));
        assertThat(texts(Validator.check(WIRE, stored)))
                .containsExactly("ports[1].port: the device has no port p2: it has p1 (1), eth2 (2)");
        Device twice = device(
                "sw",
                1,
                Device.Mode.NORMAL,
                List.of(port("p1", Side.INSIDE), port("eth2", Side.OUTSIDE), port("2", Side.OUTSIDE)));
        assertThat(texts(Validator.check(twice, stored)))
                .containsExactly("ports[2].port: port 2 is the same port as eth2: leave one out");
    }

    @Test
    void gatewaysOfDevices() {
        assertThat(check(device(
                        "r",
                        2,
                        Device.Mode.ROUTED,
                        List.of(
                                port("p1", Side.INSIDE, "10.0.0.1/24", "10.0.1.1/24"),
                                port("p2", Side.OUTSIDE, "10.0.0.1/24"),
                                port("p3", Side.OUTSIDE, "10.0.0.129/25"),
                                port("p4", Side.OUTSIDE, "10.0.9.0/24")))))
                .containsExactly(
                        "ports[0].gateways[1]: port p1 has two IPv4 gateways, 10.0.0.1 and 10.0.1.1: keep one a family",
                        "ports[1].gateways[0]: 10.0.0.1 is also a gateway of port p1: an address belongs to one port;"
                                + " choose another",
                        "ports[2].gateways[0]: 10.0.0.128/25 overlaps 10.0.0.0/24 of port p1: a prefix is on one link"
                                + " only; choose disjoint ones",
                        "ports[2].gateways[0]: 10.0.0.128/25 overlaps 10.0.0.0/24 of port p2: a prefix is on one link"
                                + " only; choose disjoint ones",
                        "ports[3].gateways[0]: 10.0.9.0 is the network address of 10.0.9.0/24: choose a host address in"
                                + " it");
    }

    @Test
    void routesOfDevices() {
        assertThat(check(device(
                        "r",
                        2,
                        Device.Mode.ROUTED,
                        ROUTER.ports(),
                        new Route(IpPrefix.valueOf("10.0.0.0/8"), IpAddress.valueOf("198.51.100.1")),
                        new Route(IpPrefix.valueOf("10.0.0.0/8"), IpAddress.valueOf("203.0.113.2")),
                        new Route(IpPrefix.valueOf("::/0"), IpAddress.valueOf("203.0.113.1")))))
                .containsExactly(
                        "routes[0].next_hop: 198.51.100.1 is in no gateway's prefix: name a router on one of the links,"
                                + " or add a gateway with its prefix to the port that leads to it",
                        "routes[1].next_hop: 203.0.113.2 is a gateway of this device: name another router",
                        "routes[1].prefix: 10.0.0.0/8 has a route already: keep one",
                        "routes[2].next_hop: 203.0.113.1 is IPv4 but prefix ::/0 is IPv6: write a next hop of that"
                                + " family");
    }

    @Test
    void identities() {
        assertThat(check(device("x", 1, Device.Mode.TRANSPARENT, WIRE.ports()), WIRE))
                .containsExactly("datapath_id: 0000000000000001 is the datapath id of devices/sw: each datapath is one"
                        + " device");
        assertThat(check(device("Bad_Id", 7, Device.Mode.TRANSPARENT, WIRE.ports())))
                .singleElement()
                .asString()
                .startsWith("name: \"Bad_Id\" is not an id");
    }
}
