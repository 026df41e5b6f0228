package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.RST;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.ip;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses, ports and blocks that were given away, and what becomes of them when shares or hosts change. */
class GivenBackTest {
    private static final String SERVER = "192.0.2.1";
    private static final String OUTSIDE = "198.51.100.1";

    @Test
    void anAddressThatComesBackKnowsWhatIsGivenAwayOfIt() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.portBlock(8).firstPort(1000).lastPort(1015);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp("10.0.0.1", 1000, SERVER, 53));
            pools.outside = List.of("203.0.113.1/32");
            bench.shares(pools.share());
            assertThat(bench.outText(udp("10.0.0.1", 2000, SERVER, 53))).startsWith("udp 203.0.113.1:");
            pools.outside = List.of("198.51.100.1/32");
            bench.shares(pools.share());
            for (int host = 2; host < 5; host++) {
                bench.out(udp("10.0.0." + host, 1000, SERVER, 53));
            }
            assertThat(bench.count(Count.TRANSLATE_POOL_EMPTY)).as("two blocks").isEqualTo(2);
            bench.pass(1000);
            assertThat(bench.translator.mappings()).isZero();
            assertThat(bench.use().getFirst().portsUsed()).isZero();
        }
    }

    @Test
    void portsOfAnotherRangeTakeNoRoom() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT).firstPort(1000).lastPort(1007);
        try (Bench bench = new Bench(pools.share())) {
            for (int port = 0; port < 8; port++) {
                bench.out(udp("10.0.0.1", port + 1, SERVER, 53));
            }
            pools.pool.firstPort(2000).lastPort(2001);
            bench.shares(pools.share());
            assertThat(bench.outText(udp("10.0.0.2", 7, SERVER, 53))).startsWith("udp 198.51.100.1:200");
        }
    }

    @Test
    void bindingsDoNotCareForPorts() {
        Pools pools = Pools.dynamic();
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp("10.0.0.1", 1000, SERVER, 53));
            pools.pool.portBlock(64).deterministic(true);
            bench.shares(pools.share());
            bench.pass(1);
            assertThat(bench.translator.live()).isEqualTo(1);
        }
    }

    private static String seen(Bench bench, int host) {
        String text = bench.outText(udp("10.0.0." + host, 1000, SERVER, 53));
        return text.substring(4, text.indexOf(':'));
    }

    @Test
    void nothingIsKeptForLongerBecauseAnotherHostCameBack() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of("198.51.100.0/29");
        pools.pool.idle(Duration.ofSeconds(10)).sticky(Duration.ofSeconds(60));
        try (Bench bench = new Bench(pools.share())) {
            String[] seen = new String[9];
            for (int host = 1; host <= 8; host++) {
                seen[host] = seen(bench, host);
            }
            bench.pass(15);
            for (int host = 2; host <= 8; host++) {
                assertThat(seen(bench, host)).isEqualTo(seen[host]);
            }
            bench.pass(15); // kept for these until 90, for the first one until 75
            bench.pass(50);
            assertThat(seen(bench, 9)).isEqualTo(seen[1]);
        }
    }

    @Test
    void aReservedHostLeavesTheAddressThatWasKeptForIt() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of("198.51.100.0/29");
        pools.pool.idle(Duration.ofSeconds(10)).sticky(Duration.ofSeconds(600));
        try (Bench bench = new Bench(pools.share())) {
            String first = seen(bench, 1);
            for (int host = 2; host <= 7; host++) {
                assertThat(seen(bench, host)).isNotEqualTo(first);
            }
            String last = seen(bench, 8);
            bench.pass(15);
            pools.reserve("10.0.0.1", last);
            bench.shares(pools.share());
            assertThat(seen(bench, 1)).isEqualTo(last);
            assertThat(seen(bench, 9))
                    .as("not that of a host that may come back")
                    .isEqualTo(first);
        }
    }

    @Test
    void otherProtocolsUseTheAddressOfTheHostsForward() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.0/28");
        pools.pool.otherProtocols(OtherProtocols.ADDRESS_ONLY);
        pools.forward(6, "198.51.100.9", 443, "10.0.0.1", 443);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.outText(ip("10.0.0.1", SERVER, 47, new byte[8]))).startsWith("47 198.51.100.9 ");
        }
    }

    @Test
    void aHostAtItsLimitTakesNoBlock() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.portBlock(1).portsPerHost(1).firstPort(1000).lastPort(1001);
        pools.forward(17, OUTSIDE, 1000, "10.0.0.9", 9).forward(17, OUTSIDE, 1001, "10.0.0.9", 10);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(tcp("10.0.0.1", 1000, SERVER, 80, SYN));
            bench.out(udp("10.0.0.1", 1000, SERVER, 53));
            assertThat(bench.count(Count.TRANSLATE_HOST_PORTS)).isEqualTo(1);
        }
    }

    @Test
    void aResetEstablishesNoAffineFlow() {
        Pools pools = Pools.fixed("10.0.0.0/24", "198.51.100.0/24");
        pools.affine = true;
        try (Bench bench = new Bench(pools.share())) {
            bench.in(tcp(SERVER, 80, "198.51.100.1", 9, Packets.ACK));
            bench.out(tcp("10.0.0.1", 9, SERVER, 80, RST));
            bench.pass(300);
            assertThat(bench.translator.live()).as("as long as half-open ones").isZero();
        }
    }

    @Test
    void fragmentsFromABindingToAPoolFollowTheFirstOne() {
        Pools bound = Pools.dynamic();
        Pools pool = Pools.napt();
        pool.id = 2;
        pool.inside = "10.0.1.0/24";
        pool.outside = List.of("203.0.113.1/32");
        pool.forward(17, "203.0.113.1", 53, "10.0.1.1", 53);
        try (Bench bench = new Bench(bound.share(), pool.share())) {
            List<byte[]> parts = fragments(udp("10.0.0.1", 1000, "203.0.113.1", 53, 60), 7, 24);
            assertThat(bench.put(1, Direction.TO_OUTSIDE, parts.get(1))).isNull();
            assertThat(Bench.text(bench.put(1, Direction.TO_OUTSIDE, parts.get(0))))
                    .contains(" > 10.0.1.1:53");
            assertThat(bench.released).hasSize(1);
            assertThat(Bench.text(bench.put(1, Direction.TO_OUTSIDE, parts.get(2))))
                    .contains(" > 10.0.1.1 frag 48");
        }
    }

    @Test
    void theClosestShareIsWhoAHostIsSeenAs() {
        Pools all = Pools.napt();
        all.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        Pools one = Pools.fixed("10.0.0.7/32", "203.0.113.7/32");
        one.id = 2;
        try (Bench bench = new Bench(all.share(), one.share())) {
            String seen = bench.outText(udp("10.0.0.1", 1000, SERVER, 53));
            int port = Integer.parseInt(seen.substring(seen.indexOf(':') + 1, seen.indexOf(" > ")));
            String address = seen.substring(4, seen.indexOf(':'));
            assertThat(bench.inText(udp("10.0.0.7", 9, address, port))).isEqualTo("udp 203.0.113.7:9 > 10.0.0.1:1000");
        }
    }
}
