package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Nat64Parties.HOST;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE;
import static io.natator.softswitch.steps.Nat64Parties.SERVER;
import static io.natator.softswitch.steps.Nat64Parties.SERVER_6;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.fragments6;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.ip;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.Pools.oneOfNat64;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.packet.Bytes;
import io.natator.softswitch.count.Count;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is dropped begins no session, refreshes none, and is counted where that was decided. */
class Nat64RefusalsTest {
    private static Pools open() {
        Pools pools = oneOfNat64();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT).otherProtocols(OtherProtocols.ADDRESS_ONLY);
        return pools;
    }

    /** An IPv6 frame with an extension header of eight octets before its payload. */
    private static byte[] extended(byte[] frame, int type, int... octets) {
        byte[] longer = Arrays.copyOf(frame, frame.length + 8);
        System.arraycopy(frame, 54, longer, 62, frame.length - 54);
        Arrays.fill(longer, 54, 62, (byte) 0);
        longer[54] = frame[20];
        longer[20] = (byte) type;
        Bytes.put16(longer, 18, Bytes.u16(frame, 18) + 8);
        for (int i = 0; i < octets.length; i++) {
            longer[56 + i] = (byte) octets[i];
        }
        return longer;
    }

    private static Map<Count, byte[]> fromInside() {
        Map<Count, byte[]> all = new LinkedHashMap<>();
        all.put(
                Count.CROSS_ICMP_FRAGMENT,
                fragments6(icmp(HOST, SERVER_6, 128, 7), 1, 8).getFirst());
        byte[] fragment = fragments6(udp(HOST, 4001, SERVER_6, 53, 100), 1, 48).getFirst();
        byte[] behind = extended(Arrays.copyOf(fragment, fragment.length), 0);
        behind[20] = 44; // the fragment header first, then destination options
        System.arraycopy(fragment, 54, behind, 54, 8);
        behind[54] = 60;
        Arrays.fill(behind, 62, 70, (byte) 0);
        behind[62] = 17;
        all.put(Count.CROSS_EXTENSION, behind);
        all.put(Count.CROSS_ROUTING_HEADER, extended(udp(HOST, 4002, SERVER_6, 53), 43, 0, 1));
        all.put(Count.CROSS_PROTOCOL, ip(HOST, SERVER_6, 2, new byte[24]));
        return all;
    }

    @Test
    void whatCannotLeaveBeginsNothing() {
        fromInside().forEach((why, frame) -> {
            try (Bench bench = new Bench(open().share())) {
                bench.out(frame);
                assertThat(bench.count(why)).as("%s", why).isEqualTo(1);
                assertThat(bench.translator.live()).as("%s", why).isZero();
                assertThat(bench.translator.mappings()).as("%s", why).isZero();
                assertThat(bench.translator.hosts()).as("%s", why).isZero();
                assertThat(bench.count(Count.SESSIONS_CREATED)).isZero();
            }
        });
    }

    private static Map<Count, byte[]> fromOutside() {
        Map<Count, byte[]> all = new LinkedHashMap<>();
        byte[] wrong = udp(SERVER, 54, OUTSIDE, 4000);
        wrong[24] ^= 1;
        all.put(Count.CROSS_CHECKSUM, wrong);
        byte[] none = udp(SERVER, 54, OUTSIDE, 4000, 100);
        Bytes.put16(none, 40, 0);
        all.put(Count.CROSS_UDP_NO_CHECKSUM, fragments(none, 1, 48).getFirst());
        byte[] routed = Arrays.copyOf(udp(SERVER, 54, OUTSIDE, 4000), 14 + 28 + 28);
        System.arraycopy(routed, 34, routed, 42, 28);
        byte[] route = {(byte) 131, 7, 4, (byte) 192, 0, 2, 99, 0};
        System.arraycopy(route, 0, routed, 34, 8);
        routed[14] = 0x47;
        Bytes.put16(routed, 16, 56);
        all.put(Count.CROSS_SOURCE_ROUTE, Packets.seal(routed));
        return all;
    }

    @Test
    void whatCannotEnterBeginsAndRefreshesNothing() {
        fromOutside().forEach((why, frame) -> {
            try (Bench bench = new Bench(open().share())) {
                bench.out(udp(HOST, 4000, SERVER_6, 53));
                bench.in(frame.clone());
                assertThat(bench.count(why)).as("%s", why).isEqualTo(1);
                assertThat(bench.translator.live()).as("%s", why).isEqualTo(1);
                bench.in(udp(SERVER, 54, OUTSIDE, 4000));
                assertThat(bench.translator.live()).as("%s", why).isEqualTo(2);
                bench.pass(200);
                bench.in(frame.clone());
                assertThat(bench.count(why)).as("%s", why).isEqualTo(2);
                bench.pass(200);
                assertThat(bench.translator.live()).as("%s", why).isZero();
            }
        });
    }

    /** A segment that goes nowhere says nothing of a connection. */
    @Test
    void aResetThatCannotLeaveEndsNoConnection() {
        try (Bench bench = new Bench(open().share())) {
            bench.out(tcp(HOST, 4000, SERVER_6, 80, SYN));
            bench.in(tcp(SERVER, 80, OUTSIDE, 4000, SYN | Packets.ACK));
            bench.out(tcp(HOST, 4000, SERVER_6, 80, Packets.ACK));
            bench.out(extended(tcp(HOST, 4000, SERVER_6, 80, Packets.RST), 43, 0, 1));
            assertThat(bench.count(Count.CROSS_ROUTING_HEADER)).isEqualTo(1);
            bench.pass(1000);
            assertThat(bench.translator.live()).isEqualTo(1);
        }
    }

    private static byte[] dontFragment(byte[] frame) {
        frame[20] = 0x40;
        return Packets.seal(frame);
    }

    @Test
    void theFilterIsAskedBeforeAnybodyIsToldOfTheMtu() {
        for (boolean df : new boolean[] {true, false}) {
            try (Bench bench = new Bench(oneOfNat64().share())) {
                bench.out(udp(HOST, 4000, SERVER_6, 53));
                byte[] filtered = udp("192.0.2.9", 53, OUTSIDE, 4000, 1472);
                assertThat(bench.inText(df ? dontFragment(filtered) : filtered)).isEqualTo("-");
                assertThat(bench.verdict).isEqualTo(Verdict.DROP);
                assertThat(bench.count(Count.TRANSLATE_FILTERED)).isEqualTo(1);
                byte[] known = udp(SERVER, 54, OUTSIDE, 4000, 1472);
                bench.in(df ? dontFragment(known) : known);
                assertThat(bench.count(Count.CROSS_TOO_BIG) + bench.count(Count.CROSS_CUT))
                        .as("who was spoken to, by another port")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void noSegmentIsToldOfTheMtuBeforeItsConnectionIsKnown() {
        try (Bench bench = new Bench(open().share())) {
            bench.out(tcp(HOST, 4000, SERVER_6, 80, SYN));
            byte[] large = tcp(SERVER, 81, OUTSIDE, 4000, Packets.ACK, new int[40]);
            byte[] longer = Arrays.copyOf(large, 14 + 1500);
            Bytes.put16(longer, 16, 1500);
            assertThat(bench.inText(dontFragment(longer))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NOT_A_SYN)).isEqualTo(1);
            assertThat(bench.count(Count.CROSS_TOO_BIG)).isZero();
        }
    }

    @Test
    void whatAsksOrIsOfNobodyIsNotToldOfTheMtu() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            byte[] ping = bench.out(icmp(HOST, SERVER_6, 128, 77));
            byte[] asks = new byte[1480];
            asks[0] = 8;
            System.arraycopy(ping, 38, asks, 4, 4);
            assertThat(bench.inText(dontFragment(ip(SERVER, OUTSIDE, 1, asks)))).isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(1);
            asks[0] = 0;
            assertThat(bench.inText(dontFragment(ip("192.0.2.9", OUTSIDE, 1, asks))))
                    .isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_NO_MAPPING)).isEqualTo(2);
            assertThat(bench.inText(dontFragment(ip(SERVER, OUTSIDE, 1, asks)))).startsWith("error 3/4 ");
            assertThat(bench.inText(dontFragment(ip(SERVER, OUTSIDE, 47, asks))))
                    .isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_PROTOCOL)).isEqualTo(1);
            assertThat(bench.inText(dontFragment(udp(OUTSIDE, 53, OUTSIDE, 4000, 1472))))
                    .isEqualTo("-");
            assertThat(bench.count(Count.TRANSLATE_LAND)).isEqualTo(1);
            assertThat(bench.count(Count.CROSS_TOO_BIG)).isEqualTo(1);
        }
    }
}
