package io.natator.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PacketsTest {
    private static final Ip6 A = new Ip6(0x2001_0db8_0000_0000L, 1);
    private static final Ip6 B = new Ip6(0x2001_0db8_0000_0001L, 2);

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Ok.class);
        return ((Ok<T>) decoded).value();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** An ARP request as Linux sends it, padded to 60 octets. */
    @Test
    void arpFromTheWire() {
        byte[] frame = hex("ffffffffffff 020000000001 0806 0001080006040001 020000000001 c0a80201 000000000000 c0a80202"
                + "000000000000000000000000000000000000");
        Ethernet ethernet = ok(Ethernet.decode(frame));
        assertThat(ethernet.dst()).isEqualTo(Ethernet.BROADCAST);
        Arp arp = ok(Arp.decode(ethernet.payload()));
        assertThat(arp).isEqualTo(new Arp(Arp.REQUEST, 0x0200_0000_0001L, 0xC0A80201, 0, 0xC0A80202));
        assertThat(arp.encode()).isEqualTo(Arrays.copyOf(ethernet.payload(), Arp.LENGTH));
    }

    /** An echo request whose checksums were computed by another program. */
    @Test
    void echoRequest() {
        byte[] packet = hex("4500001c 12344000 4001a351 c0a8020a c0a80201 0800 f7fd 0001 0001");
        Ipv4 ip = ok(Ipv4.decode(packet));
        assertThat(ip.checksumOk()).isTrue();
        assertThat(ip.flags()).isEqualTo(Ipv4.DF);
        Icmp icmp = ok(Icmp.decode(ip));
        assertThat(icmp.type()).isEqualTo(Icmp.ECHO);
        assertThat(icmp.checksumOk()).isTrue();
        assertThat(ip.encode()).isEqualTo(packet);
        packet[8]--;
        assertThat(ok(Ipv4.decode(packet)).checksumOk()).isFalse();
    }

    @Test
    void vlanTagsAreKept() {
        Ethernet frame = new Ethernet(
                1,
                2,
                List.of(new Ethernet.Tag(EtherType.SERVICE_VLAN, 7), new Ethernet.Tag(EtherType.VLAN, 0x2064)),
                0x0800,
                new byte[3]);
        Ethernet back = ok(Ethernet.decode(frame.encode()));
        assertThat(back.tags()).isEqualTo(frame.tags());
        assertThat(back.type()).isEqualTo(0x0800);
        assertThat(back.encode()).isEqualTo(frame.encode());
    }

    @Test
    void extensionHeadersAreWalked() {
        byte[] hopByHop = hex("3a00 0502 0000 0100");
        byte[] fragment = hex("1100 0001 00000001");
        Ipv6 ip = new Ipv6(
                1,
                2,
                64,
                A,
                B,
                List.of(
                        new Ipv6.Extension(IpProtocol.HOP_BY_HOP, hopByHop),
                        new Ipv6.Extension(IpProtocol.FRAGMENT, fragment)),
                IpProtocol.UDP,
                new byte[12]);
        Ipv6 back = ok(Ipv6.decode(ip.encode()));
        assertThat(back.protocol()).isEqualTo(IpProtocol.UDP);
        assertThat(back.extensions()).hasSize(2);
        assertThat(back.isFragment()).isTrue();
        assertThat(back.encode()).isEqualTo(ip.encode());
    }

    @Test
    void udpAndTcpChecksums() {
        byte[] data = "natator".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Ipv4 four = Ipv4.of(0xC0A80201, 0x08080808, 64, IpProtocol.UDP, new byte[0]);
        byte[] udp = new Udp(1000, 53, data, true).encode(four.pseudo(0));
        Udp back = ok(Udp.decode(Ipv4.of(four.src(), four.dst(), 64, IpProtocol.UDP, udp)));
        assertThat(back.checksumOk()).isTrue();
        assertThat(back.payload()).isEqualTo(data);
        assertThat(ok(Udp.decode(Ipv4.of(four.src() + 1, four.dst(), 64, IpProtocol.UDP, udp)))
                        .checksumOk())
                .isFalse();
        Ipv6 six = Ipv6.of(A, B, 64, IpProtocol.TCP, new byte[0]);
        byte[] tcp = new Tcp(1, 2, 3, 4, 0x18, 5, 0, new byte[4], data, true).encode(six.pseudo(0));
        Tcp segment = ok(Tcp.decode(Ipv6.of(A, B, 64, IpProtocol.TCP, tcp)));
        assertThat(segment.checksumOk()).isTrue();
        assertThat(segment.payload()).isEqualTo(data);
        assertThat(segment.flags()).isEqualTo(0x18);
    }

    @Test
    void udpWithoutChecksumIsRightOverIpv4Alone() {
        byte[] udp = hex("03e8 0035 0008 0000");
        assertThat(ok(Udp.decode(Ipv4.of(1, 2, 64, IpProtocol.UDP, udp))).checksumOk())
                .isTrue();
        assertThat(ok(Udp.decode(Ipv6.of(A, B, 64, IpProtocol.UDP, udp))).checksumOk())
                .isFalse();
    }

    @Test
    void addressesOfNeighborDiscovery() {
        assertThat(B.solicitedNode()).isEqualTo(new Ip6(0xFF02L << 48, 0x1_FF00_0002L));
        assertThat(B.solicitedNode().multicastMac()).isEqualTo(0x3333_FF00_0002L);
        // RFC 4291, appendix A: 34-56-78-9A-BC-DE is 3656:78FF:FE9A:BCDE
        assertThat(Ip6.linkLocal(0x3456_789A_BCDEL)).isEqualTo(new Ip6(0xFE80L << 48, 0x3656_78FF_FE9A_BCDEL));
        NeighborDiscovery nd = new NeighborDiscovery(NeighborDiscovery.SOLICITATION, 0, B, OptionalLong.of(7));
        assertThat(ok(NeighborDiscovery.decode(nd.icmp()))).isEqualTo(nd);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(Ipv4.decode(hex("6500001c1234400040019f53c0a8020ac0a80201")))
                .isEqualTo(new Malformed<>("ipv4: version 6"));
        assertThat(Ipv4.decode(hex("450000ff1234400040019f53c0a8020ac0a80201")))
                .isEqualTo(new Malformed<>("ipv4: total length 255 of 20 octets"));
        assertThat(Arp.decode(new byte[28])).isEqualTo(new Malformed<>("arp: not IPv4 over Ethernet"));
    }

    /** Whatever is cut off or altered: an answer, never an exception. */
    @Test
    void decodersNeverThrow() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] nd = new NeighborDiscovery(NeighborDiscovery.ADVERTISEMENT, 0, B, OptionalLong.of(7))
                .icmp()
                .encode(A, B);
        byte[] whole = new Ethernet(
                        1,
                        2,
                        EtherType.IPV6,
                        Ipv6.of(A, B, 255, IpProtocol.ICMPV6, nd).encode())
                .encode();
        Function<byte[], Decoded<?>> all = AllDecoders::decode;
        for (int i = 0; i < 20_000; i++) {
            byte[] b = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int n = random.nextInt(4); n > 0 && b.length > 0; n--) {
                b[random.nextInt(b.length)] = (byte) random.nextInt();
            }
            assertThat(all.apply(b)).as("seed %d", seed).isNotNull();
        }
    }
}
