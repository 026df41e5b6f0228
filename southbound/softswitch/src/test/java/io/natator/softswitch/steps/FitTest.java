package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.session.Share.Direction;
import io.natator.packet.Bytes;
import io.natator.packet.Decoded;
import io.natator.packet.Ipv6;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Place;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** IPv4 packets that are too long as IPv6 ones. */
class FitTest {
    private static final String HOST = "2001:db8:1::7";
    private static final String OUTSIDE = "198.51.100.7";
    private static final String REMOTE = "203.0.113.9";
    private static final String EMBEDDED = "64:ff9b::cb00:7109";
    private static final int FRAGMENT = 44;

    private final Bench bench = new Bench(SiitTest.share().share());

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theMtuIsTold() {
        byte[] large = Packets.udp(REMOTE, 53, OUTSIDE, 4242, 1480 - 28 + 1);
        byte[] told = bench.in(dontFragment(large));
        assertThat(bench.verdict).isEqualTo(Verdict.REPLY);
        assertThat(Reading.of(told)).startsWith("error 3/4 198.51.100.7 > 203.0.113.9");
        assertThat(Bytes.u16(told, 14 + 20 + 6)).isEqualTo(1480);
        assertThat(bench.count(Count.CROSS_TOO_BIG)).isEqualTo(1);
        assertThat(bench.in(dontFragment(Packets.udp(REMOTE, 53, OUTSIDE, 4242, 1480 - 28))))
                .isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 1480 - 28));
        assertThat(bench.in(Packets.udp(REMOTE, 53, OUTSIDE, 4242, 1480 - 28)))
                .isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 1480 - 28));
    }

    /** Whatever its length, {@code natator switch trace} says of a packet what becomes of it: {@code -Dnatator.seed=N}. */
    @Test
    void previewSaysWhatBecomesOfIt() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int world = 0; world < 60; world++) {
            int mtu = random.nextInt(1280, 1600);
            Pools pools = random.nextBoolean() ? SiitTest.share() : Pools.oneOfNat64();
            pools.embedding = new Embedding(pools.embedding.pref64(), mtu);
            Pools beside = Pools.second();
            beside.inside = "10.0.0.0/24";
            Limits limits = new Limits(1000, 1000, 1000, 64, 1 << 20, 1_000_000);
            try (Bench one = new Bench(limits, SessionLog.NONE, pools.share(), beside.share())) {
                byte[] _ = one.out(Packets.udp(HOST, 4242, EMBEDDED, 53));
                for (int i = 0; i < 50; i++) {
                    boolean hairpin = pools.kind == Kind.NAT64 && random.nextInt(3) == 0;
                    String to = pools.kind == Kind.NAT64 ? "198.51.100.1" : OUTSIDE;
                    int payload = mtu - random.nextInt(60) + 20 - 28;
                    byte[] frame = Packets.udp(hairpin ? "10.0.0.5" : REMOTE, 53, to, 4242, payload);
                    previewed(
                            "seed %d, world %d, packet %d: mtu %d, %d octets, %s"
                                    .formatted(seed, world, i, mtu, frame.length - 14, pools.kind),
                            one,
                            mtu,
                            hairpin,
                            random.nextBoolean() ? dontFragment(frame) : frame);
                }
            }
        }
    }

    private static void previewed(String what, Bench one, int mtu, boolean hairpin, byte[] frame) {
        int share = hairpin ? 2 : 1;
        Direction direction = hairpin ? Direction.TO_OUTSIDE : Direction.TO_INSIDE;
        List<String> lines = new ArrayList<>();
        byte[] would = one.preview(share, direction, frame.clone(), lines);
        byte[] does = one.put(share, direction, frame.clone());
        String tooLong = "too long for ipv6_mtu " + mtu + ": ";
        switch (one.verdict) {
            case Verdict.REPLY ->
                assertThat(lines)
                        .as(what)
                        .containsExactly(tooLong + "its sender would be told MTU " + Bytes.u16(does, 14 + 20 + 6));
            case Verdict.HELD -> assertThat(lines.getFirst()).as(what).startsWith(tooLong + "it would be cut");
            default -> assertThat(lines.getFirst()).as(what).doesNotContain(tooLong);
        }
        if (one.verdict == Verdict.PASS) {
            assertThat(Bench.text(would)).as(what).isEqualTo(Bench.text(does));
        } else {
            assertThat(would).as(what).isNull();
        }
    }

    @Test
    void whatMayBeFragmentedIs() {
        assertThat(pieces(Packets.udp(REMOTE, 53, OUTSIDE, 4242, 4000)))
                .isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 4000));
        assertThat(bench.released).hasSize(3);
        assertThat(bench.count(Count.CROSS_CUT)).isEqualTo(1);
        assertThat(pieces(Packets.ip(REMOTE, OUTSIDE, 50, new byte[1461])))
                .isEqualTo(Packets.ip(EMBEDDED, HOST, 50, new byte[1461]));
    }

    @Test
    void pingsAreLarge() {
        byte[] echo = new byte[5000];
        echo[0] = 8;
        echo[4000] = 77;
        byte[] becomes = echo.clone();
        becomes[0] = (byte) 128;
        assertThat(pieces(Packets.ip(REMOTE, OUTSIDE, 1, echo))).isEqualTo(Packets.ip(EMBEDDED, HOST, 58, becomes));
    }

    @Test
    void checksumsThatAreNotThereAreMade() {
        byte[] none = Packets.udp(REMOTE, 53, OUTSIDE, 4242, 4000);
        Bytes.put16(none, 14 + 20 + 6, 0);
        assertThat(pieces(none)).isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 4000));
        byte[] small = Packets.udp(REMOTE, 53, OUTSIDE, 4242, 40);
        Bytes.put16(small, 14 + 20 + 6, 0);
        assertThat(bench.in(small)).isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 40));
    }

    @Test
    void fragmentsAreCutAgain() {
        byte[] whole = Packets.udp(REMOTE, 53, OUTSIDE, 4242, 4000);
        List<byte[]> all = new ArrayList<>();
        for (byte[] fragment : Packets.fragments(whole, 99, 1480)) {
            byte[] one = bench.in(fragment);
            all.addAll(one == null ? bench.released : List.of(one));
        }
        assertThat(all).hasSize(5);
        assertThat(together(all)).isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 4000));
    }

    @Test
    void piecesFindTheirSession() {
        bench.shares(Pools.oneOfNat64().share());
        String outside = "198.51.100.1";
        assertThat(bench.outText(Packets.udp(HOST, 4242, EMBEDDED, 53)))
                .isEqualTo("udp 198.51.100.1:4242 > 203.0.113.9:53");
        assertThat(pieces(Packets.udp(REMOTE, 53, outside, 4242, 4000)))
                .isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 4000));
        byte[] ping = bench.out(Packets.icmp(HOST, EMBEDDED, 128, 77));
        byte[] echo = new byte[3000];
        System.arraycopy(ping, 38, echo, 4, 4); // identifier and number
        byte[] becomes = echo.clone();
        becomes[0] = (byte) 129;
        Bytes.put16(becomes, 4, 77);
        assertThat(pieces(Packets.ip(REMOTE, outside, 1, echo))).isEqualTo(Packets.ip(EMBEDDED, HOST, 58, becomes));
    }

    @Test
    void segmentsOfTheInterfaceAreMadeSmaller() {
        byte[] octets = Packets.tcp(REMOTE, 80, OUTSIDE, 4242, Packets.ACK);
        byte[] large = Arrays.copyOf(octets, octets.length + 6000);
        Bytes.put16(large, 16, large.length - 14);
        Packets.seal(large);
        try (Place place = new Place(large)) {
            Frame frame = place.frame;
            frame.gsoType = Frame.GSO_TCPV4;
            frame.gsoSize = 1460;
            frame.flags = Frame.NEEDS_CSUM;
            frame.csumStart = 34;
            frame.csumOffset = 16;
            int verdict =
                    bench.translator.translate(frame, place.headers, place.key, 1, Direction.TO_INSIDE, bench.now);
            assertThat(verdict).isEqualTo(Verdict.PASS);
            assertThat(List.of(frame.gsoType, frame.gsoSize)).isEqualTo(List.of(Frame.GSO_TCPV6, 1440));
        }
        try (Place place = new Place(dontFragment(large))) {
            place.frame.gsoType = Frame.GSO_TCPV4;
            place.frame.gsoSize = 1460;
            int verdict = bench.translator.translate(
                    place.frame, place.headers, place.key, 1, Direction.TO_INSIDE, bench.now);
            assertThat(verdict).isEqualTo(Verdict.REPLY);
        }
    }

    @Test
    void roomIsBounded() {
        byte[] large = Packets.udp(REMOTE, 53, OUTSIDE, 4242, 60_000);
        for (int i = 0; i < 30; i++) {
            try (Place place = new Place(large)) {
                int verdict = bench.translator.translate(
                        place.frame, place.headers, place.key, 1, Direction.TO_INSIDE, bench.now);
                assertThat(verdict).isIn(Verdict.HELD, Verdict.DROP);
            }
        }
        long cut = bench.count(Count.CROSS_CUT);
        assertThat(cut).isBetween(10L, 20L);
        assertThat(bench.count(Count.FRAGMENT_NO_ROOM)).isEqualTo(30 - cut);
        Frame piece = new Frame();
        for (int i = 0; i < cut * 42; i++) {
            assertThat(bench.translator.released(piece)).as("%d", i).isTrue();
        }
        assertThat(bench.translator.released(piece)).isFalse();
        assertThat(pieces(large)).isEqualTo(Packets.udp(EMBEDDED, 53, HOST, 4242, 60_000));
    }

    @Test
    void sourceRoutesAndRoutingHeadersAreAnswered() {
        byte[] frame = Packets.udp(REMOTE, 53, OUTSIDE, 4242, 40);
        byte[] routed = new byte[frame.length + 8];
        System.arraycopy(frame, 0, routed, 0, 34);
        System.arraycopy(new byte[] {(byte) 131, 7, 4, 10, 0, 0, 1, 0}, 0, routed, 34, 8);
        System.arraycopy(frame, 34, routed, 42, frame.length - 34);
        routed[14] = 0x47;
        Bytes.put16(routed, 16, routed.length - 14);
        Packets.seal(routed);
        assertThat(Reading.of(bench.in(routed))).startsWith("error 3/5 198.51.100.7 > 203.0.113.9");
        byte[] header = new byte[8 + 40];
        header[0] = 17;
        header[3] = 1;
        byte[] told = bench.out(Packets.ip(HOST, EMBEDDED, 43, header));
        assertThat(Reading.of(told)).startsWith("error 4/0");
        assertThat(Bytes.i32(told, 14 + 40 + 4)).isEqualTo(43);
    }

    private static byte[] dontFragment(byte[] frame) {
        byte[] now = frame.clone();
        now[20] |= 0x40;
        return Packets.seal(now);
    }

    /** What the pieces of a frame are together. */
    private byte[] pieces(byte[] frame) {
        assertThat(bench.in(frame)).isNull();
        assertThat(bench.verdict).isEqualTo(Verdict.HELD);
        return together(bench.released);
    }

    private static byte[] together(List<byte[]> frames) {
        byte[] payload = new byte[0];
        Ipv6 any = null;
        boolean more = true;
        for (byte[] frame :
                frames.stream().sorted(Comparator.comparingInt(FitTest::offset)).toList()) {
            assertThat(frame.length - 14).isLessThanOrEqualTo(1500);
            any = ((Decoded.Ok<Ipv6>) Ipv6.decode(Arrays.copyOfRange(frame, 14, frame.length))).value();
            assertThat(any.extensions()).singleElement().matches(e -> e.type() == FRAGMENT);
            assertThat(offset(frame)).isEqualTo(payload.length);
            assertThat(more).isTrue();
            more = (frame[57] & 1) != 0;
            int from = payload.length;
            payload = Arrays.copyOf(payload, from + any.payload().length);
            System.arraycopy(any.payload(), 0, payload, from, any.payload().length);
        }
        assertThat(more).isFalse();
        byte[] octets = Ipv6.of(any.src(), any.dst(), any.hopLimit(), any.protocol(), payload)
                .encode();
        byte[] frame = Arrays.copyOf(frames.getFirst(), 14 + octets.length);
        System.arraycopy(octets, 0, frame, 14, octets.length);
        return frame;
    }

    private static int offset(byte[] frame) {
        return Bytes.u16(frame, 56) & ~7;
    }
}
