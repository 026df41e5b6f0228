package io.natator.model.validate;

import static io.natator.model.validate.Checked.GOOD;
import static io.natator.model.validate.Checked.ROUTER;
import static io.natator.model.validate.Checked.WIRE;
import static io.natator.model.validate.Checked.check;
import static io.natator.model.validate.Checked.device;
import static io.natator.model.validate.Checked.neighbor;
import static io.natator.model.validate.Checked.translation;
import static io.natator.model.validate.Checked.with;
import static io.natator.model.validate.Checked.withId;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Every refusal of a translation, with the field that it names and what it tells the user to do. */
class TranslationCheckTest {
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
                .containsExactly("inside: 192.168.2.0/24 overlaps inside 192.168.2.128/25 of translations/web:"
                        + " only a software switch knows by which address a flow came: give devices/sw a SERVICE port that"
                        + " leads to one, or choose disjoint blocks");
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
                .startsWith("announce.next_hop: 2001:db8::1 is IPv6 but outside is IPv4");
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
}
