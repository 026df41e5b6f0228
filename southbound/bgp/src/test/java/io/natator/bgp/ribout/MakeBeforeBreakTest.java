package io.natator.bgp.ribout;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Update;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.Peering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Routes between sets that aggregate a block in other ways. After each octet string that a neighbour reads: an address that
 * had a route before and has one afterwards has one now, and if both lead to one device, it is that.
 */
class MakeBeforeBreakTest {
    private static final int HOSTS = 64;
    private static final int FULL = 26;
    private static final int LONGEST = 32;
    private static final String[] HOPS = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};

    private final Map<IpPrefix, IpAddress> held = new HashMap<>();
    private int looks;

    private static IpPrefix prefix(int host, int length) {
        return IpPrefix.valueOf(0x0a000000 + host, length);
    }

    /** Where the neighbour sends what is for a host; null: nowhere. */
    private IpAddress towards(int host) {
        for (int length = LONGEST; length >= FULL; length--) {
            IpAddress hop = held.get(prefix(host, length));
            if (hop != null) {
                return hop;
            }
        }
        return null;
    }

    private IpAddress[] all() {
        IpAddress[] hops = new IpAddress[HOSTS];
        for (int host = 0; host < HOSTS; host++) {
            hops[host] = towards(host);
        }
        return hops;
    }

    /** Blocks that are halved or not, at random, some with nobody and some nested in others. */
    private static void halve(Random random, int host, int length, Map<IpPrefix, IpAddress> routes) {
        if (random.nextInt(3) == 0) {
            routes.put(prefix(host, length), IpAddress.valueOf(HOPS[random.nextInt(HOPS.length)]));
        }
        if (length < LONGEST && random.nextInt(6) != 0) {
            halve(random, host, length + 1, routes);
            halve(random, host + (1 << (LONGEST - length - 1)), length + 1, routes);
        }
    }

    private static Map<IpPrefix, IpAddress> routes(Random random) {
        Map<IpPrefix, IpAddress> routes = new HashMap<>();
        halve(random, 0, FULL, routes);
        return routes;
    }

    private void read(byte[] message) {
        Update update = (Update) ((Decoded.Ok) Decoder.decode(message, Sessions.EXTERNAL)).message();
        update.withdrawn().forEach(held::remove);
        update.announced()
                .forEach(prefix -> held.put(
                        prefix, update.attributes().orElseThrow().nextHop().orElseThrow()));
    }

    private void check(IpAddress[] before, IpAddress[] now, IpAddress[] after, String what) {
        for (int host = 0; host < HOSTS; host++) {
            if (before[host] != null && after[host] != null) {
                looks++;
                assertThat(now[host]).as("%s: host %d has no route", what, host).isNotNull();
                if (before[host].equals(after[host])) {
                    assertThat(now[host]).as("%s: host %d", what, host).isEqualTo(after[host]);
                }
            }
        }
    }

    @Test
    void leavesNoMomentWithoutARoute() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        Random random = new Random(seed);
        Rib rib = new Rib();
        RibOut out = rib.neighbor("n");
        out.up(Peering.between(65000, 65001), Sessions.negotiated(Sessions.EXTERNAL, true, Family.IPV4_UNICAST));
        for (int i = 0; i < 2_000; i++) {
            IpAddress[] before = all();
            Map<IpPrefix, IpAddress> next = routes(random);
            List<Announcement> announcements = new ArrayList<>();
            next.forEach((prefix, hop) ->
                    announcements.add(new Announcement(prefix, hop, List.of(), List.of(), List.of("t"))));
            rib.replace(announcements);
            List<IpAddress[]> moments = new ArrayList<>();
            for (Optional<byte[]> message = out.next(); message.isPresent(); message = out.next()) {
                read(message.get());
                moments.add(all());
            }
            assertThat(held).isEqualTo(next);
            IpAddress[] after = all();
            for (IpAddress[] now : moments) {
                check(before, now, after, "change " + i);
            }
        }
        assertThat(looks).isGreaterThan(100_000);
    }
}
