package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.softswitch.count.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** RFC 4787, section 11; RFC 6888, REQ-11 and 12; RFC 1858, 3128. */
class FragmentsTest {
    private static final String OUTSIDE = "198.51.100.1";
    private static final String SERVER = "192.0.2.1";

    private static Pools one() {
        Pools pools = Pools.napt();
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.preservePort(true);
        return pools;
    }

    /** The packet of fragments in any order. */
    private static byte[] whole(List<byte[]> fragments) {
        int length = fragments.stream().mapToInt(f -> f.length - 34).sum();
        byte[] whole = Arrays.copyOf(fragments.getFirst(), 34 + length);
        for (byte[] f : fragments) {
            System.arraycopy(f, 34, whole, 34 + (Bytes.u16(f, 20) & 0x1FFF) * 8, f.length - 34);
        }
        Bytes.put16(whole, 16, 20 + length);
        Bytes.put16(whole, 20, 0);
        Bytes.put16(whole, 24, 0);
        Bytes.put16(whole, 24, Checksum.of(whole, 14, 20));
        return whole;
    }

    @Test
    void anyOrderBothWays() {
        SplittableRandom random = new SplittableRandom(5);
        try (Bench bench = new Bench(one().share())) {
            bench.out(udp("10.0.0.5", 3000, SERVER, 53));
            for (int round = 0; round < 50; round++) {
                boolean outward = random.nextBoolean();
                byte[] packet =
                        outward ? udp("10.0.0.5", 3000, SERVER, 53, 4000) : udp(SERVER, 53, OUTSIDE, 3000, 4000);
                List<byte[]> parts = new ArrayList<>(fragments(packet, round % 3, 512));
                for (int i = parts.size() - 1; i > 0; i--) {
                    java.util.Collections.swap(parts, i, random.nextInt(i + 1));
                }
                List<byte[]> gone = new ArrayList<>();
                for (byte[] part : parts) {
                    byte[] result = outward ? bench.out(part) : bench.in(part);
                    if (result != null) {
                        gone.add(result);
                    }
                    gone.addAll(bench.released);
                }
                assertThat(gone).hasSize(parts.size());
                assertThat(Reading.wrong(whole(gone))).isEmpty();
                assertThat(Reading.of(whole(gone)))
                        .isEqualTo(
                                outward ? "udp 198.51.100.1:3000 > 192.0.2.1:53" : "udp 192.0.2.1:53 > 10.0.0.5:3000");
            }
            assertThat(bench.count(Count.FRAGMENT_OVERLAP))
                    .as("identifications came again")
                    .isZero();
        }
    }

    @Test
    void overlappingAndTinyOnesAreDropped() {
        try (Bench bench = new Bench(one().share())) {
            List<byte[]> parts = fragments(udp("10.0.0.5", 3000, SERVER, 53, 100), 1, 48);
            assertThat(bench.out(parts.get(0))).isNotNull();
            List<byte[]> other = fragments(udp("10.0.0.5", 3000, SERVER, 53, 100), 1, 40);
            assertThat(bench.out(other.get(1))).isNull();
            assertThat(bench.count(Count.FRAGMENT_OVERLAP)).isEqualTo(1);
            assertThat(bench.out(parts.get(2))).as("the rest goes, too").isNull();

            List<byte[]> tiny = fragments(tcp("10.0.0.5", 3000, SERVER, 53, Packets.SYN), 2, 8);
            assertThat(bench.out(tiny.get(0))).isNull();
            assertThat(bench.out(tiny.get(1))).isNull();
            assertThat(bench.count(Count.FRAGMENT_TINY)).isEqualTo(2);

            byte[] beyond =
                    fragments(udp("10.0.0.5", 3000, SERVER, 53, 100), 3, 48).get(1);
            Bytes.put16(beyond, 20, 0x1FFE);
            assertThat(bench.out(beyond)).isNull();
            assertThat(bench.count(Count.FRAGMENT_OVERLAP)).isEqualTo(2);
        }
    }

    @Test
    void thoseThatWaitInVainAreForgotten() {
        try (Bench bench = new Bench(one().share())) {
            List<byte[]> parts = fragments(udp("10.0.0.5", 3000, SERVER, 53, 100), 1, 48);
            assertThat(bench.out(parts.get(1))).isNull();
            assertThat(bench.verdict).isEqualTo(Verdict.HELD);
            bench.pass(6);
            assertThat(bench.count(Count.FRAGMENT_EXPIRED)).isEqualTo(1);
            assertThat(bench.out(parts.get(0))).isNotNull();
            assertThat(bench.released).isEmpty();
        }
    }

    @Test
    void whatIsRefusedIsRefusedAsAWhole() {
        try (Bench bench = new Bench(one().share())) {
            List<byte[]> parts = fragments(udp(SERVER, 53, OUTSIDE, 3000, 100), 1, 48);
            assertThat(bench.in(parts.get(1))).isNull();
            assertThat(bench.in(parts.get(0))).isNull();
            assertThat(bench.in(parts.get(2))).isNull();
            assertThat(bench.count(Count.FRAGMENT_DROPPED)).isEqualTo(2);
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
        }
    }

    @Test
    void oneSourceCannotTakeAllRoom() {
        try (Bench bench = new Bench(one().share())) {
            for (int id = 0; id < 200; id++) {
                bench.out(fragments(udp("10.0.0.5", 3000, SERVER, 53, 100), id, 48)
                        .get(1));
            }
            assertThat(bench.count(Count.FRAGMENT_NO_ROOM)).isPositive();
            byte[] later =
                    fragments(udp("10.0.0.6", 3000, SERVER, 53, 100), 7, 48).get(1);
            bench.out(later);
            assertThat(bench.verdict).isEqualTo(Verdict.HELD);
        }
    }
}
