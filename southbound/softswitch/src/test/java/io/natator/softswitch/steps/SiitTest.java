package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiitTest {
    private static final String HOST = "2001:db8:1::7";
    private static final String OUTSIDE = "198.51.100.7";
    private static final String REMOTE = "203.0.113.9";
    private static final String EMBEDDED = "64:ff9b::cb00:7109";

    static Pools share() {
        return Pools.siit("2001:db8:1::/120", "198.51.100.0/24", "64:ff9b::/96");
    }

    @Test
    void hostsSpeakWithIpv4() {
        try (Bench bench = new Bench(share().share())) {
            assertThat(bench.outText(Packets.udp(HOST, 4242, EMBEDDED, 53)))
                    .isEqualTo("udp 198.51.100.7:4242 > 203.0.113.9:53");
            assertThat(bench.in(Packets.udp(REMOTE, 53, OUTSIDE, 4242)))
                    .isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242));
        }
    }

    @Test
    void onlyWhatIsOfTheShareGoesOn() {
        try (Bench bench = new Bench(share().share())) {
            assertThat(bench.out(Packets.udp("2001:db8:2::7", 1, EMBEDDED, 2))).isNull();
            assertThat(bench.out(Packets.udp(HOST, 1, "2001:db8::1", 2))).isNull();
            assertThat(bench.out(Packets.udp(HOST, 1, "64:ff9b::e000:1", 2))).isNull();
            assertThat(bench.in(Packets.udp("224.0.0.1", 1, OUTSIDE, 2))).isNull();
            assertThat(bench.in(Packets.udp(REMOTE, 1, REMOTE, 2))).isNull();
            assertThat(bench.in(Packets.udp(OUTSIDE, 1, OUTSIDE, 2))).isNull();
            assertThat(bench.in(Packets.udp(HOST, 1, EMBEDDED, 2))).isNull();
            assertThat(bench.count(Count.TRANSLATE_NOT_INSIDE)).isEqualTo(1);
            assertThat(bench.count(Count.CROSS_NOT_EMBEDDED)).isEqualTo(1);
            assertThat(bench.count(Count.CROSS_ILLEGAL_ADDRESS)).isEqualTo(2);
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
            assertThat(bench.count(Count.TRANSLATE_LAND)).isEqualTo(1);
            assertThat(bench.count(Count.TRANSLATE_OTHER_FAMILY)).isEqualTo(1);
        }
    }

    /** RFC 7757, section 4: each sees the other at its IPv4 address. */
    @Test
    void hostsSpeakWithEachOtherByTheirOutsideAddresses() {
        try (Bench bench = new Bench(share().share())) {
            assertThat(bench.out(Packets.udp(HOST, 4242, "64:ff9b::c633:6408", 53)))
                    .isEqualTo(Packets.udp("64:ff9b::c633:6407", 4242, "2001:db8:1::8", 53));
        }
    }

    /** Rules send the errors of routers to any share. */
    @Test
    void errorsOfRoutersBelongToTheHostThatTheyQuote() {
        Pools other = Pools.siit("2001:db8:3::/120", "192.0.2.0/24", "64:ff9b::/96");
        other.id = 2;
        try (Bench bench = new Bench(share().share(), other.share())) {
            byte[] error =
                    Packets.error("2001:db8:f::1", EMBEDDED, 3, 0, Packets.udp(EMBEDDED, 53, "2001:db8:3::9", 4242));
            for (int share = 1; share <= 2; share++) {
                assertThat(Bench.text(bench.put(share, Direction.TO_OUTSIDE, error)))
                        .isEqualTo("error 11/0 192.0.2.9 > 203.0.113.9 [udp 203.0.113.9:53 > 192.0.2.9:4242]");
            }
        }
    }

    @Test
    void hostsSpeakWithThoseBehindPools() {
        Pools napt = Pools.napt().forward(17, "192.0.2.1", 53, "10.0.0.5", 5353);
        napt.id = 2;
        napt.outside = List.of("192.0.2.1/32");
        try (Bench bench = new Bench(share().share(), napt.share())) {
            assertThat(bench.outText(Packets.udp(HOST, 4242, "64:ff9b::c000:201", 53)))
                    .isEqualTo("udp 198.51.100.7:4242 > 10.0.0.5:5353");
            assertThat(bench.out(Packets.udp(HOST, 4242, "64:ff9b::c000:201", 54)))
                    .isNull();
        }
    }

    @Test
    void previewSaysWhatWouldBe() {
        try (Bench bench = new Bench(share().share())) {
            List<String> lines = new ArrayList<>();
            byte[] would = bench.preview(1, Direction.TO_INSIDE, Packets.udp(REMOTE, 53, OUTSIDE, 4242), lines);
            assertThat(would).isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242));
            assertThat(bench.preview(1, Direction.TO_OUTSIDE, Packets.udp(HOST, 1, HOST, 2), lines))
                    .isNull();
            assertThat(lines).containsExactly("becomes IPv6", "cross_not_embedded", "dropped");
            assertThat(bench.count(Count.CROSS_NOT_EMBEDDED)).isZero();
        }
    }
}
