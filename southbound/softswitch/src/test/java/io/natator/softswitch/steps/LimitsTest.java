package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.ip;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/** Pools, blocks of ports, deterministic ports, limits: RFC 6888, 7422. */
class LimitsTest {
    private static final String SERVER = "192.0.2.1";

    private static String host(int i) {
        return "10.0." + i / 250 + "." + (1 + i % 250);
    }

    private static String address(byte[] frame) {
        String text = Reading.of(frame);
        return text.substring(4, text.indexOf(':'));
    }

    private static int send(Bench bench, int host, int port) {
        byte[] frame = bench.out(udp(host(host), port, SERVER, 53));
        return bench.verdict == Verdict.PASS ? Bench.port(frame, true) : -1;
    }

    @Test
    void hostsHaveSoManySessionsAndPorts() {
        Pools pools = Pools.napt();
        pools.pool.sessionsPerHost(10);
        pools.pool.portsPerHost(4);
        try (Bench bench = new Bench(pools.share())) {
            for (int port = 0; port < 4; port++) {
                assertThat(send(bench, 0, 1000 + port)).isPositive();
            }
            assertThat(send(bench, 0, 1004)).isNegative();
            assertThat(bench.count(Count.TRANSLATE_HOST_PORTS)).isEqualTo(1);
            for (int i = 2; i < 8; i++) {
                assertThat(bench.out(udp(host(0), 1000, "192.0.2." + i, 53))).isNotNull();
                assertThat(bench.verdict).isEqualTo(Verdict.PASS);
            }
            bench.out(udp(host(0), 1000, "192.0.2.9", 53));
            assertThat(bench.verdict).isEqualTo(Verdict.REPLY);
            assertThat(bench.count(Count.TRANSLATE_HOST_SESSIONS)).isEqualTo(1);
            assertThat(send(bench, 1, 1000)).as("others are not affected").isPositive();
            bench.pass(301);
            assertThat(bench.translator.live()).isZero();
            for (int port = 0; port < 4; port++) {
                assertThat(send(bench, 0, 2000 + port)).isPositive();
            }
        }
    }

    @Test
    void allPortsOfAPoolAreGivenAwayAndNoneTwice() {
        for (Pairing pairing : Pairing.values()) {
            Pools pools = Pools.napt();
            pools.inside = "10.0.0.0/16";
            pools.pool.pairing(pairing);
            pools.pool.firstPort(1000);
            pools.pool.lastPort(1049);
            pools.outside = List.of("198.51.100.1/32", "198.51.100.8/31");
            try (Bench bench = new Bench(pools.share())) {
                Set<String> seen = new HashSet<>();
                for (int i = 0; i < 150; i++) {
                    byte[] frame = bench.out(udp(host(i), 1000, SERVER, 53));
                    assertThat(bench.verdict).as("%s %d", pairing, i).isEqualTo(Verdict.PASS);
                    seen.add(Reading.of(frame));
                }
                assertThat(seen).hasSize(150);
                assertThat(send(bench, 200, 1000)).isNegative();
                PoolUse use = bench.use().getFirst();
                assertThat(use.portsUsed()).isEqualTo(150);
                assertThat(use.addressesUsed()).isEqualTo(3);
                assertThat(use.refused()).containsOnly(java.util.Map.entry("pool-empty", 1L));
                bench.pass(301);
                assertThat(bench.use().getFirst().portsUsed()).isZero();
                assertThat(send(bench, 200, 1000)).isPositive();
            }
        }
    }

