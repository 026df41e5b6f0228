package io.natator.model.rpki;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class VrpSetTest {
    private static Vrp vrp(String prefix, int maxLength, long origin) {
        return new Vrp(IpPrefix.valueOf(prefix), maxLength, origin);
    }

    /** RFC 6811, section 2, and the examples of RFC 6483, section 4. */
    @Test
    void saysWhy() {
        VrpSet set = VrpSet.of(List.of(
                vrp("198.51.100.0/24", 24, 65001),
                vrp("198.51.100.0/24", 26, 65000),
                vrp("203.0.113.0/24", 32, 0),
                vrp("2001:db8::/32", 48, 65000)));
        assertThat(set.size()).isEqualTo(4);
        assertThat(validate(set, "198.51.100.64/26", 65000)).isEqualTo(new Validity.Valid());
        assertThat(validate(set, "198.51.100.0/24", 65001)).isEqualTo(new Validity.Valid());
        assertThat(validate(set, "198.51.0.0/16", 65000)).isEqualTo(new Validity.NotFound());
        assertThat(validate(set, "198.51.100.7/32", 65000))
                .isEqualTo(new Validity.Invalid(
                        "198.51.100.7/32 is too specific: the ROA says 198.51.100.0/24 up to /26 by AS 65000"));
        assertThat(validate(set, "198.51.100.0/24", 65002))
                .isEqualTo(new Validity.Invalid("AS 65002 may not announce 198.51.100.0/24: the ROA of 198.51.100.0/24"
                        + " allows AS 65000, AS 65001"));
        assertThat(validate(set, "203.0.113.0/24", 0))
                .isEqualTo(new Validity.Invalid(
                        "203.0.113.0/24 is too specific: the ROA says 203.0.113.0/24 up to /32 by" + " AS 0"));
        assertThat(validate(set, "203.0.113.0/25", 65000))
                .isEqualTo(new Validity.Invalid(
                        "AS 65000 may not announce 203.0.113.0/25: the ROA of 203.0.113.0/24 allows nobody (AS 0)"));
        assertThat(validate(set, "2001:db8:1::/48", 65000)).isEqualTo(new Validity.Valid());
        assertThat(validate(set, "2001:db8:1::/49", 65000)).isInstanceOf(Validity.Invalid.class);
        assertThat(validate(VrpSet.EMPTY, "0.0.0.0/0", 1)).isEqualTo(new Validity.NotFound());
    }

    private static Validity validate(VrpSet set, String prefix, long origin) {
        return set.validate(IpPrefix.valueOf(prefix), origin);
    }

    @Test
    void agreesWithTheDefinition() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            boolean ipv4 = random.nextBoolean();
            List<Vrp> vrps = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                IpPrefix prefix = prefix(random, ipv4 ^ random.nextInt(8) == 0);
                int width = prefix.isIp4() ? 32 : 128;
                vrps.add(new Vrp(
                        prefix,
                        prefix.prefixLength() + random.nextInt(width + 1 - prefix.prefixLength()),
                        random.nextInt(3)));
            }
            VrpSet set = random.nextBoolean()
                    ? VrpSet.of(vrps)
                    : VrpSet.union(List.of(
                            VrpSet.of(vrps.subList(0, vrps.size() / 2)),
                            VrpSet.of(vrps.subList(vrps.size() / 2, vrps.size()))));
            IpPrefix route = prefix(random, ipv4);
            long origin = random.nextInt(3);
            assertThat(kind(set.validate(route, origin)))
                    .as("seed %d round %d: %s by %d in %s", seed, round, route, origin, vrps)
                    .isEqualTo(naive(vrps, route, origin));
        }
    }

    /** Few prefixes, so that they cover each other. */
    private static IpPrefix prefix(Random random, boolean ipv4) {
        int length = random.nextInt(ipv4 ? 33 : 129);
        byte[] octets = new byte[ipv4 ? 4 : 16];
        octets[0] = (byte) (random.nextInt(2) << 7);
        octets[octets.length - 1] = (byte) random.nextInt(2);
        return IpPrefix.valueOf(
                IpAddress.valueOf(ipv4 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets), length);
    }

    private static String kind(Validity validity) {
        return validity.getClass().getSimpleName();
    }

    /** RFC 6811, section 2, word for word, bit by bit. */
    private static String naive(List<Vrp> vrps, IpPrefix route, long origin) {
        String result = "NotFound";
        for (Vrp vrp : vrps) {
            if (covers(vrp.prefix(), route)) {
                if (route.prefixLength() <= vrp.maxLength() && vrp.origin() == origin && origin != 0) {
                    return "Valid";
                }
                result = "Invalid";
            }
        }
        return result;
    }

    private static boolean covers(IpPrefix outer, IpPrefix inner) {
        if (outer.isIp4() != inner.isIp4() || outer.prefixLength() > inner.prefixLength()) {
            return false;
        }
        for (int bit = 0; bit < outer.prefixLength(); bit++) {
            int mask = 0x80 >> bit % 8;
            if (((outer.address().toOctets()[bit / 8] ^ inner.address().toOctets()[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
