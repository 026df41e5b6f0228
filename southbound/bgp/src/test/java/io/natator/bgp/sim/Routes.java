package io.natator.bgp.sim;

import io.natator.model.compile.Announcement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Host routes by prefix, with their next hops. */
final class Routes {
    private Routes() {}

    static List<Announcement> of(Map<IpPrefix, IpAddress> routes) {
        return routes.entrySet().stream()
                .map(one -> new Announcement(one.getKey(), one.getValue(), List.of(), List.of(), List.of("t")))
                .toList();
    }

    static Map<IpPrefix, IpAddress> some(Random random) {
        Map<IpPrefix, IpAddress> routes = new LinkedHashMap<>();
        int count = random.nextInt(1_000);
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(1_500);
            boolean ipv4 = random.nextBoolean();
            IpPrefix prefix = ipv4
                    ? IpPrefix.valueOf(0x0a000000 + number, 32)
                    : IpPrefix.valueOf("2001:db8::" + Integer.toHexString(number) + "/128");
            String nextHop = (ipv4 ? "192.0.2." : "2001:db8:ffff::") + (1 + random.nextInt(3));
            routes.put(prefix, IpAddress.valueOf(nextHop));
        }
        return routes;
    }
}
