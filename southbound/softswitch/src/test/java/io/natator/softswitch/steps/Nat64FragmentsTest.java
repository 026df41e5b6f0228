package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Nat64Parties.HOST;
import static io.natator.softswitch.steps.Nat64Parties.OTHER;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE_6;
import static io.natator.softswitch.steps.Nat64Parties.SERVER;
import static io.natator.softswitch.steps.Nat64Parties.SERVER_6;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.fragments6;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 6146, section 3.4: fragments of either family, in any order, become fragments of the other one. */
class Nat64FragmentsTest {
    private static final int OCTETS = 3000;

    private final long seed = Long.getLong("natator.seed", 11);
    private final Random random = new Random(seed);

    private static Pools one() {
        Pools pools = Pools.oneOfNat64();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        return pools;
    }

    private List<byte[]> shuffled(List<byte[]> fragments) {
        List<byte[]> all = new ArrayList<>(fragments);
        Collections.shuffle(all, random);
        return all;
    }

    /** All that became of fragments, in any order. */
    private static List<byte[]> put(Bench bench, int share, Direction direction, List<byte[]> fragments) {
        List<byte[]> gone = new ArrayList<>();
        for (byte[] fragment : fragments) {
            byte[] result = bench.put(share, direction, fragment);
            if (result != null) {
                gone.add(result);
            }
            gone.addAll(bench.released);
        }
        return gone;
    }

    @Test
    void anyOrderBothWays() {
        try (Bench bench = new Bench(one().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            for (int id = 1; id < 60; id++) {
                byte[] sent = udp(HOST, 3000, SERVER_6, 53, OCTETS);
                byte[] becomes = udp(OUTSIDE, 3000, SERVER, 53, OCTETS);
                assertThat(put(bench, 1, Direction.TO_OUTSIDE, shuffled(fragments6(sent, id, 512))))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(fragments(becomes, id, 512));
                sent = udp(SERVER, 53, OUTSIDE, 3000, OCTETS);
                becomes = udp(SERVER_6, 53, HOST, 3000, OCTETS);
                assertThat(put(bench, 1, Direction.TO_INSIDE, shuffled(fragments(sent, id, 512))))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(fragments6(becomes, id, 512));
            }
            assertThat(bench.count(Count.FRAGMENT_HELD)).isPositive();
            assertThat(bench.count(Count.FRAGMENT_DROPPED)).isZero();
        }
    }

    @Test
    void hairpins() {
        Pools napt = Pools.second();
        try (Bench bench = new Bench(one().share(), napt.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            bench.put(2, Direction.TO_OUTSIDE, udp("10.0.0.9", 5000, SERVER, 53));
            byte[] sent = udp(OTHER, 4000, OUTSIDE_6, 3000, OCTETS);
            byte[] becomes = udp(OUTSIDE_6, 4000, HOST, 3000, OCTETS);
            assertThat(put(bench, 1, Direction.TO_OUTSIDE, shuffled(fragments6(sent, 0x7001_1234, 512))))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(fragments6(becomes, 0x1234, 512)); // as IPv4 has it in between
            sent = udp(HOST, 3000, "64:ff9b::cb00:7101", 5000, OCTETS);
            becomes = udp(OUTSIDE, 3000, "10.0.0.9", 5000, OCTETS);
            assertThat(put(bench, 1, Direction.TO_OUTSIDE, shuffled(fragments6(sent, 7, 512))))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(fragments(becomes, 7, 512));
            sent = udp("10.0.0.9", 5000, OUTSIDE, 3000, OCTETS);
            becomes = udp("64:ff9b::cb00:7101", 5000, HOST, 3000, OCTETS);
            assertThat(put(bench, 2, Direction.TO_OUTSIDE, shuffled(fragments(sent, 8, 512))))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(fragments6(becomes, 8, 512));
        }
    }

    @Test
    void overlapsEndTheDatagram() {
        try (Bench bench = new Bench(one().share())) {
            List<byte[]> parts = fragments6(udp(HOST, 3000, SERVER_6, 53, OCTETS), 9, 512);
            assertThat(put(bench, 1, Direction.TO_OUTSIDE, List.of(parts.get(0), parts.get(1))))
                    .hasSize(2);
            assertThat(put(bench, 1, Direction.TO_OUTSIDE, List.of(parts.get(1), parts.get(2))))
                    .isEmpty();
            assertThat(bench.count(Count.FRAGMENT_OVERLAP)).isEqualTo(1);
            assertThat(bench.count(Count.FRAGMENT_DROPPED)).isEqualTo(1);
        }
    }

    @Test
    void tinyFirstFragments() {
        try (Bench bench = new Bench(one().share())) {
            byte[] segment = Packets.tcp(HOST, 3000, SERVER_6, 80, Packets.SYN, new int[16]);
            assertThat(put(bench, 1, Direction.TO_OUTSIDE, fragments6(segment, 3, 16)))
                    .isEmpty();
            assertThat(bench.count(Count.FRAGMENT_TINY)).isEqualTo(1);
        }
    }

    @Test
    void whoIsRefusedIsToldOfTheFirstFragmentAsItWas() {
        Pools pools = one();
        pools.pool.firstPort(5000).lastPort(5000);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            List<byte[]> parts = fragments6(udp(OTHER, 3000, SERVER_6, 53, OCTETS), 9, 512);
            List<byte[]> told = put(bench, 1, Direction.TO_OUTSIDE, parts.reversed());
            assertThat(told)
                    .singleElement()
                    .satisfies(
                            frame -> assertThat(Bench.text(frame))
                                    .startsWith(
                                            "error 1/3 64:ff9b::c000:201 > 2001:db8:1::6 [udp 2001:db8:1::6:3000 > 64:ff9b::c000:201:53 frag 0]"));
            assertThat(bench.count(Count.FRAGMENT_DROPPED)).isEqualTo(parts.size() - 1);
        }
    }

    /** A number that is another host's meanwhile must not lead there. */
    @Test
    void laterFragmentsGoWhereTheFirstOneWent() {
        try (Bench bench = new Bench(one().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            List<byte[]> parts = fragments(udp(SERVER, 53, OUTSIDE, 3000, OCTETS), 9, 512);
            assertThat(bench.in(parts.getFirst())).isNotNull();
            bench.translator.clear(io.natator.model.session.SessionQuery.ALL, "", bench.now);
            bench.shares(one().share());
            bench.out(udp(OTHER, 3000, SERVER_6, 53));
            assertThat(bench.inText(parts.get(1))).endsWith("> 2001:db8:1::5 frag 512");
        }
    }
}
