package io.natator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Announcement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class DifferenceTest {
    private static Announcement announcement(int number) {
        return new Announcement(
                IpPrefix.valueOf(0x0a000000 + number, 32),
                IpAddress.valueOf("192.0.2.1"),
                List.of(),
                List.of(),
                List.of("t"));
    }

    private static List<Announcement> some(Random random) {
        TreeSet<Integer> numbers = new TreeSet<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            numbers.add(random.nextInt(24));
        }
        return numbers.stream().map(DifferenceTest::announcement).toList();
    }

    @Test
    void leadsFromOneSetToTheOther() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<Announcement> before = some(random);
            List<Announcement> after = some(random);
            Difference difference = Difference.between(before, after);
            Set<Announcement> result = new HashSet<>(before);
            assertThat(before).as("seed %d", seed).containsAll(difference.removed());
            difference.removed().forEach(result::remove);
            for (Announcement added : difference.added()) {
                assertThat(result.add(added)).as("seed %d", seed).isTrue();
            }
            assertThat(result).as("seed %d", seed).isEqualTo(new HashSet<>(after));
            assertThat(difference.isEmpty()).isEqualTo(before.equals(after));
        }
    }

    @Test
    void isNothingWhereOnlyTheOrderDiffers() {
        List<Announcement> before = List.of(announcement(1), announcement(2), announcement(3));
        List<Announcement> after = new ArrayList<>(before.reversed());
        assertThat(Difference.between(before, after).isEmpty()).isTrue();
    }
}
