package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables beside their obvious likes, at any load, with hashes that collide. */
class TablesTest {
    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Few homes, and often the same upper half. */
    private long hash() {
        return (long) random.nextInt(40) << 58 | (long) random.nextInt(3) << 32 | random.nextInt();
    }

    @Test
    void anIndexFindsWhatIsInItAndNothingElse() {
        for (int most = 1; most < 200; most += 13) {
            try (Index index = new Index(most)) {
                Map<Integer, Long> there = new HashMap<>();
                for (int i = 0; i < 3000; i++) {
                    int record = 1 + random.nextInt(most);
                    if (there.containsKey(record)) {
                        index.remove(there.remove(record), record);
                    } else {
                        long hash = hash();
                        index.put(hash, record);
                        there.put(record, hash);
                    }
                    int asked = 1 + random.nextInt(most);
                    long hash = there.getOrDefault(asked, hash());
                    assertThat(find(index, hash, asked))
                            .as("seed %d, most %d, step %d", seed, most, i)
                            .isEqualTo(there.containsKey(asked));
                }
            }
        }
    }

    private static boolean find(Index index, long hash, int record) {
        for (int at = index.home(hash); index.slot(at) != 0; at = index.next(at)) {
            if (Index.has(index.slot(at), hash) && Index.record(index.slot(at)) == record) {
                return true;
            }
        }
        return false;
    }

