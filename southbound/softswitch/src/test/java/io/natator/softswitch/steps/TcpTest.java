package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.FIN;
import static io.natator.softswitch.steps.Packets.RST;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.packet.Bytes;
import io.natator.softswitch.count.Count;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 5382 and 7857. */
class TcpTest {
    private static final String HOST = "10.0.0.5";
    private static final String SERVER = "192.0.2.1";
    private static final String OUTSIDE = "198.51.100.1";

    private static Pools one() {
        Pools pools = Pools.napt();
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.preservePort(true);
        return pools;
    }

    private static byte[] out(int flags, int... options) {
        return tcp(HOST, 4000, SERVER, 80, flags, options);
    }

    private static byte[] in(int flags, int... options) {
        return tcp(SERVER, 80, OUTSIDE, 4000, flags, options);
    }

    private static String state(Bench bench) {
        List<Session> all = bench.translator
                .list(SessionQuery.ALL, "", 10, bench.now, Instant.EPOCH)
                .sessions();
        return all.isEmpty() ? "-" : all.getFirst().state();
    }

    private static void establish(Bench bench) {
        assertThat(bench.outText(out(SYN))).isEqualTo("tcp 198.51.100.1:4000 > 192.0.2.1:80");
        assertThat(state(bench)).isEqualTo("syn-sent");
        assertThat(bench.inText(in(SYN | ACK))).isEqualTo("tcp 192.0.2.1:80 > 10.0.0.5:4000");
        assertThat(bench.outText(out(ACK))).isNotEqualTo("-");
        assertThat(state(bench)).isEqualTo("established");
    }

    @Test
    void aConnectionLivesAsLongAsItsState() {
        try (Bench bench = new Bench(one().share())) {
            establish(bench);
            bench.pass(7_400); // of 2 h 4 min
            assertThat(state(bench)).isEqualTo("established");
            bench.out(out(ACK));
            bench.out(out(FIN | ACK));
            assertThat(state(bench)).isEqualTo("fin-inside");
            bench.pass(3_600); // a connection may stay half closed
            bench.in(in(FIN | ACK));
            assertThat(state(bench)).isEqualTo("closed");
            bench.pass(200);
            assertThat(bench.inText(in(ACK))).as("late segments").isNotEqualTo("-");
            bench.pass(239);
            assertThat(state(bench)).isEqualTo("closed");
            bench.pass(2);
            assertThat(state(bench)).isEqualTo("-");
            assertThat(bench.use().getFirst().portsUsed()).as("no leak").isZero();
        }
    }

    @Test
    void halfOpenOnesGoSoon() {
        try (Bench bench = new Bench(one().share())) {
            bench.out(out(SYN));
            bench.pass(239);
            assertThat(state(bench)).isEqualTo("syn-sent");
            bench.pass(2);
            assertThat(state(bench)).isEqualTo("-");
        }
    }

    @Test
    void bothMayOpenAtTheSameTime() {
        try (Bench bench = new Bench(one().share())) {
            bench.out(out(SYN));
            assertThat(bench.inText(in(SYN))).isEqualTo("tcp 192.0.2.1:80 > 10.0.0.5:4000");
            assertThat(state(bench)).isEqualTo("established");
            assertThat(bench.outText(out(SYN | ACK))).isNotEqualTo("-");
        }
    }

    @Test
    void aResetEndsItUnlessItWasForged() {
        try (Bench bench = new Bench(one().share())) {
            establish(bench);
            bench.in(in(RST));
            assertThat(state(bench)).isEqualTo("reset");
            bench.out(out(ACK));
            assertThat(state(bench)).as("it was not meant").isEqualTo("established");
            bench.pass(1_000);
            assertThat(state(bench)).isEqualTo("established");
            bench.out(out(RST));
            bench.pass(241);
            assertThat(state(bench)).isEqualTo("-");
        }
    }

    @Test
    void aResetOfWhatIsNotOpenOpensNothing() {
        try (Bench bench = new Bench(one().share())) {
            bench.out(out(SYN));
            bench.in(in(RST));
            bench.out(out(ACK));
            assertThat(state(bench)).isEqualTo("syn-sent");
            bench.in(in(SYN | ACK));
            bench.in(in(FIN | ACK));
            bench.out(out(FIN | ACK));
            bench.out(out(RST));
            bench.in(in(ACK));
            assertThat(state(bench)).isEqualTo("closed");
        }
    }

