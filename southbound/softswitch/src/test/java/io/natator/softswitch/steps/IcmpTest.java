package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.session.Share.Direction;
import io.natator.packet.Bytes;
import io.natator.softswitch.count.Count;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 5508. */
class IcmpTest {
    private static final String HOST = "10.0.0.5";
    private static final String SERVER = "192.0.2.1";
    private static final String OUTSIDE = "198.51.100.1";
    private static final String ROUTER = "203.0.113.1";

    private static Pools one() {
        Pools pools = Pools.napt();
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.preservePort(true);
        return pools;
    }

    @Test
    void queriesAreToldApartByTheirIdentifiers() {
        try (Bench bench = new Bench(one().share())) {
            assertThat(bench.outText(icmp(HOST, SERVER, 8, 2000))).isEqualTo("icmp 8 198.51.100.1 > 192.0.2.1 id 2000");
            byte[] second = bench.out(icmp("10.0.0.6", SERVER, 8, 2000));
            int id = Bytes.u16(second, 38);
            assertThat(id).isNotEqualTo(2000);
            assertThat(bench.inText(icmp(SERVER, OUTSIDE, 0, 2000))).isEqualTo("icmp 0 192.0.2.1 > 10.0.0.5 id 2000");
            assertThat(bench.inText(icmp(SERVER, OUTSIDE, 0, id))).isEqualTo("icmp 0 192.0.2.1 > 10.0.0.6 id 2000");
            assertThat(bench.in(icmp(SERVER, OUTSIDE, 8, 2000)))
                    .as("a query from outside")
                    .isNull();
            assertThat(bench.in(icmp("192.0.2.2", OUTSIDE, 0, 2000)))
                    .as("an answer nobody asked for")
                    .isNull();
            assertThat(bench.out(icmp(HOST, SERVER, 0, 7)))
                    .as("an answer to nothing")
                    .isNull();
            bench.pass(61);
            assertThat(bench.translator.live()).isZero();
        }
    }

    @Test
    void errorsFromOutsideFindTheirHost() {
        try (Bench bench = new Bench(one().share())) {
            byte[] sent = bench.out(udp(HOST, 3000, SERVER, 53, 100));
            String right = "error 3/4 203.0.113.1 > 10.0.0.5 [udp 10.0.0.5:3000 > 192.0.2.1:53]";
            for (int quoted = 28; quoted <= 128; quoted++) {
                assertThat(bench.inText(error(ROUTER, OUTSIDE, 3, 4, sent, quoted)))
                        .isEqualTo(right);
            }
            byte[] ping = bench.out(icmp(HOST, SERVER, 8, 99));
            assertThat(bench.inText(error(ROUTER, OUTSIDE, 11, 0, ping)))
                    .isEqualTo("error 11/0 203.0.113.1 > 10.0.0.5 [icmp 8 10.0.0.5 > 192.0.2.1 id 99]");
            byte[] time = bench.out(icmp(HOST, SERVER, 13, 98));
            assertThat(bench.inText(error(ROUTER, OUTSIDE, 11, 0, time)))
                    .isEqualTo("error 11/0 203.0.113.1 > 10.0.0.5 [icmp 13 10.0.0.5 > 192.0.2.1 id 98]");
            byte[] syn = bench.out(tcp(HOST, 3001, SERVER, 80, Packets.SYN));
            assertThat(bench.inText(error(ROUTER, OUTSIDE, 3, 3, syn)))
                    .isEqualTo("error 3/3 203.0.113.1 > 10.0.0.5 [tcp 10.0.0.5:3001 > 192.0.2.1:80]");
        }
    }

    @Test
    void errorsFromInsideLeaveByTheOutsideAddress() {
        try (Bench bench = new Bench(one().share())) {
            bench.out(udp(HOST, 3000, SERVER, 53));
            byte[] got = bench.in(udp(SERVER, 53, OUTSIDE, 3000));
            String right = "error 3/3 198.51.100.1 > 192.0.2.1 [udp 192.0.2.1:53 > 198.51.100.1:3000]";
            assertThat(bench.outText(error(HOST, SERVER, 3, 3, got))).isEqualTo(right);
            assertThat(bench.outText(error("10.0.0.254", SERVER, 3, 3, got)))
                    .as("a router's")
                    .isEqualTo(right);
        }
    }

