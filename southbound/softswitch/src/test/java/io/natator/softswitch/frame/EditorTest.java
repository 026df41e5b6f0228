package io.natator.softswitch.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.Decoded;
import io.natator.packet.Ethernet;
import io.natator.packet.Ipv4;
import io.natator.packet.Udp;
import io.natator.softswitch.flow.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditorTest {
    private static final int A = 0x0A00_0001;
    private static final int B = 0x0A00_0002;

    private static byte[] udp(List<Ethernet.Tag> tags) {
        Ipv4 ip = Ipv4.of(
                A,
                B,
                64,
                17,
                new Udp(1000, 2000, new byte[] {1, 2, 3}, true)
                        .encode(Ipv4.of(A, B, 64, 17, new byte[0]).pseudo(0)));
        return new Ethernet(0x0200_0000_0001L, 0x0200_0000_0002L, tags, 0x0800, ip.encode()).encode();
    }

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<T>) decoded).value();
    }

    @Test
    void addressesAndPorts() {
        try (Place p = new Place(udp(List.of()))) {
            assertThat(p.reason).isEqualTo(Reason.FINE);
            assertThat(p.get(Field.IPV4_SRC)).isEqualTo(A);
            assertThat(p.get(Field.UDP_DST)).isEqualTo(2000);
            assertThat(p.set(Field.IPV4_SRC, 0xC0A8_0101L)).isEqualTo(Reason.FINE);
            assertThat(p.set(Field.UDP_DST, 53)).isEqualTo(Reason.FINE);
            assertThat(p.set(Field.TCP_DST, 53)).isEqualTo(Reason.ABSENT);
            p.check();
            Ipv4 ip = ok(Ipv4.decode(ok(Ethernet.decode(p.octets())).payload()));
            assertThat(ip.src()).isEqualTo(0xC0A8_0101);
            assertThat(ip.checksumOk()).isTrue();
            assertThat(ok(Udp.decode(ip))).matches(u -> u.dstPort() == 53 && u.checksumOk());
        }
    }

    @Test
    void tagsComeAndGo() {
        byte[] octets = udp(List.of(new Ethernet.Tag(0x8100, 0x6005)));
        try (Place p = new Place(octets)) {
            assertThat(p.get(Field.VLAN_VID)).isEqualTo(0x1005);
            assertThat(p.get(Field.VLAN_PCP)).isEqualTo(3);
            assertThat(p.get(Field.ETH_TYPE)).isEqualTo(0x0800);
            assertThat(Tags.pushVlan(p.frame, p.headers, p.key, 0x88A8)).isEqualTo(Reason.FINE);
            p.check();
            assertThat(ok(Ethernet.decode(p.octets())).tags())
                    .containsExactly(new Ethernet.Tag(0x88A8, 0x6005), new Ethernet.Tag(0x8100, 0x6005));
            assertThat(Tags.pushMpls(p.frame, p.headers, p.key, 0x8847)).isEqualTo(Reason.FINE);
            assertThat(p.get(Field.MPLS_BOS)).isEqualTo(1);
            p.check();
            assertThat(Tags.pushPbb(p.frame, p.headers, p.key, 0x88E7)).isEqualTo(Reason.FINE);
            p.check();
            assertThat(Tags.popPbb(p.frame, p.headers, p.key)).isEqualTo(Reason.FINE);
            assertThat(Tags.popMpls(p.frame, p.headers, p.key, 0x0800)).isEqualTo(Reason.FINE);
            assertThat(Tags.popVlan(p.frame, p.headers, p.key)).isEqualTo(Reason.FINE);
            p.check();
            assertThat(p.octets()).isEqualTo(octets);
        }
    }

    /** Zero means "no checksum" in UDP (RFC 768): a sum that comes out as zero is sent as all ones. */
    @Test
    void udpChecksumThatBecomesZero() {
        try (Place p = new Place(udp(List.of()))) {
            long field = p.frame.address + p.headers.checksum;
            int sum = 2000 + Memory.u16(field);
            assertThat(p.set(Field.UDP_DST, (sum & 0xFFFF) + (sum >>> 16))).isEqualTo(Reason.FINE);
            assertThat(Memory.u16(field)).isEqualTo(0xFFFF);
            assertThat(p.set(Field.UDP_DST, 2000)).isEqualTo(Reason.FINE);
            assertThat(p.octets()).isEqualTo(udp(List.of()));
        }
    }

    @Test
    void noUdpChecksumStaysNone() {
        byte[] octets = udp(List.of());
        octets[40] = 0;
        octets[41] = 0;
        try (Place p = new Place(octets)) {
            assertThat(p.set(Field.IPV4_SRC, 1)).isEqualTo(Reason.FINE);
            assertThat(p.set(Field.UDP_DST, 1)).isEqualTo(Reason.FINE);
            assertThat(Memory.u16(p.frame.address + 40)).isZero();
        }
    }

    /** A copy for another port, with room before and behind. */
    @Test
    void copies() {
        byte[] octets = udp(List.of());
        try (Place from = new Place(octets);
                Place room = new Place(new byte[octets.length + 20])) {
            from.frame.flags = Frame.NEEDS_CSUM;
            from.frame.csumStart = 34;
            from.frame.csumOffset = 6;
            Frame copy = new Frame();
            assertThat(from.frame.copyTo(copy, room.frame.address, octets.length + 19, 20))
                    .isFalse();
            assertThat(copy.length).isZero();
            assertThat(from.frame.copyTo(copy, room.frame.address, octets.length + 20, 16))
                    .isTrue();
            assertThat(copy.headroom).isEqualTo(16);
            assertThat(copy.tailroom).isEqualTo(4);
            assertThat(copy.inPort).isEqualTo(7);
            assertThat(copy.csumStart).isEqualTo(34);
            room.frame.address = copy.address;
            room.frame.length = copy.length;
            assertThat(room.octets()).isEqualTo(octets);
        }
    }
}
