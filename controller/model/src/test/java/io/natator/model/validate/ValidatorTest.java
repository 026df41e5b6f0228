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
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import io.natator.model.peering.AddressFamily;
import io.natator.model.peering.Bfd;
import io.natator.model.peering.ExportPolicy;
import io.natator.model.peering.Features;
import io.natator.model.peering.GracefulRestart;
import io.natator.model.peering.ImportPolicy;
import io.natator.model.peering.Peering;
import io.natator.model.peering.PrefixRange;
import io.natator.model.peering.Transport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
        return new Neighbor(id, IpAddress.valueOf(address), 179, Peering.between(65000, 65001));
    }

    private static Stored stored(Object... resources) {
        return new Stored(
                map(resources, Device.class, Device::id),
                map(resources, Translation.class, Translation::id),
                map(resources, Neighbor.class, Neighbor::id),
                map(resources, PeerGroup.class, PeerGroup::id),
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
                        "announce.communities[2]: \"x\" is not a community: write 65000:100 (RFC 1997), 65000:1:2 (RFC"
                                + " 8092), or rt:65000:100 (RFC 4360)",
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

    @Test
    void neighbors() {
        Neighbor bad = new Neighbor(
                "n",
                IpAddress.valueOf("224.0.0.1"),
                0,
                new Peering(
                        0,
                        23456,
                        Optional.of(IpAddress.valueOf("2001:db8::1")),
                        Duration.ofSeconds(2),
                        true,
                        "é".repeat(128),
                        Transport.DEFAULT.from(IpAddress.valueOf("2001:db8::1")).signed(Optional.of("x".repeat(81))),
                        Features.DEFAULT,
                        ImportPolicy.DEFAULT,
                        ExportPolicy.DEFAULT,
                        Bfd.DEFAULT));
        assertThat(check(bad))
                .containsExactly(
                        "address: 224.0.0.1 is one of the multicast (RFC 5771) addresses, 224.0.0.0/4: write a unicast"
                                + " address",
                        "port: 0 is not a TCP port: write 1 to 65535, or leave it out for 179",
                        "local_as: 0 is not an AS number: write 1 to 4294967295 (RFC 6793)",
                        "peer_as: 23456 stands for AS numbers of more than 16 bits (RFC 6793): write the real one",
                        "local_address: 2001:db8::1 is IPv6 but address 224.0.0.1 is IPv4: write one of that family, or"
                                + " leave it out",
                        "router_id: 2001:db8::1 is not a BGP identifier: write it like 10.0.0.1 (RFC 6286)",
                        "hold_time: 2s is not a hold time: write 0s, or 3s to 65535s (RFC 4271, section 4.2)",
                        "password: has 81 bytes: TCP MD5 takes 80 at most",
                        "shutdown_text: has 256 bytes: RFC 9003 takes 255 at most");
        assertThat(check(neighbor("a", "203.0.113.1"), neighbor("b", "203.0.113.1")))
                .containsExactly("address: 203.0.113.1 is the address of neighbors/b: there is one session a neighbour;"
                        + " change that one");
    }

    private static List<String> checkPeering(Peering peering) {
        return check(new Neighbor("n", IpAddress.valueOf("203.0.113.1"), 179, peering));
    }

    @Test
    void transportsOfNeighbors() {
        Transport bad = new Transport(
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalInt.of(255),
                OptionalInt.of(256),
                Optional.of("eth0/1"),
                Optional.of(Duration.ofMillis(500)),
                Optional.of(Duration.ofHours(2)));
        assertThat(checkPeering(Peering.between(65000, 65001).with(bad)))
                .containsExactly(
                        "transport.ttl_security_hops: 255 is not hops: write 1 to 254",
                        "transport.multihop_ttl: 256 is not a TTL: write 1 to 255",
                        "transport.multihop_ttl: excludes ttl_security_hops, which sends with TTL 255 (RFC 5082):"
                                + " leave one out",
                        "transport.bind_device: \"eth0/1\" is not the name of a network interface: write 1 to 15"
                                + " characters, none of them a blank, '/' or ':'",
                        "transport.keep_alive: 0.5s is out of range: write 1s to 32767s",
                        "transport.user_timeout: 2h is out of range: write 0.1s to 3600s");
        assertThat(checkPeering(Peering.between(65000, 65001)
                        .with(Transport.DEFAULT.within(1).signed(Optional.of("x".repeat(80))))))
                .isEmpty();
        assertThat(checkPeering(Peering.between(65000, 65001).with(Transport.DEFAULT.multihop(255))))
                .isEmpty();
    }

    @Test
    void featuresOfNeighbors() {
        Features none = new Features(
                List.of(), false, false, new GracefulRestart(true, Duration.ofSeconds(4096), Duration.ofDays(200)));
        assertThat(checkPeering(Peering.between(65000, 65001).with(none)))
                .containsExactly(
                        "capabilities.families: is empty: name ipv4-unicast, ipv6-unicast, or leave it out for both",
                        "capabilities.graceful_restart.restart_time: 1h8m16s is out of range: write 1s to 4095s"
                                + " (RFC 4724, section 3)",
                        "capabilities.graceful_restart.long_lived_stale_time: 4800h is out of range: write 0s to"
                                + " 16777215s (RFC 9494, section 3.1)");
        Features twice = new Features(
                List.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV4_UNICAST),
                true,
                true,
                new GracefulRestart(false, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThat(checkPeering(Peering.between(65000, 65001).with(twice)))
                .containsExactly(
                        "capabilities.families[1]: ipv4-unicast is listed twice: leave one out",
                        "capabilities.graceful_restart.long_lived_stale_time: needs graceful restart (RFC 9494,"
                                + " section 4.1): enable that, or leave this out");
    }

    @Test
    void policiesOfNeighbors() {
        ExportPolicy bad = new ExportPolicy(
                List.of(
                        new PrefixRange(IpPrefix.valueOf("198.51.100.0/24"), 23, 32),
                        new PrefixRange(IpPrefix.valueOf("198.51.100.0/24"), 28, 27),
                        new PrefixRange(IpPrefix.valueOf("2001:db8::/32"), 128, 128)),
                List.of(),
                OptionalLong.of(1L << 32),
                OptionalLong.of(7),
                17,
                0);
        assertThat(checkPeering(Peering.between(65000, 65001).with(bad).with(new ImportPolicy(-1, true))))
                .containsExactly(
                        "import_policy.max_prefixes: is negative: write a number, or leave it out for no limit",
                        "export_policy.allowed_prefixes[0].ge: 23 is no length of prefixes within 198.51.100.0/24:"
                                + " write 24 to 32",
                        "export_policy.allowed_prefixes[1].le: 27 is no length of prefixes within 198.51.100.0/24:"
                                + " write 28 to 32",
                        "export_policy.med: 4294967296 does not fit: write 0 to 4294967295",
                        "export_policy.local_preference: is only told within an AS (RFC 4271, section 5.1.5), and AS"
                                + " 65001 is another: leave it out",
                        "export_policy.prepend_count: 17 is not a number of AS numbers: write 0 to 16",
                        "export_policy.max_routes: 0 is not a number of routes: write 1 to 1048576");
    }

    @Test
    void bfdOfNeighbors() {
        Bfd bad = new Bfd(
                false,
                Duration.ofMillis(49),
                Duration.ofSeconds(61),
                0,
                false,
                true,
                Optional.of(new Bfd.Authentication(Bfd.AuthenticationType.KEYED_MD5, 256, "x".repeat(17))));
        assertThat(checkPeering(Peering.between(65000, 65001).with(bad)))
                .containsExactly(
                        "bfd_auth_key: has 17 bytes: KEYED_MD5 takes 1 to 16",
                        "bfd.min_tx: 0.049s is out of range: write 0.050s to 60s",
                        "bfd.min_rx: 1m1s is out of range: write 0.050s to 60s",
                        "bfd.multiplier: 0 is not a detection multiplier (RFC 5880, section 4.1): write 1 to 255",
                        "bfd.strict: needs BFD: set bfd.enabled, or leave it out",
                        "bfd.auth_key_id: 256 is not a key id (RFC 5880, section 4.2): write 0 to 255");
    }

    private static List<String> check(PeerGroup candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    private static PeerGroup group(String id, long peerAs, String... dynamic) {
        return new PeerGroup(
                id, Arrays.stream(dynamic).map(IpPrefix::valueOf).toList(), 100, Peering.between(65000, peerAs));
    }

    @Test
    void peerGroups() {
        assertThat(check(group("tor", 0))).isEmpty();
        assertThat(check(group("tor", 65001, "10.0.0.0/24", "2001:db8::/64"), group("spine", 65002, "10.0.1.0/24")))
                .isEmpty();
        assertThat(check(
                        group("a-rather-long-name-indeed", 0, "10.0.0.0/25", "192.168.3.0/28"),
                        group("spine", 65002, "10.0.0.0/24"),
                        GOOD,
                        WIRE))
                .containsExactly(
                        "name: is longer than 23 characters, which those have that are followed by an address in the"
                                + " names of dynamic neighbours: choose a shorter one",
                        "dynamic_prefixes[0]: 10.0.0.0/25 overlaps 10.0.0.0/24 of peerGroups/spine: whoever calls"
                                + " belongs to one group; choose disjoint prefixes",
                        "dynamic_prefixes[1]: 192.168.3.0/28 overlaps outside 192.168.3.0/24 of translations/t, so"
                                + " neighbours would become unreachable: choose another prefix",
                        "peer_as: 0 is not an AS number: write 1 to 4294967295 (RFC 6793)");
        assertThat(check(GOOD, WIRE, group("tor", 65001, "192.168.0.0/16")))
                .containsExactly("outside: 192.168.3.0/24 overlaps 192.168.0.0/16, from where neighbours of"
                        + " peerGroups/tor call, which would become unreachable: choose another block");
    }

    @Test
    void namesDynamicNeighboursByTheirAddress() {
        PeerGroup group = group("tor", 65001, "10.0.0.0/24", "2001:db8::/64");
        assertThat(group.admits(IpAddress.valueOf("10.0.0.7"))).isTrue();
        assertThat(group.admits(IpAddress.valueOf("10.0.1.7"))).isFalse();
        for (String address : List.of("10.0.0.7", "2001:db8::7", "2001:db8::", "2001:db8:0:0:ffff:ffff:ffff:ffff")) {
            Neighbor neighbor = group.dynamic(IpAddress.valueOf(address));
            assertThat(check(neighbor)).as(neighbor.id()).isEmpty();
            assertThat(neighbor.peering().transport().passive()).isTrue();
        }
        assertThat(group.dynamic(IpAddress.valueOf("10.0.0.7")).id()).isEqualTo("tor-10-0-0-7");
    }

    @Test
    void twoTranslationsCannotAnnounceOneAddress() {
        Device other = device("other", 2, Device.Mode.TRANSPARENT, WIRE.ports());
        Announce hosts = new Announce(Announce.Routes.HOST_ROUTES, Optional.empty(), List.of(), List.of());
        Translation here = with(List.of(), List.of(), List.of("sw"), hosts);
        Translation there = withId("u", with(List.of(), List.of(), List.of("other"), hosts));
        assertThat(check(there, here, WIRE, other))
                .containsExactly(
                        "outside: 192.168.3.0/24 overlaps outside 192.168.3.0/24 of translations/t, and both are"
                                + " announced: name the devices of both in one translation, choose disjoint blocks, or set"
                                + " announce.routes of one to NONE");
        assertThat(check(there, GOOD, WIRE, other)).isEmpty();
    }

    private static Translation withId(String id, Translation t) {
        return new Translation(
                id,
                t.kind(),
                t.inside(),
                t.outside(),
                t.exemptDestinations(),
                t.gateways(),
                t.devices(),
                t.announce(),
                t.perHostRules());
    }
}
