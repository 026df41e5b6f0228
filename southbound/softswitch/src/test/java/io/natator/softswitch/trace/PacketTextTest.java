package io.natator.softswitch.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.frame.FrameKeys;
import io.natator.softswitch.io.pcap.PcapWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketTextTest {
    private static void holds(String text, Map<Field, Long> fields) {
        Arrival arrival = PacketText.read(text);
        FrameKeys found = FrameKeys.of(arrival.inPort(), arrival.frame());
        assertThat(found.reason()).as(text).isEqualTo("fine");
        fields.forEach((field, value) ->
                assertThat(found.get(field)).as("%s of %s", field, text).isEqualTo(value));
    }

    @Test
    void packetsAsOpenVSwitchTakesThem() {
        holds(
                "in_port=3,udp,nw_src=10.0.0.1,nw_dst=192.168.0.255,tp_src=7,tp_dst=53,nw_tos=0x48,nw_ecn=1,nw_ttl=9,"
                        + "dl_vlan=5,dl_vlan_pcp=2,dl_src=02:00:00:00:00:aa,dl_dst=ff:ff:ff:ff:ff:ff,payload=abcdef",
                Map.ofEntries(
                        Map.entry(Field.IN_PORT, 3L),
                        Map.entry(Field.IPV4_SRC, 0x0A00_0001L),
                        Map.entry(Field.IPV4_DST, 0xC0A8_00FFL),
                        Map.entry(Field.UDP_SRC, 7L),
                        Map.entry(Field.UDP_DST, 53L),
                        Map.entry(Field.IP_DSCP, 0x12L),
                        Map.entry(Field.IP_ECN, 1L),
                        Map.entry(Field.IP_TTL, 9L),
                        Map.entry(Field.VLAN_VID, 0x1005L),
                        Map.entry(Field.VLAN_PCP, 2L),
                        Map.entry(Field.ETH_SRC, 0x0200_0000_00AAL),
                        Map.entry(Field.ETH_DST, 0xFFFF_FFFF_FFFFL)));
        holds("tcp,ipv4_src=1.2.3.4,tcp_dst=80", Map.of(Field.IP_PROTO, 6L, Field.TCP_DST, 80L, Field.IN_PORT, 1L));
        holds("sctp,tp_dst=80", Map.of(Field.SCTP_DST, 80L));
        holds("icmp,icmp_type=3,icmp_code=4", Map.of(Field.ICMPV4_TYPE, 3L, Field.ICMPV4_CODE, 4L));
        holds("arp,arp_op=2,arp_spa=1.2.3.4", Map.of(Field.ARP_OP, 2L, Field.ARP_SPA, 0x0102_0304L));
        holds("mpls,mpls_label=77,mpls_tc=3", Map.of(Field.MPLS_LABEL, 77L, Field.MPLS_TC, 3L, Field.MPLS_BOS, 1L));
        holds("dl_type=0x88e7,pbb_isid=0x123456", Map.of(Field.PBB_ISID, 0x123456L));
        holds("in_port=1,dl_type=0x9000", Map.of(Field.ETH_TYPE, 0x9000L));
        holds(
                "udp6,ipv6_src=2001:db8::1,ipv6_label=0x12345,ip_frag=first,udp_dst=5",
                Map.of(Field.IPV6_SRC, 1L, Field.IPV6_FLABEL, 0x12345L, Field.UDP_DST, 5L, Field.IPV6_EXTHDR, 16L));
        holds("ip,nw_proto=17,ip_frag=later,payload=ffffffffffffffff", Map.of(Field.IP_PROTO, 17L, Field.UDP_DST, 0L));
        holds(
                "icmp6,nd_target=fe80::2,nd_sll=02:00:00:00:00:07",
                Map.of(Field.ICMPV6_TYPE, 135L, Field.IPV6_ND_TARGET, 2L, Field.IPV6_ND_SLL, 0x0200_0000_0007L));
        holds(
                "icmp6,nd_target=fe80::2,nd_tll=02:00:00:00:00:07",
                Map.of(Field.ICMPV6_TYPE, 136L, Field.IPV6_ND_TLL, 0x0200_0000_0007L));
    }

    @Test
    void asLongAsIsSaid() {
        byte[] udp = PacketText.read("udp,nw_src=10.0.0.1,nw_dst=10.0.0.2,ip_len=1500,ip_df=1")
                .frame();
        assertThat(udp).hasSize(14 + 1500);
        assertThat(udp[20]).isEqualTo((byte) 0x40);
        holds("udp,nw_src=10.0.0.1,tp_dst=9,ip_len=1500,ip_df=1", Map.of(Field.UDP_DST, 9L));
        assertThat(PacketText.read("icmp6,ip_len=1280").frame()).hasSize(14 + 1280);
        assertThat(PacketText.read("tcp6,payload=ab,ip_len=61").frame()).endsWith(0xab);
        refused("udp,ip_len=27", "ip_len=27: with headers and payload the packet has 28 octets");
        refused("icmp6,nd_target=fe80::2,ip_len=100", "ip_len=100: such a packet has 64 octets");
        refused("udp6,ip_df=1", "ip_df=1: a packet of this kind has no such field");
    }

    @Test
    void octets() {
        byte[] frame = HexFormat.of().parseHex("0200000000010200000000029000ab");
        assertThat(PacketText.read("0200000000010200000000029000ab").frame()).isEqualTo(frame);
        Arrival arrival = new Arrival(0xFFFF_FF00, frame);
        assertThat(PacketText.read(PacketText.write(arrival)))
                .matches(a -> a.inPort() == 0xFFFF_FF00 && java.util.Arrays.equals(a.frame(), frame));
    }

    @Test
    void whatIsWrongIsSaid() {
        refused("udp,tp_dst=70000", "tp_dst=70000: more than 16 bits");
        refused("udp,tp_dst=http", "tp_dst=http: not a number");
        refused("udp,nw_src=10.0.0", "nw_src");
        refused("udp,ipv4_src=::1", "ipv4_src=::1: not an IPv4 address");
        refused("udp6,ipv6_src=10.0.0.1", "ipv6_src=10.0.0.1: not an IPv6 address");
        refused("arp,tp_dst=1", "tp_dst=1: a packet of this kind has no such field");
        refused("tcp,udp", "ip_proto is given twice: 6 and 17");
        refused("ip,dl_src=1:2:3", "a MAC address is");
        refused("hex=123", "not an even number");
        refused("foo=1", "'foo=1' is not understood");
        refused("ip,ip_frag=maybe", "must be one of");
        refused("icmp6,icmp_type=1,nd_target=::1", "needs icmp_type=135");
    }

    private static void refused(String text, String because) {
        assertThatThrownBy(() -> PacketText.read(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because.equals("nw_src") ? "ipv4_src=10.0.0: not an IPv4 address" : because);
    }

    @Test
    void captures(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("two.pcap");
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), 10_000)) {
            writer.record(1, new byte[60]);
            writer.record(2, new byte[61]);
        }
        assertThat(Capture.isNamedBy("in_port=9,pcap=" + file)).isTrue();
        assertThat(Capture.isNamedBy("udp,in_port=9")).isFalse();
        assertThat(Capture.read("in_port=9,pcap=" + file))
                .extracting(Arrival::inPort, a -> a.frame().length)
                .containsExactly(tuple(9, 60), tuple(9, 61));
        assertThatThrownBy(() -> Capture.read("udp,pcap=" + file)).hasMessageContaining("in_port=1,pcap=FILE");
        Files.writeString(file, "no capture");
        assertThatThrownBy(() -> Capture.read("pcap=" + file)).isInstanceOf(IOException.class);
    }
}
