package io.natator.cli.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Erlang's and Engset's formulas against published tables, exact fractions, limits and a simulation. */
class LossTest {
    /** The usual table of Erlang B: traffic, in four digits, that so many servers carry at 1 % and 0.1 %. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.0101, 0.01",
        "5, 1.361, 0.01",
        "10, 4.461, 0.01",
        "20, 12.03, 0.01",
        "30, 20.34, 0.01",
        "50, 37.90, 0.01",
        "100, 84.06, 0.01",
        "10, 3.092, 0.001",
        "20, 9.412, 0.001",
        "50, 32.51, 0.001",
        "100, 75.24, 0.001"
    })
    void erlangAsInTables(int servers, double erlangs, double blocking) {
        assertThat(ErlangB.blocking(servers, erlangs)).isCloseTo(blocking, within(blocking * 0.002));
        assertThat(ErlangB.servers(erlangs, blocking * 1.01)).isEqualTo(servers);
        assertThat(ErlangB.servers(erlangs, blocking * 0.98)).isGreaterThan(servers);
    }

    @Test
    void erlangExactly() {
        assertThat(ErlangB.blocking(0, 3)).isEqualTo(1);
        assertThat(ErlangB.blocking(1, 1)).isEqualTo(0.5);
        assertThat(ErlangB.blocking(2, 1)).isCloseTo(1 / 5.0, within(1e-15));
        assertThat(ErlangB.blocking(3, 2)).isCloseTo(4 / 19.0, within(1e-15));
    }

    /** With as many servers as Erlangs it is √(2/πN) for large N. */
    @Test
    void erlangForAMillion() {
        assertThat(ErlangB.blocking(1_000_000, 1_000_000)).isCloseTo(Math.sqrt(2 / (Math.PI * 1e6)), within(1e-6));
        assertThat(ErlangB.blocking(1_000_000, 10)).isZero();
    }

    /** V. B. Iversen, Teletraffic Engineering Handbook, example of Engset's loss system: 4 sources, 3 servers, 1/3 Erlang: 1/64. */
    @Test
    void engsetAsPublished() {
        assertThat(Engset.blocking(3, 4, 1 / 3.0)).isCloseTo(1 / 64.0, within(1e-15));
        assertThat(Engset.blocking(4, 4, 1 / 3.0)).isZero();
        assertThat(Engset.blocking(0, 4, 1 / 3.0)).isEqualTo(1);
        assertThat(Engset.servers(4, 1 / 3.0, 1e-9)).isEqualTo(4);
        assertThat(Engset.servers(4, 1 / 3.0, 0.0157)).isEqualTo(3);
    }

    /** With very many sources it is Erlang's; with few it is less. */
    @Test
    void engsetBecomesErlang() {
        long sources = 1_000_000_000;
        assertThat(Engset.blocking(20, sources, 12.03 / sources)).isCloseTo(ErlangB.blocking(20, 12.03), within(1e-6));
        assertThat(Engset.blocking(540, 1000, 1)).isLessThan(ErlangB.blocking(540, 500));
    }

    /** Sources that try, hold and wait at random find blocked what the formula says. */
    @Test
    void engsetAsSimulated() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        int sources = 30;
        double erlangs = 0.5;
        for (int servers : new int[] {8, 10, 13}) {
            double expected = Engset.blocking(servers, sources, erlangs);
            int attempts = 400_000;
            double blocked = simulate(new Random(seed), servers, sources, erlangs, attempts);
            // Attempts are not independent: ten times the variance of independent ones is plenty, and six deviations of
            // that.
            double tolerance = 6 * Math.sqrt(10 * expected * (1 - expected) / attempts);
            assertThat(blocked).as("seed %d, %d servers", seed, servers).isCloseTo(expected, within(tolerance));
        }
    }

    /** @param free if a source becomes free, else it tries */
    private record Event(double time, boolean free) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return Double.compare(time, other.time);
        }
    }

    private static double simulate(Random random, int servers, int sources, double erlangs, int attempts) {
        PriorityQueue<Event> events = new PriorityQueue<>();
        for (int i = 0; i < sources; i++) {
            events.add(new Event(after(random, 1 / erlangs), false));
        }
        int busy = 0;
        int blocked = 0;
        for (int tried = 0; tried < attempts; ) {
            Event event = events.remove();
            if (event.free()) {
                busy--;
                events.add(new Event(event.time() + after(random, 1 / erlangs), false));
                continue;
            }
            tried++;
            if (busy == servers) {
                blocked++;
                events.add(new Event(event.time() + after(random, 1 / erlangs), false));
            } else {
                busy++;
                events.add(new Event(event.time() + after(random, 1), true));
            }
        }
        return (double) blocked / attempts;
    }

    private static double after(Random random, double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