    @Test
    void onlyASynOpens() {
        try (Bench bench = new Bench(one().share())) {
            for (int flags : new int[] {ACK, RST, FIN, SYN | ACK, SYN | RST, 0}) {
                assertThat(bench.out(out(flags))).isNull();
            }
            assertThat(bench.count(Count.TRANSLATE_NOT_A_SYN)).isEqualTo(6);
            assertThat(bench.translator.live()).isZero();
        }
    }

    @Test
    void theOutsideOpensWhereTheFilterLetsIt() {
        Pools pools = one();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(out(SYN));
            assertThat(bench.inText(tcp("192.0.2.9", 5, OUTSIDE, 4000, SYN)))
                    .isEqualTo("tcp 192.0.2.9:5 > 10.0.0.5:4000");
            assertThat(bench.inText(tcp("192.0.2.9", 6, OUTSIDE, 4000, ACK))).isEqualTo("-");
            assertThat(bench.inText(tcp("192.0.2.9", 6, OUTSIDE, 4001, SYN))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
        }
    }

    @Test
    void segmentSizesAreLowered() {
        Pools pools = one();
        pools.pool.mss(1300);
        try (Bench bench = new Bench(pools.share())) {
            byte[] clamped = bench.out(out(SYN, 2, 4, 1460 >> 8, 1460 & 0xFF));
            assertThat(Bytes.u16(clamped, 56)).isEqualTo(1300);
            byte[] odd = bench.in(in(SYN | ACK, 1, 2, 4, 1460 >> 8, 1460 & 0xFF, 0, 0, 0));
            assertThat(Bytes.u16(odd, 57)).isEqualTo(1300);
            byte[] small = bench.out(tcp(HOST, 4002, SERVER, 80, SYN, 2, 4, 2, 0));
            assertThat(Bytes.u16(small, 56)).isEqualTo(512);
            byte[] broken = bench.out(tcp(HOST, 4004, SERVER, 80, SYN, 2, 0, 255, 255));
            assertThat(Bytes.u16(broken, 56)).isEqualTo(0xFFFF);
            assertThat(bench.count(Count.TRANSLATE_MSS_CLAMPED)).isEqualTo(2);
        }
    }

    @Test
    void forwardsLeadInAndAnswersLeaveFromThere() {
        Pools pools = one().forward(6, OUTSIDE, 443, "10.0.0.9", 8443);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(bench.inText(tcp(SERVER, 9, OUTSIDE, 443, SYN))).isEqualTo("tcp 192.0.2.1:9 > 10.0.0.9:8443");
            assertThat(bench.outText(tcp("10.0.0.9", 8443, SERVER, 9, SYN | ACK)))
                    .isEqualTo("tcp 198.51.100.1:443 > 192.0.2.1:9");
            assertThat(state(bench)).isEqualTo("established");
            assertThat(bench.outText(tcp("10.0.0.9", 8443, "192.0.2.77", 9, SYN)))
                    .isEqualTo("tcp 198.51.100.1:443 > 192.0.2.77:9");
            assertThat(bench.lookup(org.onlab.packet.IpAddress.valueOf(OUTSIDE), 6, 443))
                    .extracting(Session::state)
                    .containsExactly("forward");
            bench.pass(10_000);
            assertThat(bench.translator.live()).isZero();
            assertThat(bench.inText(tcp(SERVER, 9, OUTSIDE, 443, SYN)))
                    .as("it stays")
                    .isNotEqualTo("-");
        }
    }

    @Test
    void floodsFromOutsideFillOnlyTheHostsOwnRoom() {
        Pools pools = one().forward(6, OUTSIDE, 443, "10.0.0.9", 8443);
        pools.pool.sessionsPerHost(50);
        try (Bench bench = new Bench(pools.share())) {
            for (int i = 0; i < 500; i++) {
                bench.in(tcp("192.0.2." + (i % 250), 1000 + i, OUTSIDE, 443, SYN));
            }
            assertThat(bench.translator.live()).isEqualTo(50);
            assertThat(bench.count(Count.TRANSLATE_HOST_SESSIONS)).isEqualTo(450);
            assertThat(bench.outText(out(SYN))).as("others go on").isNotEqualTo("-");
        }
    }
}