    @Test
    void aHostHasOneAddressIfPaired() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.0/24");
        try (Bench bench = new Bench(pools.share())) {
            Set<String> addresses = new HashSet<>();
            for (int port = 0; port < 50; port++) {
                addresses.add(address(bench.out(udp(host(0), 1000 + port, SERVER, 53))));
            }
            assertThat(addresses).hasSize(1);
        }
        pools.pool.pairing(Pairing.ARBITRARY);
        try (Bench bench = new Bench(pools.share())) {
            Set<String> addresses = new HashSet<>();
            for (int port = 0; port < 50; port++) {
                addresses.add(address(bench.out(udp(host(0), 1000 + port, SERVER, 53))));
            }
            assertThat(addresses).hasSizeGreaterThan(5);
        }
    }

    @Test
    void portsComeInBlocks() {
        List<String> log = new ArrayList<>();
        SessionLog listener = new SessionLog() {
            @Override
            public void blockTaken(
                    int share, long insideHigh, long inside, int outside, int first, int last, long now) {
                log.add("taken " + (inside & 0xFF) + " " + first + "-" + last);
            }

            @Override
            public void blockFreed(
                    int share, long insideHigh, long inside, int outside, int first, int last, long now, End why) {
                log.add("freed " + (inside & 0xFF) + " " + first + "-" + last + " " + why);
            }
        };
        Pools pools = Pools.napt();
        pools.inside = "10.0.0.0/16";
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.firstPort(1000);
        pools.pool.lastPort(1099);
        pools.pool.portBlock(10);
        pools.pool.portsPerHost(20);
        try (Bench bench = new Bench(new Limits(1000, 1000, 1000, 64, 1 << 20, 10), listener, pools.share())) {
            Set<Integer> first = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                first.add(send(bench, 0, 5000 + i) / 10);
            }
            assertThat(first).as("one block").hasSize(1);
            assertThat(log).hasSize(1);
            assertThat(send(bench, 0, 5010) / 10).isNotIn(first);
            assertThat(log).hasSize(2);
            for (int i = 11; i < 20; i++) {
                assertThat(send(bench, 0, 5000 + i)).isPositive();
            }
            assertThat(send(bench, 0, 5020)).isNegative();
            for (int host = 1; host < 9; host++) {
                assertThat(send(bench, host, 5000)).isPositive();
            }
            assertThat(send(bench, 9, 5000)).as("ten blocks are taken").isNegative();
            assertThat(log).hasSize(10).allMatch(line -> line.startsWith("taken"));
            bench.pass(301);
            assertThat(log).hasSize(20);
            assertThat(send(bench, 9, 5000)).isPositive();
        }
    }

    @Test
    void deterministicPortsTellTheHostAndTheHostThem() {
        Pools pools = Pools.napt();
        pools.inside = "10.0.0.0/24";
        pools.outside = List.of("198.51.100.0/30");
        pools.pool.firstPort(1024);
        pools.pool.deterministic(true);
        try (Bench bench = new Bench(pools.share())) {
            Set<String> places = new HashSet<>();
            for (int host = 0; host < 256; host++) {
                String inside = "10.0.0." + host;
                byte[] frame = bench.out(udp(inside, 1000, SERVER, 53));
                String outside = address(frame);
                int port = Bench.port(frame, true);
                places.add(outside + " " + (port - 1024) / 1008);
                for (int at :
                        new int[] {port, 1024 + (port - 1024) / 1008 * 1008, 1024 + (port - 1024) / 1008 * 1008 + 1007
                        }) {
                    List<Session> owners = bench.lookup(IpAddress.valueOf(outside), 17, at);
                    assertThat(owners).extracting(s -> s.inside().toString()).containsExactly(inside);
                }
            }
            assertThat(places).as("nobody shares a range").hasSize(256);
        }
        pools.inside = "10.0.0.0/8";
        try (Bench bench = new Bench()) {
            assertThat(bench.translator.shares(List.of(pools.share()), bench.now))
                    .hasValueSatisfying(why -> assertThat(why).contains("not enough ports"));
        }
    }

    @Test
    void portsRestWhereOthersMayStillSend() {
        Pools pools = Pools.napt();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.firstPort(1000);
        pools.pool.lastPort(1000);
        try (Bench bench = new Bench(pools.share())) {
            for (int round = 0; round < 5; round++) {
                assertThat(send(bench, 0, 7000)).isEqualTo(1000);
                bench.pass(301);
                assertThat(bench.translator.live()).isZero();
                assertThat(bench.in(udp(SERVER, 53, "198.51.100.1", 1000))).isNull();
                assertThat(send(bench, 1, 7000)).as("not another host").isNegative();
                assertThat(send(bench, 0, 7000)).as("the same may have it").isEqualTo(1000);
                bench.pass(301);
                bench.pass(121);
                assertThat(send(bench, 1, 7000)).as("after two minutes").isEqualTo(1000);
                bench.pass(301);
                bench.pass(121);
                assertThat(bench.use().getFirst().portsUsed()).as("no leak").isZero();
            }
        }
    }

    @Test
    void otherProtocolsHaveAnAddressEach() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.out(ip(host(0), SERVER, 47, new byte[20]))).isNull();
            assertThat(bench.count(Count.TRANSLATE_PROTOCOL)).isEqualTo(1);
        }
        pools.pool.otherProtocols(OtherProtocols.ADDRESS_ONLY);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.outText(ip(host(0), SERVER, 47, new byte[20]))).isEqualTo("47 198.51.100.1 > 192.0.2.1");
            assertThat(bench.inText(ip(SERVER, "198.51.100.1", 47, new byte[20])))
                    .isEqualTo("47 192.0.2.1 > 10.0.0.1");
            bench.out(ip(host(1), SERVER, 47, new byte[20]));
            assertThat(bench.verdict).as("one host only").isEqualTo(Verdict.REPLY);
            assertThat(bench.outText(ip(host(1), SERVER, 50, new byte[20]))).isEqualTo("50 198.51.100.1 > 192.0.2.1");
            bench.pass(301);
            assertThat(bench.outText(ip(host(1), SERVER, 47, new byte[20]))).isNotEqualTo("-");
            assertThat(bench.verdict).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void aFullTableRefusesAndRecovers() {
        Pools pools = Pools.napt();
        pools.inside = "10.0.0.0/8";
        try (Bench bench = new Bench(new Limits(64, 48, 16, 64, 1 << 16, 5), SessionLog.NONE, pools.share())) {
            for (int round = 0; round < 3; round++) {
                int passed = 0;
                for (int i = 0; i < 400; i++) {
                    passed += send(bench, i % 40, 1000 + i) > 0 ? 1 : 0;
                }
                assertThat(passed).isBetween(16, 48);
                bench.pass(301);
                assertThat(bench.translator.live()).isZero();
                assertThat(bench.use().getFirst().portsUsed()).isZero();
            }
            assertThat(bench.count(Count.TRANSLATE_ERRORS_SENT))
                    .as("a few are told")
                    .isBetween(5L, 20L);
            assertThat(bench.count(Count.TRANSLATE_ERRORS_LIMITED)).isGreaterThan(900);
        }
    }

    @Test
    void landAttacksAndStrangeSources() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.out(udp("10.0.0.5", 7, "10.0.0.5", 7))).isNull();
            assertThat(bench.in(udp("198.51.100.1", 7, "198.51.100.1", 7))).isNull();
            assertThat(bench.count(Count.TRANSLATE_LAND)).isEqualTo(2);
            assertThat(bench.out(udp("10.1.0.5", 7, SERVER, 7))).isNull();
            assertThat(bench.count(Count.TRANSLATE_NOT_INSIDE)).isEqualTo(1);
            assertThat(bench.translator.live()).isZero();
        }
    }
}
