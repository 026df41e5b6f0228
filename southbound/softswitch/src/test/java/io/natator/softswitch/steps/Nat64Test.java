package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Nat64Parties.HOST;
import static io.natator.softswitch.steps.Nat64Parties.OTHER;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE_6;
import static io.natator.softswitch.steps.Nat64Parties.SERVER;
import static io.natator.softswitch.steps.Nat64Parties.SERVER_6;
import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.Pools.oneOfNat64;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** RFC 6146: IPv6 hosts share the ports of IPv4 addresses. */
class Nat64Test {
    @Test
    void leavesAsIpv4AndComesBackAsIpv6() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            assertThat(bench.outText(udp(HOST, 3000, SERVER_6, 53))).isEqualTo("udp 198.51.100.1:3000 > 192.0.2.1:53");
            assertThat(bench.inText(udp(SERVER, 53, OUTSIDE, 3000)))
                    .isEqualTo("udp 64:ff9b::c000:201:53 > 2001:db8:1::5:3000");
            assertThat(bench.inText(udp(SERVER, 53, OUTSIDE, 3001))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
            assertThat(bench.translator.hosts()).isEqualTo(1);
            bench.pass(1000);
            assertThat(bench.translator.hosts()).isZero();
            assertThat(bench.inText(udp(SERVER, 53, OUTSIDE, 3000))).isEqualTo("-");
        }
    }

    @Test
    void hostsWithOnePortAreToldApart() {
        Pools pools = oneOfNat64();
        pools.pool.filtering(Filtering.ADDRESS_AND_PORT_DEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            byte[] one = bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] two = bench.out(udp(OTHER, 3000, SERVER_6, 53));
            assertThat(Bench.port(one, true)).isNotEqualTo(Bench.port(two, true));
            assertThat(bench.inText(udp(SERVER, 53, OUTSIDE, Bench.port(two, true))))
                    .endsWith("> 2001:db8:1::6:3000");
            assertThat(bench.inText(udp("192.0.2.2", 53, OUTSIDE, Bench.port(two, true))))
                    .isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_FILTERED)).isEqualTo(1);
        }
    }

    @Test
    void tcpAndItsState() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            assertThat(bench.outText(tcp(HOST, 4000, SERVER_6, 80, ACK))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NOT_A_SYN)).isEqualTo(1);
            assertThat(bench.translator.hosts()).isZero();
            assertThat(bench.outText(tcp(HOST, 4000, SERVER_6, 80, SYN)))
                    .isEqualTo("tcp 198.51.100.1:4000 > 192.0.2.1:80");
            assertThat(bench.inText(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK)))
                    .isEqualTo("tcp 64:ff9b::c000:201:80 > 2001:db8:1::5:4000");
            bench.out(tcp(HOST, 4000, SERVER_6, 80, ACK));
            assertThat(live(bench, SessionQuery.ALL))
                    .singleElement()
                    .extracting(Session::state)
                    .isEqualTo("established");
        }
    }

    @Test
    void echoByItsIdentifier() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            byte[] one = bench.out(icmp(HOST, SERVER_6, 128, 7700));
            assertThat(Bench.text(one)).isEqualTo("icmp 8 198.51.100.1 > 192.0.2.1 id 7700");
            byte[] two = bench.out(icmp(OTHER, SERVER_6, 128, 7700));
            int id = io.natator.packet.Bytes.u16(two, 38);
            assertThat(id).isNotEqualTo(7700);
            assertThat(bench.inText(icmp(SERVER, OUTSIDE, 0, id)))
                    .isEqualTo("icmp 129 64:ff9b::c000:201 > 2001:db8:1::6 id 7700");
            assertThat(bench.inText(icmp(SERVER, OUTSIDE, 8, id))).isEqualTo("-");
            assertThat(bench.outText(icmp(HOST, SERVER_6, 129, 7700))).isEqualTo("-");
            assertThat(bench.outText(icmp(HOST, SERVER_6, 130, 7700))).isEqualTo("-"); // multicast listener query
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(3);
        }
    }

    @Test
    void otherProtocolsIfThePoolSaysSo() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            assertThat(bench.outText(Packets.ip(HOST, SERVER_6, 47, new byte[16])))
                    .isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_PROTOCOL)).isEqualTo(1);
        }
        Pools pools = oneOfNat64();
        pools.pool.otherProtocols(OtherProtocols.ADDRESS_ONLY);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.outText(Packets.ip(HOST, SERVER_6, 47, new byte[16])))
                    .isEqualTo("47 198.51.100.1 > 192.0.2.1");
            assertThat(bench.inText(Packets.ip(SERVER, OUTSIDE, 47, new byte[16])))
                    .isEqualTo("47 64:ff9b::c000:201 > 2001:db8:1::5");
            // ICMP does not belong in IPv6.
            assertThat(bench.outText(Packets.ip(HOST, SERVER_6, 1, new byte[16])))
                    .isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_PROTOCOL)).isEqualTo(1);
        }
    }

    @Test
    void anyPrefixThatHoldsAddresses() {
        List<String> prefixes = List.of(
                "2001:db8::/32",
                "2001:db8:ff00::/40",
                "2001:db8:ffff::/48",
                "2001:db8:ffff:ff00::/56",
                "64:ff9b:1::/64");
        List<String> servers = List.of(
                "2001:db8:c000:201::",
                "2001:db8:ffc0:2:1::",
                "2001:db8:ffff:c000:2:100::",
                "2001:db8:ffff:ffc0:0:201::",
                "64:ff9b:1:0:c0:2:100:0");
        for (int i = 0; i < prefixes.size(); i++) {
            Pools pools = oneOfNat64();
            pools.inside = "2001:db9::/64";
            pools.pref64(prefixes.get(i));
            try (Bench bench = new Bench(pools.share())) {
                byte[] sent = udp("2001:db9::5", 3000, servers.get(i), 53);
                assertThat(bench.outText(sent)).isEqualTo("udp 198.51.100.1:3000 > 192.0.2.1:53");
                byte[] back = bench.in(udp(SERVER, 53, OUTSIDE, 3000));
                assertThat(back).isEqualTo(udp(servers.get(i), 53, "2001:db9::5", 3000));
            }
        }
    }

    @Test
    void whatIsNotFromInsideOrNotForIpv4() {
        Pools pools = oneOfNat64();
        pools.inside = "::/0";
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.outText(udp("64:ff9b::a00:5", 3000, SERVER_6, 53))).isEqualTo("-"); // RFC 6146, 3.5
            assertThat(bench.outText(udp("::5", 3000, SERVER_6, 53))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NOT_INSIDE)).isEqualTo(2);
            assertThat(bench.outText(udp(HOST, 3000, "2001:db8:2::1", 53))).isEqualTo("-");
            assertThat(bench.outText(udp("10.0.0.5", 3000, SERVER, 53))).isEqualTo("-");
            assertThat(bench.inText(udp(SERVER_6, 53, HOST, 3000))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_OTHER_FAMILY)).isEqualTo(2);
            assertThat(bench.count(Count.CROSS_NOT_EMBEDDED)).isEqualTo(1);
            assertThat(bench.outText(udp(HOST, 3000, "64:ff9b::e000:1", 53))).isEqualTo("-");
            assertThat(bench.count(Count.CROSS_ILLEGAL_ADDRESS)).isEqualTo(1);
            assertThat(bench.translator.hosts()).isZero();
        }
    }

    @Test
    void exemptDestinationsAreLeftAlone() {
        for (String exempt : List.of("192.0.2.1/32", "64:ff9b::c000:201/128")) {
            Pools pools = oneOfNat64();
            pools.exempt = List.of(exempt);
            try (Bench bench = new Bench(pools.share())) {
                byte[] sent = udp(HOST, 3000, SERVER_6, 53);
                assertThat(bench.out(sent.clone())).isEqualTo(sent);
                assertThat(bench.out(udp(HOST, 3000, "64:ff9b::c000:202", 53))).isNotEqualTo(sent);
            }
        }
    }

    @Test
    void maximumSegmentSizeIsLowered() {
        Pools pools = oneOfNat64();
        pools.pool.mss(1220);
        try (Bench bench = new Bench(pools.share())) {
            byte[] out = bench.out(tcp(HOST, 4000, SERVER_6, 80, SYN, 2, 4, 5, 0xB4));
            assertThat(io.natator.packet.Bytes.u16(out, 56)).isEqualTo(1220);
            byte[] in = bench.in(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK, 2, 4, 5, 0xB4));
            assertThat(io.natator.packet.Bytes.u16(in, 76)).isEqualTo(1220);
        }
    }

    @Test
    void hairpinsWithinAShare() {
        Pools pools = oneOfNat64();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            assertThat(bench.outText(udp(OTHER, 4000, OUTSIDE_6, 3000)))
                    .isEqualTo("udp 64:ff9b::c633:6401:4000 > 2001:db8:1::5:3000");
            assertThat(bench.outText(udp(HOST, 3000, OUTSIDE_6, 4000)))
                    .isEqualTo("udp 64:ff9b::c633:6401:3000 > 2001:db8:1::6:4000");
        }
    }

    @Test
    void hairpinsToAndFromNapt() {
        Pools six = oneOfNat64();
        six.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        Pools four = Pools.second();
        try (Bench bench = new Bench(six.share(), four.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            bench.put(2, Direction.TO_OUTSIDE, udp("10.0.0.9", 5000, SERVER, 53));
            assertThat(bench.outText(udp(HOST, 3000, "64:ff9b::cb00:7101", 5000)))
                    .isEqualTo("udp 198.51.100.1:3000 > 10.0.0.9:5000");
            assertThat(Bench.text(bench.put(2, Direction.TO_OUTSIDE, udp("10.0.0.9", 5000, OUTSIDE, 3000))))
                    .isEqualTo("udp 64:ff9b::cb00:7101:5000 > 2001:db8:1::5:3000");
            // The rules of the share that has the destination may come first.
            assertThat(bench.inText(udp("10.0.0.9", 5000, OUTSIDE, 3000)))
                    .isEqualTo("udp 64:ff9b::cb00:7101:5000 > 2001:db8:1::5:3000");
        }
    }

    @Test
    void hairpinsFitTheLinksToIpv6Hosts() {
        Pools six = oneOfNat64();
        six.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(six.share(), Pools.second().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] sent = udp("10.0.0.9", 5000, OUTSIDE, 3000, 1472);
            bench.put(2, Direction.TO_OUTSIDE, sent.clone());
            assertThat(bench.verdict).isEqualTo(Verdict.HELD);
            assertThat(bench.released)
                    .extracting(Bench::text)
                    .containsExactly(
                            "udp 64:ff9b::cb00:7101:5000 > 2001:db8:1::5:3000 frag 0",
                            "17 64:ff9b::cb00:7101 > 2001:db8:1::5 frag 1448");
            sent[20] = 0x40; // do not fragment
            byte[] told = bench.put(2, Direction.TO_OUTSIDE, Packets.seal(sent));
            assertThat(Bench.text(told)).startsWith("error 3/4 198.51.100.1 > 10.0.0.9 [udp 10.0.0.9:5000");
            assertThat(io.natator.packet.Bytes.u16(told, 40)).isEqualTo(1480);
        }
    }

    @Test
    void onlyWhoIsLetInIsToldOfTheMtu() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] large = udp(SERVER, 53, OUTSIDE, 3000, 1472);
            large[20] = 0x40; // do not fragment
            assertThat(bench.inText(Packets.seal(large))).startsWith("error 3/4 198.51.100.1 > 192.0.2.1");
            byte[] uninvited = udp(SERVER, 53, OUTSIDE, 3001, 1472);
            uninvited[20] = 0x40;
            assertThat(bench.inText(Packets.seal(uninvited))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
            assertThat(bench.count(Count.CROSS_TOO_BIG)).isEqualTo(1);
        }
    }

    @Test
    void forwardsLeadToIpv6Hosts() {
        Pools pools = oneOfNat64().forward(6, OUTSIDE, 80, HOST, 8080);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.inText(tcp(SERVER, 4000, OUTSIDE, 80, SYN)))
                    .isEqualTo("tcp 64:ff9b::c000:201:4000 > 2001:db8:1::5:8080");
            assertThat(bench.outText(tcp(HOST, 8080, SERVER_6, 4000, SYN | ACK)))
                    .isEqualTo("tcp 198.51.100.1:80 > 192.0.2.1:4000");
            bench.pass(100_000);
            assertThat(bench.translator.hosts()).isEqualTo(1);
            assertThat(bench.lookup(IpAddress.valueOf(OUTSIDE), 6, 80))
                    .singleElement()
                    .satisfies(s -> assertThat(s.inside()).hasToString(HOST));
            assertThat(bench.inText(tcp(SERVER, 4000, OUTSIDE, 80, SYN))).endsWith("2001:db8:1::5:8080");
            bench.shares(oneOfNat64().forward(6, OUTSIDE, 81, HOST, 8080).share());
            assertThat(bench.inText(tcp(SERVER, 4001, OUTSIDE, 81, SYN))).endsWith("2001:db8:1::5:8080");
            assertThat(bench.inText(tcp(SERVER, 4001, OUTSIDE, 80, SYN))).isEqualTo("-");
            bench.shares(oneOfNat64().share());
            bench.pass(1);
            assertThat(bench.translator.hosts()).isZero();
            assertThat(bench.translator.mappings()).isZero();
        }
    }

    @Test
    void whoGetsNoPortIsToldInIpv6() {
        Pools pools = oneOfNat64();
        pools.pool.firstPort(5000).lastPort(5000);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] sent = udp(OTHER, 3000, SERVER_6, 53, 1400);
            byte[] told = bench.out(sent);
            assertThat(bench.verdict).isEqualTo(Verdict.REPLY);
            assertThat(Bench.text(told))
                    .isEqualTo("error 1/3 64:ff9b::c000:201 > 2001:db8:1::6 "
                            + "[udp 2001:db8:1::6:3000 > 64:ff9b::c000:201:53]");
            assertThat(told).hasSize(14 + 1280);
            assertThat(bench.count(Count.TRANSLATE_POOL_EMPTY)).isEqualTo(1);
            assertThat(bench.translator.hosts()).isEqualTo(1);
        }
    }

    @Test
    void whoHasAllItMayIsToldThatItIsProhibited() {
        Pools pools = oneOfNat64();
        pools.pool.sessionsPerHost(1);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            assertThat(bench.outText(udp(HOST, 3001, SERVER_6, 53))).startsWith("error 1/1 ");
            assertThat(bench.count(Count.TRANSLATE_HOST_SESSIONS)).isEqualTo(1);
            assertThat(bench.outText(udp(OTHER, 3001, SERVER_6, 53))).startsWith("udp 198.51.100.1:3001");
        }
    }

    @Test
    void aFullTableOfHostsRefuses() {
        var limits = new io.natator.softswitch.session.Limits(100, 100, 3, 64, 1 << 20, 100);
        try (Bench bench = new Bench(
                limits,
                io.natator.softswitch.session.SessionLog.NONE,
                oneOfNat64().share())) {
            for (int i = 1; i <= 3; i++) {
                assertThat(bench.outText(udp("2001:db8:1::" + i, 3000 + i, SERVER_6, 53)))
                        .startsWith("udp");
            }
            assertThat(bench.outText(udp("2001:db8:1::4", 3000, SERVER_6, 53))).startsWith("error 1/3 ");
            assertThat(bench.count(Count.TRANSLATE_TABLE_FULL)).isEqualTo(1);
            bench.pass(400);
            assertThat(bench.outText(udp("2001:db8:1::4", 3000, SERVER_6, 53))).startsWith("udp");
        }
    }

    @Test
    void sessionsShowTheHost() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            bench.out(udp(OTHER, 3001, SERVER_6, 53));
            bench.out(udp(OTHER, 3002, SERVER_6, 53));
            assertThat(live(bench, SessionQuery.ALL))
                    .extracting(s -> s.inside() + " " + s.outside() + " " + s.remote())
                    .contains(HOST + " " + OUTSIDE + " " + SERVER)
                    .hasSize(3);
            assertThat(live(bench, inside("2001:db8:1::6/128"))).hasSize(2);
            assertThat(live(bench, inside("2001:db8:1::/64"))).hasSize(3);
            assertThat(live(bench, inside("10.0.0.0/8"))).isEmpty();
            assertThat(bench.lookup(IpAddress.valueOf(OUTSIDE), 17, 3001))
                    .singleElement()
                    .satisfies(s -> assertThat(s.inside()).hasToString(OTHER));
            PoolUse use = bench.use().getFirst();
            assertThat(use.portsUsed()).isEqualTo(3);
            assertThat(use.top())
                    .extracting(h -> h.inside() + " " + h.sessions())
                    .containsExactly(OTHER + " 2", HOST + " 1");
            bench.translator.clear(inside("2001:db8:1::6/128"), "", bench.now);
            assertThat(live(bench, SessionQuery.ALL)).hasSize(1);
            assertThat(bench.translator.hosts()).isEqualTo(1);
        }
    }

    private static SessionQuery inside(String prefix) {
        return new SessionQuery(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(IpPrefix.valueOf(prefix)),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static List<Session> live(Bench bench, SessionQuery query) {
        return bench.translator.list(query, "", 1000, bench.now, Instant.EPOCH).sessions();
    }

    @Test
    void aNewPref64EndsSessions() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            Pools other = oneOfNat64();
            other.pref64("2001:db8:64::/96");
            bench.shares(other.share());
            bench.pass(1);
            assertThat(bench.translator.hosts()).isZero();
            assertThat(bench.inText(udp(SERVER, 53, OUTSIDE, 3000))).isEqualTo("-");
        }
    }

    @Test
    void probesHaveNoSession() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            byte[] out = probe(udp("2001:db8:1::99", 3000, SERVER_6, 53));
            assertThat(bench.outText(out)).isEqualTo("udp 198.51.100.1:3000 > 192.0.2.1:53");
            byte[] in = probe(udp(SERVER, 53, OUTSIDE, 3000));
            assertThat(bench.inText(in)).isEqualTo("udp 64:ff9b::c000:201:53 > 2001:db8:1:::3000");
            assertThat(bench.translator.live()).isZero();
        }
    }

    private static byte[] probe(byte[] frame) {
        System.arraycopy(io.natator.model.proof.ProbeCase.MAC.toBytes(), 0, frame, 6, 6);
        return frame;
    }

    @Test
    void previewsMakeNothing() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            List<String> lines = new ArrayList<>();
            byte[] would = bench.preview(1, Direction.TO_OUTSIDE, udp(HOST, 3000, SERVER_6, 53), lines);
            assertThat(Bench.text(would)).startsWith("udp 198.51.100.1:");
            assertThat(bench.translator.hosts()).isZero();
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            lines.clear();
            assertThat(Bench.text(bench.preview(1, Direction.TO_INSIDE, udp(SERVER, 53, OUTSIDE, 3000), lines)))
                    .endsWith("> 2001:db8:1::5:3000");
            assertThat(lines).containsExactly("its session is of 2001:db8:1::5 port 3000");
            lines.clear();
            assertThat(bench.preview(1, Direction.TO_OUTSIDE, udp(HOST, 3000, "2001:db8::1", 53), lines))
                    .isNull();
            assertThat(lines).containsExactly("cross_not_embedded: dropped");
        }
    }
}
