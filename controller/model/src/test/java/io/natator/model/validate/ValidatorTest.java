package io.natator.model.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Every refusal, with the field that it names and what it tells the user to do. */
class ValidatorTest {
    private static final Device WIRE =
            device("sw", 1, Device.Mode.TRANSPARENT, List.of(port("p1", Side.INSIDE), port("p2", Side.OUTSIDE)));
    private static final Device ROUTER = device(
            "r",
            2,
            Device.Mode.ROUTED,
            List.of(port("p1", Side.INSIDE, "192.168.2.1/24"), port("p2", Side.OUTSIDE, "203.0.113.2/30")),
            new Route(IpPrefix.valueOf("0.0.0.0/0"), IpAddress.valueOf("203.0.113.1")));
    private static final Translation GOOD = translation("t", "192.168.2.0/24", "192.168.3.0/24");

    private static DevicePort port(String name, Side side, String... gateways) {
        List<Gateway> list = Stream.of(gateways)
                .map(g -> new Gateway(IpAddress.valueOf(g.substring(0, g.indexOf('/'))), IpPrefix.valueOf(g)))
                .toList();
        return new DevicePort(name, side, Optional.empty(), list, Optional.empty());
    }

    private static DevicePort wire(String name, Side side, String peer) {
        return new DevicePort(name, side, Optional.of(peer), List.of(), Optional.empty());
    }

