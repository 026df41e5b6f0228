package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Hosts of both families beside a plain map, at any load. */
class HostTableTest {
    private record Host(int share, long high, long low) {
        boolean isIpv6() {
            return high != 0;
        }
    }

    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Of few; IPv4 addresses are as small as numbers of hosts are. */
    private Host any() {
        long low = random.nextInt(60);
        return random.nextBoolean()
                ? new Host(random.nextInt(2), 0, low)
                : new Host(
                        random.nextInt(2), 0x2001_0db8_0000_0000L + random.nextInt(2), low << (32 * random.nextInt(2)));
    }

    private static int find(HostTable hosts, Host host) {
        return host.isIpv6() ? hosts.find(host.share, host.high, host.low) : hosts.find(host.share, (int) host.low);
    }

    private static int add(HostTable hosts, Host host) {
        return host.isIpv6() ? hosts.add(host.share, host.high, host.low) : hosts.add(host.share, (int) host.low);
    }

    @Test
    void knowsTheHostsThatWereAddedByAddressAndByNumber() {
        for (int most = 1; most < 120; most += 17) {
            try (HostTable hosts = new HostTable(most, random.nextLong())) {
                Map<Host, Integer> there = new HashMap<>();
                for (int i = 0; i < 4000; i++) {
                    step(hosts, most, there);
                    Host asked = any();
                    assertThat(find(hosts, asked))
                            .as("seed %d, most %d, step %d", seed, most, i)
                            .isEqualTo(there.getOrDefault(asked, 0));
                    assertThat(hosts.live()).isEqualTo(there.size());
                }
                there.forEach((host, h) -> {
                    assertThat(hosts.high(h)).isEqualTo(host.high);
                    assertThat(hosts.low(h)).isEqualTo(host.low);
                    assertThat(hosts.inside(h)).isEqualTo(host.isIpv6() ? h : (int) host.low);
                });
            }
        }
    }

    private void step(HostTable hosts, int most, Map<Host, Integer> there) {
        Host host = any();
        Integer before = there.get(host);
        if (before == null) {
            int h = add(hosts, host);
            assertThat(h == 0).as("full").isEqualTo(there.size() == most);
            if (h != 0) {
                there.put(host, h);
            }
        } else if (random.nextInt(3) == 0) {
            hosts.remove(there.remove(host));
        } else if (random.nextBoolean()) {
            hosts.pair(before, random.nextInt());
        } else {
            hosts.unpair(before);
        }
    }

    @Test
    void aHostStaysAsLongAsAnythingOfItIsThere() {
        try (HostTable hosts = new HostTable(4, seed)) {
            int h = hosts.add(3, 0x2001_0db8_0000_0000L, 1);
            List<Runnable> ends = new ArrayList<>();
            assertThat(hosts.isIdle(h)).isTrue();
            hosts.pin(h, 1);
            ends.add(() -> hosts.pin(h, -1));
            hosts.addSessions(h, 2);
            ends.add(() -> hosts.addSessions(h, -2));
            hosts.addPorts(h, 1, 1);
            ends.add(() -> hosts.addPorts(h, 1, -1));
            hosts.block(h, 0);
            ends.add(() -> hosts.block(h, -1));
            while (!ends.isEmpty()) {
                assertThat(hosts.isIdle(h)).isFalse();
                ends.remove(random.nextInt(ends.size())).run();
            }
            assertThat(hosts.isIdle(h)).isTrue();
            assertThat(hosts.share(h)).isEqualTo(3);
        }
    }
}