    @Test
    void forgedErrorsAreDroppedAndNothingEnds() {
        try (Bench bench = new Bench(one().share())) {
            byte[] sent = bench.out(udp(HOST, 3000, SERVER, 53));
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 3001, SERVER, 53))))
                    .isNull();
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 3000, SERVER, 54))))
                    .isNull();
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 3, udp("198.51.100.2", 3000, SERVER, 53))))
                    .isNull();
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 3, sent, 20)))
                    .as("no ports")
                    .isNull();
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 3, sent, 10)))
                    .as("no header")
                    .isNull();
            assertThat(bench.out(error(HOST, SERVER, 3, 3, udp(SERVER, 5, HOST, 9))))
                    .isNull();
            assertThat(bench.count(Count.TRANSLATE_ERROR_UNKNOWN)).isEqualTo(6);
            bench.pass(290);
            bench.in(error(ROUTER, OUTSIDE, 3, 3, sent));
            assertThat(bench.translator.live()).as("errors end nothing").isEqualTo(1);
            bench.pass(11);
            assertThat(bench.translator.live()).as("and keep nothing").isZero();
        }
    }

    @Test
    void errorsBetweenInsideHosts() {
        Pools pools = one();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp(HOST, 3000, SERVER, 53));
            byte[] got = bench.out(udp("10.0.0.6", 4000, OUTSIDE, 3000));
            assertThat(Reading.of(got)).isEqualTo("udp 198.51.100.1:4000 > 10.0.0.5:3000");
            byte[] refused = error(HOST, OUTSIDE, 3, 3, got);
            String right = "error 3/3 198.51.100.1 > 10.0.0.6 [udp 10.0.0.6:4000 > 198.51.100.1:3000]";
            assertThat(bench.outText(refused)).isEqualTo(right);
            assertThat(bench.inText(refused)).isEqualTo(right);
        }
    }

    @Test
    void whoWasSpokenToByItsInsideAddressAnswersAsItself() {
        try (Bench bench = new Bench(one().share())) {
            byte[] sent = bench.out(udp(HOST, 3000, "10.0.0.6", 53));
            assertThat(Reading.of(sent)).isEqualTo("udp 198.51.100.1:3000 > 10.0.0.6:53");
            assertThat(bench.inText(udp("10.0.0.6", 53, OUTSIDE, 3000)))
                    .as("not as a hairpin: HOST would not know who it is")
                    .isEqualTo("udp 10.0.0.6:53 > 10.0.0.5:3000");
            assertThat(bench.inText(error("10.0.0.6", OUTSIDE, 3, 3, sent)))
                    .isEqualTo("error 3/3 10.0.0.6 > 10.0.0.5 [udp 10.0.0.5:3000 > 10.0.0.6:53]");
            assertThat(bench.translator.live()).isEqualTo(1);
        }
    }

    @Test
    void errorsOfStaticTranslations() {
        for (String[] net : new String[][] {
            {"10.0.0.0/24", "198.51.100.0/24", "10.0.0.5", "198.51.100.5", SERVER, ROUTER},
            {"2001:db8:1::/48", "2001:db8:ff::/48", "2001:db8:1::5", "2001:db8:ff::5", "2001:db8:2::1", "2001:db8:3::1"}
        }) {
            boolean ipv4 = net[0].contains(".");
            int type = ipv4 ? 11 : 3;
            try (Bench bench = new Bench(Pools.fixed(net[0], net[1]).share())) {
                byte[] sent = bench.out(udp(net[2], 3000, net[4], 53, 40));
                assertThat(Reading.of(sent)).isEqualTo("udp " + net[3] + ":3000 > " + net[4] + ":53");
                int header = ipv4 ? 20 : 40;
                for (int quoted = header; quoted <= sent.length - 14; quoted++) {
                    String text = bench.inText(error(net[5], net[3], type, 0, sent, quoted));
                    assertThat(text).startsWith("error " + type + "/0 " + net[5] + " > " + net[2]);
                    assertThat(text).contains(net[2]).doesNotContain(net[3]);
                }
                byte[] got = bench.in(tcp(net[4], 80, net[3], 9, Packets.ACK));
                assertThat(bench.outText(error(net[2], net[4], type, 0, got)))
                        .isEqualTo("error " + type + "/0 " + net[3] + " > " + net[4] + " [tcp " + net[4] + ":80 > "
                                + net[3] + ":9]");
                byte[] ping = bench.out(icmp(net[2], net[4], ipv4 ? 8 : 128, 4));
                assertThat(bench.inText(error(net[5], net[3], type, 0, ping)))
                        .contains(net[2] + " > " + net[4] + " id 4");
            }
        }
    }

    @Test
    void exemptRemotesSeeInsideAddressesInErrorsToo() {
        Pools pools = Pools.fixed("10.0.0.0/24", "198.51.100.0/24");
        pools.exempt = List.of("192.0.2.0/24");
        try (Bench bench = new Bench(pools.share())) {
            byte[] sent = udp(HOST, 3000, SERVER, 53);
            assertThat(bench.out(sent)).isEqualTo(sent);
            byte[] error = error(HOST, SERVER, 3, 3, udp(SERVER, 53, HOST, 3000));
            assertThat(bench.out(error)).isEqualTo(error);
            byte[] seen = bench.out(udp(HOST, 3000, ROUTER, 53));
            assertThat(bench.inText(error("192.0.2.9", "198.51.100.5", 11, 0, seen)))
                    .as("an exempt router's about a translated packet")
                    .isEqualTo("error 11/0 192.0.2.9 > 10.0.0.5 [udp 10.0.0.5:3000 > 203.0.113.1:53]");
        }
    }

    @Test
    void wrongChecksumsStayWrong() {
        try (Bench bench =
                new Bench(Pools.fixed("10.0.0.0/24", "198.51.100.0/24").share())) {
            byte[] sent = udp(HOST, 3000, SERVER, 53);
            byte[] noChecksum = sent.clone();
            noChecksum[40] = 0;
            noChecksum[41] = 0;
            assertThat(Arrays.copyOfRange(bench.out(noChecksum), 40, 42)).containsExactly(0, 0);
            byte[] error = error(ROUTER, "198.51.100.5", 3, 1, bench.out(sent));
            error[36] ^= 0x10;
            try (var place = new io.natator.softswitch.frame.Place(error)) {
                bench.translator.translate(place.frame, place.headers, place.key, 1, Direction.TO_INSIDE, bench.now);
                assertThat(Reading.wrong(place.octets())).containsExactly("transport");
            }
        }
    }
}
