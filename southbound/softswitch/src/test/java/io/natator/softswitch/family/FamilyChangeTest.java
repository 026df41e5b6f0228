package io.natator.softswitch.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Place;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.steps.Packets;
import io.natator.softswitch.steps.crossing.Meant;
import io.natator.softswitch.steps.crossing.RandomMeant;
import io.natator.softswitch.steps.crossing.World;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

class FamilyChangeTest {
    private static final String HOST4 = "192.0.2.33";
    private static final String FAR4 = "198.51.100.7";
    private static final String HOST6 = "2001:db8:1c0:2:21::";
    private static final String FAR6 = "64:ff9b::c633:6407";

    private final FamilyChange change = new FamilyChange(1);

    @Test
    void changesWholePackets() {
        assertThat(inward(Packets.udp(FAR4, 53, HOST4, 4242))).isEqualTo(Packets.udp(FAR6, 53, HOST6, 4242));
        assertThat(inward(Packets.tcp(FAR4, 80, HOST4, 4242, Packets.SYN, 2, 4, 5, 6)))
                .isEqualTo(Packets.tcp(FAR6, 80, HOST6, 4242, Packets.SYN, 2, 4, 5, 6));
        assertThat(inward(Packets.icmp(FAR4, HOST4, 8, 77))).isEqualTo(Packets.icmp(FAR6, HOST6, 128, 77));
        assertThat(inward(Packets.icmp(FAR4, HOST4, 0, 77))).isEqualTo(Packets.icmp(FAR6, HOST6, 129, 77));
        assertThat(inward(Packets.ip(FAR4, HOST4, 50, new byte[16])))
                .isEqualTo(Packets.ip(FAR6, HOST6, 50, new byte[16]));
    }

    @Test
    void changesThemBack() {
        assertThat(outward(Packets.udp(HOST6, 4242, FAR6, 53))).isEqualTo(Packets.udp(HOST4, 4242, FAR4, 53));
        assertThat(outward(Packets.tcp(HOST6, 4242, FAR6, 80, Packets.SYN)))
                .isEqualTo(Packets.tcp(HOST4, 4242, FAR4, 80, Packets.SYN));
        assertThat(outward(Packets.icmp(HOST6, FAR6, 128, 77))).isEqualTo(Packets.icmp(HOST4, FAR4, 8, 77));
        assertThat(outward(Packets.icmp(HOST6, FAR6, 129, 77))).isEqualTo(Packets.icmp(HOST4, FAR4, 0, 77));
    }

    @Test
    void fragmentsKeepTheirPlace() {
        for (byte[] fragment : Packets.fragments(Packets.udp(FAR4, 53, HOST4, 4242, 1000), 0xBEEF, 512)) {
            byte[] there = inward(fragment);
            assertThat(there[20]).isEqualTo((byte) 44);
            assertThat(Bytes.i32(there, 58)).isEqualTo(0xBEEF);
            byte[] back = move(there, false, FAR4, HOST4);
            assertThat(back).isEqualTo(fragment);
        }
    }

    @Test
    void whatComesBackIsWhatLeft() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        RandomMeant packets = new RandomMeant(random, new World(Embedding.DEFAULT));
        int back = 0;
        for (int i = 0; i < 2000; i++) {
            Meant sent = packets.any(true);
            boolean same = sent.extensions().isEmpty()
                    && !sent.fragmentHeader()
                    && sent.cut() == null
                    && !(sent.upper() instanceof Meant.Problem);
            byte[] ip = sent.encode();
            byte[] frame = Arrays.copyOf(Packets.ip(HOST6, FAR6, 59, new byte[0]), 14 + ip.length);
            System.arraycopy(ip, 0, frame, 14, ip.length);
            try (Place p = new Place(frame)) {
                Outcome out = change.toIpv4(p.frame, p.headers, p.key, addresses(HOST4, FAR4));
                if (same && out == Outcome.FINE) {
                    NewAddresses again =
                            addresses(sent.src().toString(), sent.dst().toString());
                    assertThat(change.toIpv6(p.frame, p.headers, p.key, again)).isEqualTo(Outcome.FINE);
                    assertThat(p.octets()).as("seed %d, packet %d", seed, i).isEqualTo(frame);
                    back++;
                }
            }
        }
        assertThat(back).isGreaterThan(200);
    }

    @Test
    void offloadsFollow() {
        try (Place p = new Place(Packets.tcp(FAR4, 80, HOST4, 4242, 16))) {
            p.frame.flags = Frame.NEEDS_CSUM;
            p.frame.gsoType = Frame.GSO_TCPV4 | Frame.GSO_ECN;
            p.frame.gsoSize = 1000;
            p.frame.headerLength = 54;
            p.frame.csumStart = 34;
            p.frame.csumOffset = 16;
            assertThat(change.toIpv6(p.frame, p.headers, p.key, addresses(FAR6, HOST6)))
                    .isEqualTo(Outcome.FINE);
            p.check();
            assertThat(List.of(p.frame.gsoType, p.frame.gsoSize, p.frame.headerLength, p.frame.csumStart))
                    .isEqualTo(List.of(0x84, 1000, 74, 54));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(outcome(Packets.icmp(FAR4, HOST4, 13, 1))).isEqualTo(Outcome.ICMP_TYPE);
        assertThat(outcome(Packets.ip(FAR4, HOST4, 44, new byte[16]))).isEqualTo(Outcome.PROTOCOL);
        assertThat(outcome(Packets.ip(FAR4, HOST4, 6, new byte[16]))).isEqualTo(Outcome.TRUNCATED);
        byte[] wrong = Packets.udp(FAR4, 53, HOST4, 4242);
        wrong[24] ^= 1;
        assertThat(outcome(wrong)).isEqualTo(Outcome.CHECKSUM);
        try (Place p = new Place(Packets.udp(FAR4, 53, HOST4, 4242))) {
            p.frame.headroom = 19;
            assertThat(change.toIpv6(p.frame, p.headers, p.key, addresses(FAR6, HOST6)))
                    .isEqualTo(Outcome.NO_HEADROOM);
        }
    }

    private Outcome outcome(byte[] frame) {
        try (Place p = new Place(frame)) {
            Outcome outcome = change.toIpv6(p.frame, p.headers, p.key, addresses(FAR6, HOST6));
            p.check();
            assertThat(p.octets()).isEqualTo(frame);
            return outcome;
        }
    }

    private byte[] inward(byte[] frame) {
        return move(frame, true, FAR6, HOST6);
    }

    private byte[] outward(byte[] frame) {
        byte[] now = move(frame, false, HOST4, FAR4);
        Bytes.put16(now, 18, 0);
        Bytes.put16(now, 24, 0);
        Bytes.put16(now, 24, Checksum.of(now, 14, 20));
        return now;
    }

    private byte[] move(byte[] frame, boolean toIpv6, String src, String dst) {
        try (Place p = new Place(frame)) {
            Outcome outcome = toIpv6
                    ? change.toIpv6(p.frame, p.headers, p.key, addresses(src, dst))
                    : change.toIpv4(p.frame, p.headers, p.key, addresses(src, dst));
            assertThat(outcome).isEqualTo(Outcome.FINE);
            p.check();
            return p.octets();
        }
    }

    private static NewAddresses addresses(String src, String dst) {
        NewAddresses to = new NewAddresses();
        to.outer(true, Block.high(IpAddress.valueOf(src)), Block.low(IpAddress.valueOf(src)));
        to.outer(false, Block.high(IpAddress.valueOf(dst)), Block.low(IpAddress.valueOf(dst)));
        return to;
    }
}
