package io.natator.bgp.ribout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

class RouteMapTest {
    private static IpPrefix prefix(Random random) {
        int number = random.nextInt(300);
        return random.nextBoolean()
                ? IpPrefix.valueOf(0x0a000000 + number, 32)
                : IpPrefix.valueOf("2001:db8::" + Integer.toHexString(number) + "/128");
    }

    @Test
    void isAMap() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        RouteMap map = new RouteMap();
        Map<IpPrefix, Route> expected = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            IpPrefix prefix = prefix(random);
            Route known = expected.get(prefix);
            assertThat(map.get(prefix)).as("seed %d", seed).isSameAs(known);
            if (known == null) {
                Route added = new Route(prefix);
                assertThat(map.remove(added)).isFalse();
                map.add(added);
                expected.put(prefix, added);
            } else if (random.nextInt(3) > 0) {
                assertThat(map.remove(known)).isTrue();
                expected.remove(prefix);
            }
            assertThat(map.size()).isEqualTo(expected.size());
        }
        assertThat(map).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected.values());
    }
}
