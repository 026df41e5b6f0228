package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.ip;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.count.Count;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Addresses of a pool, one a host. */
class DynamicTest {
    private static final String SERVER = "192.0.2.1";

    private static String address(Bench bench, String host) {
        byte[] frame = bench.out(udp(host, 1000, SERVER, 53));
        String text = Reading.of(frame);
        return bench.verdict == Verdict.PASS ? text.substring(4, text.indexOf(':')) : "-";
    }

    @Test
    void aHostHasAnAddressUntilItIsIdle() {
        try (Bench bench = new Bench(Pools.dynamic().share())) {
            String outside = address(bench, "10.0.0.5");
            assertThat(outside).startsWith("198.51.100.");
            assertThat(bench.inText(udp("203.0.113.9", 9, outside, 7)))
                    .as("anyone may")
                    .isEqualTo("udp 203.0.113.9:9 > 10.0.0.5:7");
            assertThat(bench.inText(ip(SERVER, outside, 47, new byte[9]))).isEqualTo("47 192.0.2.1 > 10.0.0.5");
            bench.pass(250);
            assertThat(address(bench, "10.0.0.5")).isEqualTo(outside);
            bench.pass(250);
            assertThat(bench.inText(udp(SERVER, 53, outside, 1000))).isEqualTo("udp 192.0.2.1:53 > 10.0.0.5:1000");
            bench.pass(301);
            assertThat(bench.in(udp(SERVER, 53, outside, 1000))).isNull();
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
        }
    }

    @Test
    void whenAllAreTakenTheSenderIsTold() {
        try (Bench bench = new Bench(Pools.dynamic().share())) {
            Set<String> seen = new HashSet<>();
            for (int i = 1; i <= 4; i++) {
                seen.add(address(bench, "10.0.0." + i));
            }
            assertThat(seen).hasSize(4);
            byte[] told = bench.out(udp("10.0.0.5", 1000, SERVER, 53, 1000));
            assertThat(Reading.of(told)).startsWith("error 3/1 192.0.2.1 > 10.0.0.5 [udp 10.0.0.5:1000 > 192.0.2.1:53");
            assertThat(told).hasSize(14 + 576);
            assertThat(told[5]).as("MACs swapped").isEqualTo((byte) 1);
            for (int i = 0; i < 50; i++) {
                bench.out(udp("10.0.0.5", 1000, SERVER, 53));
            }
            assertThat(bench.count(Count.TRANSLATE_ERRORS_SENT)).isEqualTo(10);
            assertThat(bench.count(Count.TRANSLATE_POOL_EMPTY)).isEqualTo(51);
            bench.pass(301);
            assertThat(address(bench, "10.0.0.5")).isNotEqualTo("-");
        }
    }

    @Test
    void reservedAddressesAreForTheirHosts() {
        Pools pools = Pools.dynamic().reserve("10.0.0.9", "198.51.100.2");
        try (Bench bench = new Bench(pools.share())) {
            Set<String> seen = new HashSet<>();
            for (int i = 1; i <= 3; i++) {
                seen.add(address(bench, "10.0.0." + i));
            }
            assertThat(seen).hasSize(3).doesNotContain("198.51.100.2", "-");
            assertThat(address(bench, "10.0.0.4")).isEqualTo("-");
            assertThat(address(bench, "10.0.0.9")).isEqualTo("198.51.100.2");
        }
    }

    @Test
    void aHostIsGivenTheSameAddressAgain() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of("198.51.100.0/29");
        pools.pool.sticky(Duration.ofHours(1));
        try (Bench bench = new Bench(pools.share())) {
            for (int round = 0; round < 5; round++) {
                String first = address(bench, "10.0.0.1");
                String second = address(bench, "10.0.0.2");
                bench.pass(400);
                assertThat(bench.translator.live()).isZero();
                for (int i = 10; i < 16; i++) {
                    assertThat(address(bench, "10.0.0." + i)).isNotIn(first, second, "-");
                }
                assertThat(address(bench, "10.0.0.1")).isEqualTo(first);
                assertThat(address(bench, "10.0.0.16")).as("rather than none").isEqualTo(second);
                assertThat(address(bench, "10.0.0.2")).isEqualTo("-");
                bench.pass(400);
                bench.pass(4000);
            }
        }
    }

    @Test
    void hostsMeetByTheirOutsideAddresses() {
        try (Bench bench = new Bench(Pools.dynamic().share())) {
            String first = address(bench, "10.0.0.1");
            String second = address(bench, "10.0.0.2");
            String there = "udp " + first + ":7 > 10.0.0.2:9";
            assertThat(bench.outText(udp("10.0.0.1", 7, second, 9))).isEqualTo(there);
            assertThat(bench.inText(udp("10.0.0.1", 7, second, 9))).isEqualTo(there);
            assertThat(bench.out(udp("10.0.0.1", 7, first, 7))).as("itself").isNull();
        }
    }

    @Test
    void errorsGoBothWays() {
        try (Bench bench = new Bench(Pools.dynamic().share())) {
            byte[] sent = bench.out(udp("10.0.0.1", 7, SERVER, 9));
            String outside = address(bench, "10.0.0.1");
            assertThat(bench.inText(error("203.0.113.1", outside, 11, 0, sent)))
                    .isEqualTo("error 11/0 203.0.113.1 > 10.0.0.1 [udp 10.0.0.1:7 > 192.0.2.1:9]");
            byte[] got = bench.in(udp(SERVER, 9, outside, 7));
            assertThat(bench.outText(error("10.0.0.1", SERVER, 3, 3, got)))
                    .isEqualTo("error 3/3 " + outside + " > 192.0.2.1 [udp 192.0.2.1:9 > " + outside + ":7]");
            assertThat(bench.out(error("10.0.0.77", SERVER, 3, 3, udp(SERVER, 9, "10.0.0.77", 7))))
                    .isNull();
        }
    }
}