    @Test
    void permissionsCount() {
        try (Permissions permissions = new Permissions(100, 1)) {
            Map<Long, Integer> there = new HashMap<>();
            List<Long> hashes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                hashes.add(hash());
            }
            int count = 0;
            for (int i = 0; i < 20_000; i++) {
                long hash = hashes.get(random.nextInt(hashes.size()));
                if (random.nextBoolean() && count < 100) {
                    permissions.add(hash);
                    there.merge(hash, 1, Integer::sum);
                    count++;
                } else if (there.getOrDefault(hash, 0) > 0) {
                    permissions.remove(hash);
                    there.merge(hash, -1, Integer::sum);
                    count--;
                }
                long asked = hashes.get(random.nextInt(hashes.size()));
                assertThat(permissions.has(asked))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(there.getOrDefault(asked, 0) > 0);
            }
        }
    }

    @Test
    void aWheelTellsEachWhenItIsDueAndNotBefore() {
        try (SessionTable sessions = new SessionTable(500, 1)) {
            Wheel wheel = new Wheel(sessions);
            int tick = random.nextInt();
            wheel.start(tick);
            Map<Integer, Integer> due = new TreeMap<>();
            for (int s = 1; s <= 500; s++) {
                sessions.take();
            }
            for (int i = 0; i < 3000; i++) {
                int s = 1 + random.nextInt(500);
                if (due.remove(s) != null) {
                    wheel.remove(s);
                } else {
                    int when = tick + random.nextInt(1, random.nextInt(5) == 0 ? 60_000 : 50);
                    wheel.add(s, when);
                    due.put(s, when);
                }
                tick += random.nextInt(4) == 0 ? random.nextInt(random.nextInt(100) == 0 ? 70_000 : 10) : 0;
                for (int one = wheel.due(tick); one != 0; one = wheel.due(tick)) {
                    assertThat(due.remove(one))
                            .as("seed %d, step %d", seed, i)
                            .isNotNull()
                            .matches(isDue(tick));
                }
                assertThat(due.values()).as("seed %d, step %d", seed, i).noneMatch(isDue(tick));
            }
        }
    }

    /** However long the machine slept, it is one round at most. */
    @Test
    void aWheelDoesNotStepThroughALongJump() {
        try (SessionTable sessions = new SessionTable(100, 1)) {
            Wheel wheel = new Wheel(sessions);
            int tick = random.nextInt();
            wheel.start(tick);
            for (int round = 0; round < 50; round++) {
                Map<Integer, Integer> due = new TreeMap<>();
                for (int s = 1; s <= 100; s++) {
                    if (round == 0) {
                        sessions.take();
                    }
                    int when = tick + 1 + random.nextInt(Wheel.SLOTS - 1);
                    wheel.add(s, when);
                    due.put(s, when);
                }
                int jump = round % 2 == 0 ? random.nextInt(2 * Wheel.SLOTS) : random.nextInt(1 << 30);
                tick += jump;
                int looks = random.nextInt(100);
                for (int i = 0; i < looks; i++) {
                    int s = wheel.due(tick);
                    assertThat(tick - wheel.position()).as("seed %d", seed).isBetween(0, Wheel.SLOTS - 1);
                    assertThat(s == 0 || isDue(tick).test(due.remove(s)))
                            .as("seed %d, jump %d", seed, jump)
                            .isTrue();
                }
                tick += random.nextInt(10); // in the midst of it
                for (int s = wheel.due(tick); s != 0; s = wheel.due(tick)) {
                    assertThat(due.remove(s)).as("seed %d, jump %d", seed, jump).matches(isDue(tick));
                }
                assertThat(due.values()).as("seed %d, jump %d", seed, jump).noneMatch(isDue(tick));
                due.keySet().forEach(wheel::remove);
            }
        }
    }

    private static java.util.function.Predicate<Integer> isDue(int tick) {
        return when -> when - tick <= 0;
    }

    @Test
    void freePortsAreFoundWhereverTheyAre() {
        for (int round = 0; round < 300; round++) {
            Ports ports = new Ports();
            BitSet taken = new BitSet(65536);
            int first = random.nextInt(65000);
            int last = first + random.nextInt(Math.min(300, 65535 - first) + 1);
            for (int port = first; port <= last; port++) {
                if (random.nextInt(20) != 0) {
                    ports.take(port);
                    taken.set(port);
                }
            }
            int start = first + random.nextInt(last - first + 1);
            int parity = random.nextInt(-1, 2);
            int found = ports.free(first, last, start, parity);
            int expected = -1;
            for (int i = 0; i <= last - first && expected < 0; i++) {
                int port = start + i <= last ? start + i : first + (start + i - last - 1);
                boolean right = parity == Ports.ANY || (port & 1) == parity;
                expected = right && !taken.get(port) ? port : -1;
            }
            assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(expected);
            assertThat(ports.count(0, 65535)).isEqualTo(taken.cardinality());
        }
    }

    @Test
    void theFormulaAndItsInverseAreOne() {
        for (int round = 0; round < 300; round++) {
            long hosts = 1L << random.nextInt(14);
            int addresses = 1 + random.nextInt(40);
            int first = 1 + random.nextInt(30_000);
            int last = first + random.nextInt(35_000);
            Deterministic formula = Deterministic.of(hosts, addresses, first, last, 0);
            if (formula.ports() == 0) {
                assertThat((hosts + addresses - 1) / addresses).isGreaterThan(last - first + 1L);
                continue;
            }
            for (long host = 0; host < hosts; host++) {
                int begin = formula.first(host);
                int end = begin + formula.ports() - 1;
                assertThat(formula.address(host)).isBetween(0, addresses - 1);
                assertThat(begin).isGreaterThanOrEqualTo(first);
                assertThat(end).isLessThanOrEqualTo(last);
                assertThat(formula.host(formula.address(host), begin)).isEqualTo(host);
                assertThat(formula.host(formula.address(host), end)).isEqualTo(host);
            }
            assertThat(formula.host(0, first - 1)).isEqualTo(-1);
        }
    }

    @Test
    void tokensComeWithTime() {
        TokenBucket bucket = new TokenBucket(100);
        long now = 5_000_000_000L;
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(100);
        for (int i = 0; i < 1000; i++) {
            now += 1_000_000;
            taken += bucket.take(now) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(200);
        assertThat(new TokenBucket(0).take(now)).isFalse();
    }

    /** Ten million sessions in 1.5 GiB, each with a mapping of its own. */
    @Test
    void sessionsAreSmall() {
        try (SessionTable sessions = new SessionTable(100_000, 1);
                MappingTable mappings = new MappingTable(100_000, 1);
                Permissions permissions = new Permissions(100_000, 1)) {
            long octets = sessions.octets() + mappings.octets() + permissions.octets();
            assertThat(octets / 100_000.0).isLessThan(150);
        }
    }
}
