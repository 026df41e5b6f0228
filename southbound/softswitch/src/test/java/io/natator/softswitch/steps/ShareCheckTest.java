package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import io.natator.model.session.Share;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

class ShareCheckTest {
    private static String napt(Consumer<Pools> change) {
        Pools pools = Pools.napt();
        change.accept(pools);
        return wrong(pools.share());
    }

    private static String wrong(Share... shares) {
        return ShareCheck.wrong(List.of(shares)).orElse("");
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        assertThat(napt(p -> {})).isEmpty();
        assertThat(napt(p -> p.id = 0)).contains("not positive");
        assertThat(napt(p -> {
                    p.inside = "2001:db8::/64";
                    p.outside = List.of("2001:db8:1::/64");
                }))
                .isEqualTo("share 1 of t1: NAPT is for IPv4 only");
        assertThat(napt(p -> p.exempt = List.of("2001:db8::/64"))).contains("two families");
        assertThat(napt(p -> p.outside = List.of())).contains("0 addresses");
        assertThat(napt(p -> p.outside = List.of("11.0.0.0/8"))).contains("16777216 addresses");
        assertThat(napt(p -> p.pool.firstPort(0))).contains("ports are 0");
        assertThat(napt(p -> p.pool.lastPort(1))).contains("ports are 1024 to 1");
        assertThat(napt(p -> p.pool.portBlock(65000))).contains("65000 ports");
        assertThat(napt(p -> p.pool.mss(5))).contains("MSS");
        assertThat(napt(p -> p.forward(6, "192.0.2.1", 80, "10.0.0.1", 80))).contains("Forward");
        assertThat(napt(p -> p.forward(6, "198.51.100.1", 80, "10.9.0.1", 80))).contains("Forward");
        assertThat(napt(p -> p.forward(1, "198.51.100.1", 80, "10.0.0.1", 80))).contains("Forward");
        assertThat(napt(p -> p.forward(6, "198.51.100.1", 80, "10.0.0.1", 80)
                        .forward(6, "198.51.100.1", 80, "10.0.0.2", 80)))
                .contains("Forward");
        assertThat(wrong(Pools.dynamic().reserve("10.0.0.1", "192.0.2.1").share()))
                .contains("Reservation");
        assertThat(wrong(Pools.fixed("10.0.0.0/24", "198.51.100.0/25").share())).contains("of the length");
    }

    private static String siit(String inside, String outside, String pref64, int mtu) {
        Pools pools = Pools.siit(inside, outside, pref64);
        pools.embedding = new Embedding(IpPrefix.valueOf(pref64), mtu);
        return wrong(pools.share());
    }

    @Test
    void siitNeedsBothFamiliesAndRoomForItsHosts() {
        assertThat(siit("2001:db8::/64", "198.51.100.0/24", "64:ff9b::/96", 1280))
                .isEmpty();
        assertThat(siit("2001:db8::/124", "198.51.100.0/24", "64:ff9b::/96", 1280))
                .contains("less room");
        assertThat(siit("10.0.0.0/24", "198.51.100.0/24", "64:ff9b::/96", 1280)).contains("of IPv6");
        assertThat(siit("2001:db8::/64", "2001:db9::/64", "64:ff9b::/96", 1280)).contains("of IPv4");
        assertThat(siit("2001:db8::/64", "198.51.100.0/24", "64:ff9b::/80", 1280))
                .contains("length");
        assertThat(siit("2001:db8::/64", "198.51.100.0/24", "64:ff9b::/96", 1000))
                .contains("1000");
        Pools none = Pools.siit("2001:db8::/64", "198.51.100.0/24", "64:ff9b::/96");
        none.embedding = null;
        assertThat(wrong(none.share())).contains("pref64");
    }

    @Test
    void sharesMustNotBeInEachOthersWay() {
        Pools other = Pools.dynamic();
        other.outside = List.of("198.51.100.2/32");
        assertThat(wrong(Pools.napt().share(), other.share())).contains("twice");
        other.id = 2;
        assertThat(wrong(Pools.napt().share(), other.share())).contains("in common");
        other.outside = List.of("198.51.100.4/32");
        assertThat(wrong(Pools.napt().share(), other.share())).isEmpty();
    }
}
