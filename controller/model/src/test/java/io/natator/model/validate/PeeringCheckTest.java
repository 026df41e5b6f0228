package io.natator.model.validate;

import static io.natator.model.validate.Checked.GOOD;
import static io.natator.model.validate.Checked.WIRE;
import static io.natator.model.validate.Checked.check;
import static io.natator.model.validate.Checked.checkPeering;
import static io.natator.model.validate.Checked.group;
import static io.natator.model.validate.Checked.neighbor;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Every refusal of a neighbour or peer group, with the field that it names and what it tells the user to do. */
class PeeringCheckTest {
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
}
