package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.session.UseWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Whatever goes through all of a table that may be large does it in parts, each of a bounded number of entries. */
class PartsTest {
    private static final int HOSTS = 10_000;
    private static final int BOUND = HOSTS / 2;
    private static final String SERVER = "192.0.2.1";
    private static final String OUTSIDE = "198.51.100.1";

    private final Bench bench =
            new Bench(new Limits(4 * HOSTS, 4 * HOSTS, 2 * HOSTS, 64, 1 << 20, 10), SessionLog.NONE, napt(), dynamic());

    private static Share napt() {
        Pools pools = Pools.napt();
        pools.inside = "10.0.0.0/16";
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        return pools.share();
    }

    private static Share dynamic() {
        Pools pools = Pools.dynamic();
        pools.id = 2;
        pools.inside = "10.1.0.0/16";
        pools.outside = List.of("172.16.0.0/16");
        pools.pool.idle(Duration.ofMinutes(5)).sticky(Duration.ofDays(1));
        return pools.share();
    }

    @BeforeEach
    void fill() {
        for (int i = 0; i < HOSTS; i++) {
            String host = ".%d.%d".formatted(i / 250, 1 + i % 250);
            bench.out(udp("10.0" + host, 1000, SERVER, 53));
            if (i < BOUND) {
                bench.put(2, Direction.TO_OUTSIDE, udp("10.1" + host, 1000, SERVER, 53));
            }
        }
        bench.pass(1);
        assertThat(bench.translator.live()).isEqualTo(HOSTS + BOUND);
        assertThat(bench.translator.hosts()).isEqualTo(HOSTS + BOUND);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void useOfPools() {
        bench.out(udp("10.0.7.7", 1, SERVER, 53));
        UseWalk walk = bench.translator.use();
        int looks = 0;
        for (int part = Page.LOOKS; part == Page.LOOKS; looks += part) {
            part = walk.look(Page.LOOKS);
            assertThat(part).isLessThanOrEqualTo(Page.LOOKS);
        }
        assertThat(looks).isEqualTo(HOSTS + BOUND);
        List<PoolUse> use = walk.answer();
        assertThat(use).extracting(PoolUse::sessions).containsExactly(HOSTS + 1L, (long) BOUND);
        assertThat(use).extracting(PoolUse::portsUsed).containsExactly(HOSTS + 1L, 0L);
        assertThat(use).extracting(PoolUse::addressesUsed).containsExactly(1L, (long) BOUND);
        assertThat(use.getFirst().top().getFirst()).isEqualTo(new PoolUse.Host(IpAddress.valueOf("10.0.7.7"), 2));
    }

    /** All pages; together they look at so many entries. */
    private List<Session> pages(int looks, Function<String, Page> next) {
        List<Session> found = new ArrayList<>();
        int sum = 0;
        String token = "";
        do {
            Page page = next.apply(token);
            assertThat(page.looks()).isLessThanOrEqualTo(Page.LOOKS);
            sum += page.looks();
            found.addAll(page.sessions());
            token = page.nextToken();
        } while (!token.isEmpty());
        assertThat(sum).as("each once").isEqualTo(looks);
        return found;
    }

    @Test
    void aListOfFew() {
        SessionQuery one = new SessionQuery(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(IpPrefix.valueOf("10.1.0.1/32")),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
        List<Session> found =
                pages(HOSTS + BOUND, token -> bench.translator.list(one, token, 1000, bench.now, Instant.EPOCH));
        assertThat(found).hasSize(1);
    }

    @Test
    void ownersOfAllPortsOfAnAddress() {
        IpAddress outside = IpAddress.valueOf(OUTSIDE);
        List<Session> found = pages(
                3 * 65_536,
                token -> bench.translator.lookup(outside, 0, 0, token, Integer.MAX_VALUE, bench.now, Instant.EPOCH));
        assertThat(found).extracting(Session::inside).doesNotHaveDuplicates().hasSize(HOSTS);
    }

    @Test
    void whatIsCleared() {
        String token = "";
        do {
            int before = bench.translator.live();
            Page page = bench.translator.clear(SessionQuery.ALL, token, bench.now);
            assertThat(before - bench.translator.live())
                    .isEqualTo((int) page.count())
                    .isLessThanOrEqualTo(Page.CHANGES);
            token = page.nextToken();
        } while (!token.isEmpty());
        assertThat(bench.translator.live()).isZero();
    }

    @Test
    void aListThatFindsSessionsOfAShareThatIsGone() {
        bench.shares();
        int left = HOSTS + BOUND;
        String token = "";
        do {
            token = bench.translator
                    .list(SessionQuery.ALL, token, 1000, bench.now, Instant.EPOCH)
                    .nextToken();
            assertThat(left - bench.translator.live()).isLessThanOrEqualTo(Page.CHANGES);
            left = bench.translator.live();
        } while (!token.isEmpty());
        assertThat(left).isZero();
    }

    private int things() {
        return bench.translator.live() + bench.translator.mappings() + bench.translator.hosts();
    }

    @Test
    void portsAtRestAndHostsOfAShareThatIsGone() {
        bench.pass(400);
        assertThat(bench.translator.live()).isZero();
        assertThat(bench.translator.mappings()).as("at rest").isEqualTo(HOSTS);
        assertThat(bench.translator.hosts()).as("with a port or a kept address").isEqualTo(HOSTS + BOUND);
        bench.shares();
        for (int parts = 0; things() > 0; parts++) {
            int before = things();
            bench.translator.housekeeping(bench.now, 100);
            assertThat(before - things()).as("a port and its host each").isLessThanOrEqualTo(200);
            assertThat(parts).isLessThan(1000);
        }
    }

    @Test
    void sharesThatChangeTooOften() {
        int changes = 0;
        while (bench.translator.isOpen(bench.now)) {
            bench.shares();
            changes++;
        }
        assertThat(changes).isGreaterThan(200);
        int left = bench.translator.live();
        assertThat(left).isGreaterThanOrEqualTo(HOSTS + BOUND - Page.CHANGES);
        for (boolean open = false; !open; ) {
            open = bench.translator.isOpen(bench.now);
            assertThat(left - bench.translator.live()).isLessThanOrEqualTo(Page.CHANGES);
            left = bench.translator.live();
        }
        assertThat(left).isZero();
        bench.shares(napt());
    }
}
