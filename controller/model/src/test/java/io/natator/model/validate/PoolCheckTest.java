package io.natator.model.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Every refusal of a pool, and of the links to software switches. */
class PoolCheckTest {
    private static final Device SWITCH = device("ss", 9);
    private static final Device EDGE =
            device("edge", 1, port("p1", Side.INSIDE), port("p2", Side.OUTSIDE), DevicePort.service("p3", "ss", "s1"));

    private static DevicePort port(String name, Side side) {
        return new DevicePort(name, side, Optional.empty(), List.of(), Optional.empty());
    }

    private static Device device(String id, long datapath, DevicePort... ports) {
        return new Device(
                id,
                datapath,
                Device.Mode.TRANSPARENT,
                Device.Profile.AUTO,
                List.of(ports),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    /** A pool with NAPT's ports, limits and forwards. */
    private static Pool ports(
            int first, int last, int perHost, int block, boolean deterministic, Timers timers, Forward... forwards) {
        return Pool.DEFAULT
                .but()
                .firstPort(first)
                .lastPort(last)
                .portsPerHost(perHost)
                .portBlock(block)
                .deterministic(deterministic)
                .forwards(List.of(forwards))
                .timers(timers)
                .build();
    }

    private static Pool dynamic(List<IpPrefix> also, Duration sticky, Duration idle, Reservation... reservations) {
        return Pool.DEFAULT
                .but()
                .also(also)
                .filtering(Pool.Filtering.ENDPOINT_INDEPENDENT)
                .reservations(List.of(reservations))
                .sticky(sticky)
                .idle(idle)
                .build();
    }

    private static Translation translation(Kind kind, String inside, String outside, Pool pool) {
        return new Translation(
                "t",
                kind,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                List.of(),
                List.of(),
                List.of("edge"),
                Announce.none(),
                false,
                pool);
    }

    private static Translation napt(Pool pool) {
        return translation(Kind.NAPT, "10.0.0.0/16", "198.51.100.0/30", pool);
    }

    private static Forward forward(int protocol, String outside, int outsidePort, String inside, int insidePort) {
        return new Forward(protocol, IpAddress.valueOf(outside), outsidePort, IpAddress.valueOf(inside), insidePort);
    }

    private static List<String> check(Object candidate, Object... others) {
        Map<String, Device> devices = new TreeMap<>(Map.of("edge", EDGE, "ss", SWITCH));
        Map<String, Translation> translations = new TreeMap<>();
        List<Object> all = new ArrayList<>(Arrays.asList(others));
        all.add(candidate);
        for (Object o : all) {
            if (o instanceof Device d) {
                devices.put(d.id(), d);
            } else if (o instanceof Translation t) {
                translations.put(t.id(), t);
            }
        }
        Stored stored = new Stored(devices, translations, Map.of(), Map.of(), Map.of());
        List<Violation> violations = candidate instanceof Device d
                ? Validator.check(d, stored)
                : Validator.check((Translation) candidate, stored);
        return violations.stream().map(v -> v.field() + ": " + v.message()).toList();
    }

    @Test
    void goodOnesPass() {
        assertThat(check(napt(Pool.DEFAULT))).isEmpty();
        assertThat(check(napt(ports(
                        1024,
                        65535,
                        1000,
                        100,
                        false,
                        Timers.DEFAULT,
                        forward(6, "198.51.100.3", 80, "10.0.9.9", 8080)))))
                .isEmpty();
        // 65536 hosts, 4 addresses: 16384 hosts an address, and 64512 ports.
        assertThat(check(napt(ports(1024, 65535, 0, 0, true, Timers.DEFAULT)))).isEmpty();
        assertThat(check(translation(
                        Kind.DYNAMIC,
                        "10.0.0.0/16",
                        "198.51.100.0/28",
                        dynamic(List.of(), Duration.ofDays(1), Duration.ofMinutes(1)))))
                .isEmpty();
        assertThat(check(translation(Kind.NAPT, "2001:db8:1::/64", "2001:db8:2::/124", Pool.DEFAULT)))
                .containsExactly("inside: 2001:db8:1::/64 is IPv6, and NAPT is for IPv4, where addresses are scarce:"
                        + " set kind to STATIC, or to NAT64 if the outside is IPv4");
        assertThat(check(EDGE)).isEmpty();
        assertThat(check(SWITCH)).isEmpty();
    }

    @Test
    void aPoolHasEachAddressOnce() {
        Pool pool = dynamic(
                List.of(
                        IpPrefix.valueOf("198.51.100.0/30"),
                        IpPrefix.valueOf("10.0.0.0/24"),
                        IpPrefix.valueOf("203.0.0.0/15"),
                        IpPrefix.valueOf("2001:db8::/120")),
                Duration.ZERO,
                Duration.ofSeconds(1));
        assertThat(check(translation(Kind.DYNAMIC, "10.0.0.0/16", "198.51.100.0/29", pool)))
                .containsExactly(
                        "pool.also[3]: 2001:db8::/120 is IPv6 but inside 10.0.0.0/16 is IPv4: DYNAMIC keeps the family;"
                                + " write an IPv4 block",
                        "pool.also[0]: 198.51.100.0/30 overlaps 198.51.100.0/29 of the same pool: an address is given"
                                + " away once",
                        "pool.also[1]: 10.0.0.0/24 overlaps inside 10.0.0.0/16: choose a block that hosts do not use",
                        "pool.also: the pool has 131596 addresses; no more than 65536 are given away one by one: choose"
                                + " longer prefixes");
    }

    @Test
    void poolsDoNotShareAddressesWithOthers() {
        Translation other = new Translation(
                "other",
                Kind.NAPT,
                IpPrefix.valueOf("10.9.0.0/16"),
                IpPrefix.valueOf("198.51.100.16/28"),
                List.of(),
                List.of(),
                List.of("edge"),
                Announce.none(),
                false,
                dynamic(List.of(IpPrefix.valueOf("198.51.100.0/31")), Duration.ZERO, Duration.ofSeconds(1)));
        assertThat(check(napt(Pool.DEFAULT), other))
                .containsExactly(
                        "outside: 198.51.100.0/30 overlaps outside 198.51.100.0/31 of translations/other, also on"
                                + " devices/edge: an address has one meaning on a device; choose disjoint blocks or"
                                + " another device");
    }

    @Test
    void portsAreInOrderAndLimitsWithinThem() {
        assertThat(check(napt(ports(0, 70000, 70000, -1, true, Timers.DEFAULT))))
                .containsExactly(
                        "pool.first_port: 0 is out of range: write 1 to 65535",
                        "pool.last_port: 70000 is out of range: write 1 to 65535",
                        "pool.ports_per_host: 70000 is out of range: write up to 65535",
                        "pool.port_block: 4294967295 is out of range: write up to 65535");
        assertThat(check(napt(ports(2000, 1000, 0, 0, false, Timers.DEFAULT))))
                .containsExactly("pool.last_port: 1000 is less than first_port 2000: write the lower one first");
        assertThat(check(napt(ports(1000, 1999, 600, 1001, false, Timers.DEFAULT))))
                .containsExactly(
                        "pool.port_block: 1001 is more than the 1000 ports from first_port 1000 to last_port 1999: write"
                                + " less",
                        "pool.ports_per_host: 600 is less than port_block 1001, so no host would get a whole block:"
                                + " write a multiple of 1001");
    }

    @Test
    void deterministicModeNeedsAPortForEachHost() {
        Translation large = translation(
                Kind.NAPT, "10.0.0.0/8", "198.51.100.0/30", ports(1024, 65535, 0, 64, true, Timers.DEFAULT));
        assertThat(check(large))
                .containsExactly(
                        "pool.deterministic: inside 10.0.0.0/8 has 16777216 hosts and the pool 4 addresses of 64512"
                                + " ports, not one for each host: choose a smaller inside block, add outside prefixes in"
                                + " pool.also, or leave deterministic out",
                        "pool.port_block: deterministic mode gives each host ports of its own: leave one of the two"
                                + " out");
    }

    @Test
    void forwardsLeadFromThePoolToTheHosts() {
        Forward good = forward(6, "198.51.100.1", 8080, "10.0.0.1", 80);
        assertThat(check(napt(ports(
                        1024,
                        65535,
                        0,
                        0,
                        true,
                        Timers.DEFAULT,
                        good,
                        good,
                        forward(17, "198.51.100.9", 53, "10.9.0.1", 53),
                        forward(17, "198.51.100.0", 0, "10.0.0.1", 53)))))
                .containsExactly(
                        "pool.forwards[0].outside_port: 8080 is one of the ports from first_port 1024 to last_port 65535"
                                + " that deterministic mode gives away: choose another, or other limits",
                        "pool.forwards[1]: TCP port 8080 of 198.51.100.1 is forwarded already: a port leads to one host;"
                                + " leave one out",
                        "pool.forwards[1].outside_port: 8080 is one of the ports from first_port 1024 to last_port 65535"
                                + " that deterministic mode gives away: choose another, or other limits",
                        "pool.forwards[2].inside: 10.9.0.1 is not within inside 10.0.0.0/16: name a host of this"
                                + " translation",
                        "pool.forwards[2].outside: 198.51.100.9 is not in the pool 198.51.100.0/30: name an address of"
                                + " it, or add its prefix to pool.also",
                        "pool.forwards[3].outside_port: 0 is out of range: write 1 to 65535");
    }

    @Test
    void reservationsAreOneToOne() {
        IpAddress host = IpAddress.valueOf("10.0.0.1");
        IpAddress outside = IpAddress.valueOf("198.51.100.1");
        Pool pool = dynamic(
                List.of(),
                Duration.ofDays(8),
                Duration.ZERO,
                new Reservation(host, outside),
                new Reservation(host, IpAddress.valueOf("198.51.100.2")),
                new Reservation(IpAddress.valueOf("10.0.0.2"), outside));
        assertThat(check(translation(Kind.DYNAMIC, "10.0.0.0/16", "198.51.100.0/30", pool)))
                .containsExactly(
                        "pool.reservations[1].inside: 10.0.0.1 has a reservation already: keep one",
                        "pool.reservations[2].outside: 198.51.100.1 is reserved already: an address is one host's;"
                                + " choose another",
                        "pool.sticky: 691200 s is out of range: write 0s to 604800s",
                        "pool.idle: 0 s is out of range: write 1s to 604800s");
    }

    @Test
    void timersHaveLimits() {
        Timers timers = new Timers(Duration.ZERO, Duration.ofDays(8), Duration.ofMillis(999), Duration.ofSeconds(1));
        assertThat(check(napt(ports(1024, 65535, 0, 0, false, timers))))
                .containsExactly(
                        "pool.timers.udp: 0 s is out of range: write 1s to 604800s",
                        "pool.timers.tcp_established: 691200 s is out of range: write 1s to 604800s",
                        "pool.timers.tcp_transitory: 0 s is out of range: write 1s to 604800s");
    }

    @Test
    void whatIsForStaticOnesIsRefused() {
        Translation translation = new Translation(
                "t",
                Kind.NAPT,
                IpPrefix.valueOf("10.0.0.0/16"),
                IpPrefix.valueOf("198.51.100.0/30"),
                List.of(),
                List.of(IpAddress.valueOf("10.0.0.1")),
                List.of("ss"),
                Announce.none(),
                true,
                Pool.DEFAULT);
        assertThat(check(translation))
                .containsExactly(
                        "gateways: NAPT gives routers no other addresses: gateways are for STATIC; leave them out",
                        "devices[0]: devices/ss lists no ports, so it only serves other devices: name the device whose"
                                + " SERVICE port leads there, or list its INSIDE and OUTSIDE ports",
                        "per_host_rules: NAPT is done by sessions, not by rules a host: leave it out");
    }

    @Test
    void aLinkHasTwoEnds() {
        assertThat(check(device(
                        "other",
                        2,
                        port("p1", Side.INSIDE),
                        port("p2", Side.OUTSIDE),
                        DevicePort.service("p3", "nosuch", "s1"),
                        DevicePort.service("p4", "other", "s1"),
                        DevicePort.service("p5", "edge", "p1"),
                        DevicePort.service("p6", "ss", "s1"),
                        DevicePort.service("p7", "ss", "s2"),
                        DevicePort.service("p8", "ss", "s2"))))
                .containsExactly(
                        "ports[2].software_switch: unknown device devices/nosuch: create it first, or name one of edge,"
                                + " other, ss",
                        "ports[3].software_switch: a device does not serve itself: what a software switch can do, it"
                                + " does without; leave it out",
                        "ports[4].software_switch: devices/edge has SERVICE ports itself: name a software switch that"
                                + " does its work alone",
                        "ports[4].software_switch_port: port p1 of devices/edge is listed there, so it leads elsewhere:"
                                + " name the port at the other end of p5",
                        "ports[5].software_switch_port: port s1 of devices/ss is named by devices/edge, too: a link has"
                                + " two ends; use a port each",
                        "ports[7].software_switch_port: port s2 of devices/ss is named by another port of this device,"
                                + " too: a link has two ends; use a port each");
        assertThat(check(device(
                        "ss",
                        9,
                        port("s1", Side.INSIDE),
                        port("s2", Side.OUTSIDE),
                        DevicePort.service("s3", "edge", "x"))))
                .contains(
                        "ports[0].port: a SERVICE port of devices/edge leads to s1: leave it out, or change that device",
                        "ports[2].side: devices/edge has SERVICE ports that lead here: a software switch that serves"
                                + " others does its work alone; leave it out");
    }
}
