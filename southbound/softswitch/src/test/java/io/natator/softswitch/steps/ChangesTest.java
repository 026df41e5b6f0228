package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.session.PoolUse;
import io.natator.model.session.SessionQuery;
import io.natator.softswitch.count.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Shares change while sessions run; sessions are listed and cleared. */
class ChangesTest {
    private static final String SERVER = "192.0.2.1";

    private static String seen(Bench bench, String host, int port) {
        byte[] frame = bench.out(udp(host, port, SERVER, 53));
        String text = Bench.text(frame);
        return text.startsWith("udp") ? text.substring(4, text.indexOf(' ', 4)) : text;
    }

    @Test
    void whatIsStillLegalSurvives() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.0/31");
        try (Bench bench = new Bench(pools.share())) {
            String[] before = new String[40];
            for (int i = 0; i < 40; i++) {
                before[i] = seen(bench, "10.0.0." + (i + 1), 1000);
            }
            pools.outside = List.of("198.51.100.0/31", "203.0.113.0/24");
            bench.shares(pools.share());
            for (int i = 0; i < 40; i++) {
                assertThat(seen(bench, "10.0.0." + (i + 1), 1000)).isEqualTo(before[i]);
            }
            pools.outside = List.of("198.51.100.1/32", "203.0.113.0/24");
            bench.shares(pools.share());
            int lost = 0;
            for (int i = 0; i < 40; i++) {
                String now = seen(bench, "10.0.0." + (i + 1), 1000);
                boolean legal = before[i].startsWith("198.51.100.1:");
                assertThat(now.equals(before[i])).isEqualTo(legal);
                assertThat(now).doesNotStartWith("198.51.100.0:");
                lost += legal ? 0 : 1;
            }
            PoolUse use = bench.use().getFirst();
            assertThat(use.lost()).isEqualTo(lost).isPositive();
            assertThat(use.sessions()).isEqualTo(40);
            assertThat(use.portsUsed()).isEqualTo(40);
        }
    }

    @Test
    void aShareThatGoesTakesItsSessionsAlongByAndBy() {
        Pools pools = Pools.napt();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            for (int round = 0; round < 300; round++) {
                String seen = seen(bench, "10.0.0.1", 1000);
                assertThat(seen).isNotEqualTo("-");
                bench.shares();
                assertThat(bench.out(udp("10.0.0.1", 1000, SERVER, 53))).isNull();
                bench.shares(pools.share());
                if (round % 3 == 0) {
                    bench.pass(1);
                }
            }
            bench.pass(1);
            bench.pass(500);
            assertThat(bench.translator.live()).isZero();
            assertThat(bench.count(Count.SESSIONS_CREATED)).isEqualTo(bench.count(Count.SESSIONS_ENDED));
            assertThat(bench.translator.mappings()).isZero();
            assertThat(bench.translator.hosts()).isZero();
        }
    }

    @Test
    void timersCountAtOnce() {
        Pools pools = Pools.napt();
        try (Bench bench = new Bench(pools.share())) {
            seen(bench, "10.0.0.1", 1000);
            bench.pass(30);
            pools.pool.timers(new Timers(
                    Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60)));
            bench.shares(pools.share());
            bench.pass(20);
            assertThat(bench.translator.live()).isEqualTo(1);
            bench.pass(11);
            assertThat(bench.translator.live()).isZero();
        }
    }

    @Test
    void forwardsComeAndGo() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.preservePort(true);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.outText(tcp("10.0.0.7", 4443, SERVER, 9, SYN))).startsWith("tcp 198.51.100.1:4443");
            pools.forward(6, "198.51.100.1", 4443, "10.0.0.9", 443);
            bench.shares(pools.share());
            assertThat(bench.inText(tcp(SERVER, 9, "198.51.100.1", 4443, SYN)))
                    .as("in the place of who had the port")
                    .isEqualTo("tcp 192.0.2.1:9 > 10.0.0.9:443");
            assertThat(bench.outText(tcp("10.0.0.7", 4443, SERVER, 9, SYN))).doesNotContain(":4443 >");
            pools.forwards.clear();
            bench.shares(pools.share());
            assertThat(bench.in(tcp(SERVER, 9, "198.51.100.1", 4443, SYN))).isNull();
            bench.pass(500);
            assertThat(bench.translator.live()).isZero();
            assertThat(bench.use().getFirst().portsUsed()).isZero();
        }
    }

    @Test
    void sessionsAreListedPageByPageAndCleared() {
        try (Bench bench = new Bench(Pools.napt().share())) {
            for (int i = 0; i < 100; i++) {
                seen(bench, "10.0.0." + (1 + i % 10), 1000 + i);
            }
            SessionQuery one = new SessionQuery(
                    Optional.of("t1"),
                    OptionalInt.of(17),
                    Optional.of(IpPrefix.valueOf("10.0.0.3/32")),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.of(IpPrefix.valueOf("192.0.2.0/24")));
            assertThat(pages(bench, one, 3)).isEqualTo(10);
            assertThat(pages(bench, SessionQuery.ALL, 7)).isEqualTo(100);
            Page cleared = bench.translator.clear(one, "", bench.now);
            assertThat(cleared.count()).isEqualTo(10);
            assertThat(cleared.nextToken()).isEmpty();
            assertThat(pages(bench, SessionQuery.ALL, 1000)).isEqualTo(90);
            assertThat(bench.use().getFirst().top()).hasSize(9);
            assertThat(bench.translator
                            .list(SessionQuery.ALL, "nonsense", 5, bench.now, Instant.EPOCH)
                            .sessions())
                    .isEmpty();
        }
    }

    private static int pages(Bench bench, SessionQuery query, int most) {
        int count = 0;
        String token = "";
        do {
            Page page = bench.translator.list(query, token, most, bench.now, Instant.EPOCH);
            assertThat(page.sessions()).hasSizeLessThanOrEqualTo(most);
            count += page.sessions().size();
            token = page.nextToken();
        } while (!token.isEmpty());
        return count;
    }
}