    private static Device device(String id, long datapath, Device.Mode mode, List<DevicePort> ports, Route... routes) {
        return new Device(
                id,
                datapath,
                mode,
                Device.Profile.AUTO,
                ports,
                List.of(routes),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    private static Translation translation(String id, String inside, String outside) {
        return new Translation(
                id,
                Kind.STATIC,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                List.of(),
                List.of(),
                List.of("sw"),
                Announce.none(),
                false);
    }

    private static Translation with(
            List<String> exempt, List<String> gateways, List<String> devices, Announce announce) {
        return new Translation(
                "t",
                Kind.STATIC,
                GOOD.inside(),
                GOOD.outside(),
                exempt.stream().map(IpPrefix::valueOf).toList(),
                gateways.stream().map(IpAddress::valueOf).toList(),
                devices,
                announce,
                false);
    }

    private static Neighbor neighbor(String id, String address) {
        return new Neighbor(
                id,
                IpAddress.valueOf(address),
                179,
                65000,
                65001,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(90),
                Optional.empty());
    }

    private static Stored stored(Object... resources) {
        return new Stored(
                map(resources, Device.class, Device::id),
                map(resources, Translation.class, Translation::id),
                map(resources, Neighbor.class, Neighbor::id),
                Map.of());
    }

    private static <T> Map<String, T> map(Object[] resources, Class<T> type, Function<T, String> id) {
        Map<String, T> map = new TreeMap<>();
        Arrays.stream(resources).filter(type::isInstance).map(type::cast).forEach(r -> map.put(id.apply(r), r));
        return map;
    }

    private static List<String> texts(List<Violation> violations) {
        return violations.stream().map(v -> v.field() + ": " + v.message()).toList();
    }

    private static List<String> check(Translation candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    private static List<String> check(Device candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    private static List<String> check(Neighbor candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    @Test
    void goodOnesPass() {
        assertThat(check(GOOD, WIRE, GOOD)).isEmpty();
        assertThat(check(WIRE, WIRE, GOOD)).isEmpty();
        assertThat(check(ROUTER)).isEmpty();
        assertThat(check(neighbor("n", "203.0.113.1"), GOOD)).isEmpty();
        assertThat(check(neighbor("n", "127.0.0.1"))).isEmpty();
    }

    @Test
    void overlaps() {
        Translation other = translation("web", "192.168.2.128/25", "198.51.100.0/25");
        assertThat(check(GOOD, WIRE, other))
                .containsExactly(
                        "inside: 192.168.2.0/24 overlaps inside 192.168.2.128/25 of translations/web, also on devices/sw:"
                                + " an address has one meaning on a device; choose disjoint blocks or another device");
        assertThat(check(GOOD, WIRE, translation("web", "10.0.0.0/28", "192.168.3.16/28")))
                .singleElement()
                .asString()
                .startsWith("outside: 192.168.3.0/24 overlaps outside 192.168.3.16/28 of translations/web");
        assertThat(check(GOOD, WIRE, translation("web", "192.168.3.16/28", "10.0.0.0/28")))
                .singleElement()
                .asString()
                .startsWith("outside: 192.168.3.0/24 overlaps inside 192.168.3.16/28");
        assertThat(check(translation("t", "192.168.2.0/24", "192.168.2.0/24"), WIRE))
                .containsExactly("outside: 192.168.2.0/24 overlaps inside 192.168.2.0/24: choose a block that hosts do"
                        + " not use");
        Translation elsewhere = new Translation(
                "web",
                Kind.STATIC,
                other.inside(),
                other.outside(),
                List.of(),
                List.of(),
                List.of("sw2"),
                Announce.none(),
                false);
        assertThat(check(GOOD, WIRE, elsewhere)).isEmpty();
    }

    @Test
    void pairs() {
        assertThat(check(translation("t", "192.168.2.0/24", "192.168.3.0/25"), WIRE))
                .containsExactly("outside: 192.168.3.0/25 is a /25 but inside 192.168.2.0/24 is a /24: STATIC maps one"
                        + " to one; write a /24");
        assertThat(check(translation("t", "192.168.2.0/24", "2001:db8::/24"), WIRE))
                .containsExactly("outside: 2001:d00::/24 is IPv6 but inside 192.168.2.0/24 is IPv4: STATIC keeps the"
                        + " family; write an IPv4 block");
    }

    @Test
    void specialBlocks() {
        for (String special :
                List.of("224.1.0.0/24", "127.0.0.0/24", "169.254.3.0/24", "0.0.0.0/24", "255.255.255.0/24")) {
            assertThat(check(translation("t", special, "192.168.3.0/24"), WIRE))
                    .singleElement()
                    .asString()
                    .startsWith("inside: " + special + " contains ")
                    .endsWith("which no host may have: choose a unicast block");
        }
        for (String special : List.of("ff02::/64", "fe80::/64", "::/64")) {
            assertThat(check(translation("t", "2001:db8::/64", special), WIRE))
                    .singleElement()
                    .asString()
                    .startsWith("outside: " + special + " contains ");
        }
        assertThat(check(translation("t", "192.0.0.0/2", "64.0.0.0/2"), WIRE)).hasSize(2);
    }

    @Test
    void swallowedAddresses() {
        assertThat(check(GOOD, WIRE, neighbor("isp", "192.168.3.1")))
                .containsExactly("outside: 192.168.3.0/24 contains 192.168.3.1, the address of neighbors/isp, which"
                        + " would become unreachable: leave it out of the block");
        assertThat(check(neighbor("isp", "192.168.3.1"), WIRE, GOOD))
                .containsExactly("address: 192.168.3.1 lies in outside 192.168.3.0/24 of translations/t, so it would"
                        + " become unreachable: use another address of that router");
        Translation overGateway = new Translation(
                "t",
                Kind.STATIC,
                IpPrefix.valueOf("10.0.0.0/29"),
                IpPrefix.valueOf("203.0.113.0/29"),
                List.of(),
                List.of(),
                List.of("r"),
                Announce.none(),
                false);
        assertThat(check(overGateway, ROUTER))
                .containsExactly(
                        "outside: 203.0.113.0/29 contains 203.0.113.2, the address of a gateway of port p2 of"
                                + " devices/r, which would become unreachable: leave it out of the block",
                        "outside: 203.0.113.0/29 contains 203.0.113.1, the address of a next hop of devices/r, which"
                                + " would become unreachable: leave it out of the block");
        assertThat(check(ROUTER, overGateway))
                .containsExactly(
                        "ports[1].gateways[0]: 203.0.113.2 lies in outside 203.0.113.0/29 of translations/t, so it would"
                                + " become unreachable: choose another address",
                        "routes[0].next_hop: 203.0.113.1 lies in outside 203.0.113.0/29 of translations/t, so it would"
                                + " become unreachable: choose another address");
    }

    @Test
    void devicesOfTranslations() {
        assertThat(check(with(List.of(), List.of(), List.of("x", "sw", "sw"), Announce.none()), WIRE))
                .containsExactly(
                        "devices[0]: unknown device devices/x: create it first, or name one of sw",
                        "devices[2]: devices/sw is listed twice: leave one out");
        assertThat(check(with(List.of(), List.of(), List.of(), Announce.none()), WIRE))
                .containsExactly("devices: names no device: name at least one that translates, like devices/ID");
    }

    @Test
    void gatewaysAndExemptions() {
        assertThat(check(
                        with(
                                List.of("10.0.0.0/8", "2001:db8::/32"),
                                List.of("192.168.2.1", "192.168.9.1", "192.168.2.1", "fe80::1"),
                                List.of("sw"),
                                Announce.none()),
                        WIRE))
                .containsExactly(
                        "exempt_destinations[1]: 2001:db8::/32 is IPv6 but the blocks are IPv4: hosts never reach it;"
                                + " leave it out",
                        "gateways[1]: 192.168.9.1 is not within inside 192.168.2.0/24: write the address by which hosts"
                                + " know their router",
                        "gateways[2]: 192.168.2.1 is listed twice: leave one out",
                        "gateways[3]: fe80::1 is IPv6 but the blocks are IPv4: write an IPv4 address within inside");
        Translation routed = with(List.of(), List.of("192.168.2.1"), List.of("r"), Announce.none());
        assertThat(check(routed, ROUTER))
                .containsExactly("gateways: devices/r is ROUTED: gateways are for TRANSPARENT devices only; leave them"
                        + " out (a ROUTED device has ports[].gateways)");
        assertThat(check(ROUTER, routed)).singleElement().asString().startsWith("mode: translations/t has gateways");
    }

    @Test
    void announcements() {
        Announce bad = new Announce(
                Announce.Routes.AGGREGATE,
                Optional.of(IpAddress.valueOf("192.168.3.1")),
                List.of("65000:100", "65536:1", "x"),
                List.of("isp", "nobody"));
        assertThat(check(with(List.of(), List.of(), List.of("sw"), bad), WIRE, neighbor("isp", "203.0.113.1")))
                .containsExactly(
                        "announce.next_hop: 192.168.3.1 lies in outside 192.168.3.0/24, so the route would lead to"
                                + " itself: name an address outside of it",
                        "announce.communities[1]: community 65536:1: 65536 is more than 65535; a large community (RFC"
                                + " 8092) has three numbers of 32 bits",
                        "announce.communities[2]: \"x\" is not a community: write 65000:100 (RFC 1997) or 65000:1:2 (RFC"
                                + " 8092)",
                        "announce.neighbors[1]: unknown neighbor neighbors/nobody: create it first, or name one of isp");
        Announce family = new Announce(
                Announce.Routes.AGGREGATE, Optional.of(IpAddress.valueOf("2001:db8::1")), List.of(), List.of());
        assertThat(check(with(List.of(), List.of(), List.of("sw"), family), WIRE))
                .singleElement()
                .asString()
                .startsWith("announce.next_hop: 2001:db8::1 is IPv6 but the blocks are IPv4");
    }

    @Test
    void portsOfDevices() {
        assertThat(check(device("sw", 1, Device.Mode.TRANSPARENT, List.of())))
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
    void portsThatTheDeviceHas() {
        Capabilities known = new Capabilities(
                5,
                "",
                "",
                "",
                Set.of(),
                new TreeMap<>(),
                List.of(new Capabilities.Port(1, "p1", "", true), new Capabilities.Port(2, "eth2", "", true)));
        Stored stored = new Stored(Map.of(), Map.of(), Map.of(), Map.of("sw", known));
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

    @Test
    void neighbors() {
        Neighbor bad = new Neighbor(
                "n",
                IpAddress.valueOf("224.0.0.1"),
                0,
                0,
                23456,
                Optional.of(IpAddress.valueOf("2001:db8::1")),
                Optional.of(IpAddress.valueOf("2001:db8::1")),
                Duration.ofSeconds(2),
                Optional.of("x".repeat(81)));
        assertThat(check(bad))
                .containsExactly(
                        "address: 224.0.0.1 is one of the multicast (RFC 5771) addresses, 224.0.0.0/4: write a unicast"
                                + " address",
                        "port: 0 is not a TCP port: write 1 to 65535, or leave it out for 179",
                        "local_as: 0 is not an AS number: write 1 to 4294967295 (RFC 6793)",
                        "peer_as: 23456 stands for AS numbers of more than 16 bits (RFC 6793): write the real one",
                        "router_id: 2001:db8::1 is not a BGP identifier: write it like 10.0.0.1 (RFC 6286)",
                        "local_address: 2001:db8::1 is IPv6 but address 224.0.0.1 is IPv4: write one of that family, or"
                                + " leave it out",
                        "hold_time: 2s is not a hold time: write 0s, or 3s to 65535s (RFC 4271, section 4.2)",
                        "password: has 81 bytes: TCP MD5 takes 80 at most");
        assertThat(check(neighbor("a", "203.0.113.1"), neighbor("b", "203.0.113.1")))
                .containsExactly("address: 203.0.113.1 is the address of neighbors/b: there is one session a neighbour;"
                        + " change that one");
    }
}
