package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.fragments6;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.ip;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;

import io.natator.packet.Bytes;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** RFC 7915 and RFC 7757: IPv6 hosts that are seen as IPv4 ones. */
final class SiitScenarios {
    private static final String HOST = "2001:db8:1::5";
    private static final String OTHER = "2001:db8:1::6";
    private static final String ROUTER = "2001:db8:f::1";
    private static final String OUTSIDE = "198.51.100.5";
    private static final String OTHER_OUTSIDE = "198.51.100.6";
    private static final String SERVER = "192.0.2.1";
    private static final String SERVER_6 = "2001:db8:64:c000:2:100::";
    private static final String OUTSIDE_6 = "2001:db8:64:c633:64:500::";
    private static final String OTHER_6 = "2001:db8:64:c633:64:600::";

    static final Map<String, Supplier<Scenario>> ALL = Map.of(
            "siit", SiitScenarios::packets,
            "siit-hairpin", SiitScenarios::hairpin,
            "siit-fragments", SiitScenarios::fragmented,
            "siit-icmp-errors", SiitScenarios::errors,
            "siit-mtu", SiitScenarios::mtu,
            "siit-bad-input", SiitScenarios::badInput);

    private SiitScenarios() {}

    private static ScenarioBuilder siit() {
        return new ScenarioBuilder(Pools.siit("2001:db8:1::/120", "198.51.100.0/24", "2001:db8:64::/48"));
    }

    static Scenario packets() {
        return siit().inside(udp(HOST, 4000, SERVER_6, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER_6, 53, HOST, 4000))
                .outside(tcp(SERVER, 4000, OUTSIDE, 80, SYN), tcp(SERVER_6, 4000, HOST, 80, SYN))
                .inside(icmp(HOST, SERVER_6, 128, 7), icmp(OUTSIDE, SERVER, 8, 7))
                .outside(icmp(SERVER, OUTSIDE, 0, 7), icmp(SERVER_6, HOST, 129, 7))
                .inside(ip(HOST, SERVER_6, 50, new byte[24]), ip(OUTSIDE, SERVER, 50, new byte[24]))
                .outside(withoutChecksum(udp(SERVER, 53, OUTSIDE, 4000)), udp(SERVER_6, 53, HOST, 4000))
                .end();
    }

    private static byte[] withoutChecksum(byte[] udp) {
        Bytes.put16(udp, 40, 0);
        return udp;
    }

    static Scenario hairpin() {
        return siit().inside(udp(HOST, 4000, OTHER_6, 53), udp(OUTSIDE_6, 4000, OTHER, 53))
                .inside(
                        error(OTHER, OUTSIDE_6, 1, 4, udp(OUTSIDE_6, 4000, OTHER, 53)),
                        error(OTHER_6, HOST, 1, 4, udp(HOST, 4000, OTHER_6, 53)))
                .end();
    }

    static Scenario fragmented() {
        List<byte[]> six = fragments6(udp(HOST, 4000, SERVER_6, 53, 1000), 9, 512);
        List<byte[]> four = fragments(udp(OUTSIDE, 4000, SERVER, 53, 1000), 9, 512);
        List<byte[]> back = fragments(udp(SERVER, 53, OUTSIDE, 4000, 1000), 8, 512);
        List<byte[]> inside = fragments6(udp(SERVER_6, 53, HOST, 4000, 1000), 8, 512);
        return siit().inside(six.get(1), four.get(1))
                .inside(six.get(0), four.get(0))
                .outside(back.get(0), inside.get(0))
                .outside(back.get(1), inside.get(1))
                .outside(fragments(icmp(SERVER, OUTSIDE, 8, 7), 8, 8).getFirst())
                .outside(fragments(withoutChecksum(udp(SERVER, 53, OUTSIDE, 4000)), 8, 16)
                        .getFirst())
                .count("cross_icmp_fragment", 1)
                .count("cross_udp_no_checksum", 1)
                .end();
    }

    static Scenario errors() {
        byte[] left = udp(OUTSIDE, 4000, SERVER, 53);
        byte[] came = udp(SERVER_6, 53, HOST, 4000);
        return siit().outside(
                        error("203.0.113.1", OUTSIDE, 11, 0, left, 28),
                        error("2001:db8:64:cb00:71:100::", HOST, 3, 0, udp(HOST, 4000, SERVER_6, 53), 48))
                .outside(
                        mtu(error(SERVER, OUTSIDE, 3, 4, left), 1280),
                        mtu(error(SERVER_6, HOST, 2, 0, udp(HOST, 4000, SERVER_6, 53)), 1300))
                .inside(error(HOST, SERVER_6, 1, 4, came), error(OUTSIDE, SERVER, 3, 3, udp(SERVER, 53, OUTSIDE, 4000)))
                .inside(
                        mtu(error(ROUTER, SERVER_6, 2, 0, came), 1280),
                        mtu(error(OUTSIDE, SERVER, 3, 4, udp(SERVER, 53, OUTSIDE, 4000)), 1260))
                .outside(error(SERVER, OUTSIDE, 5, 1, left))
                .outside(error(SERVER, OUTSIDE, 3, 1, udp(OTHER_OUTSIDE, 4000, "224.0.0.1", 53)))
                .count("cross_icmp_type", 1)
                .count("cross_quote", 1)
                .end();
    }

    private static byte[] mtu(byte[] error, int mtu) {
        int icmp = Bytes.u16(error, 12) == 0x0800 ? 34 : 54;
        Bytes.put32(error, icmp + 4, mtu);
        return Packets.seal(error);
    }

    /** Pieces of 1448 octets, so that with headers they have 1496: the next multiple of eight would be too much. */
    static Scenario mtu() {
        byte[] large = udp(SERVER, 53, OUTSIDE, 4000, 3000);
        List<byte[]> pieces = fragments6(udp(SERVER_6, 53, HOST, 4000, 3000), 0, 1448);
        byte[] whole = udp(SERVER, 53, OUTSIDE, 4000, 1480);
        whole[20] = 0x40;
        byte[] told = mtu(error(OUTSIDE, SERVER, 3, 4, Packets.seal(whole), 548), 1480);
        told[15] = (byte) 0xC0;
        return siit().outside(large, pieces.toArray(byte[][]::new))
                .inside(ScenarioBuilder.fromOutside(whole), Packets.seal(told)) // it leaves where that came in
                .count("cross_cut", 1)
                .count("cross_too_big", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    static Scenario badInput() {
        byte[] wrong = udp(SERVER, 53, OUTSIDE, 4000);
        wrong[24] ^= 1;
        return siit().inside(udp(ROUTER, 4000, SERVER_6, 53))
                .inside(udp(HOST, 4000, "2001:db8:65::1", 53))
                .inside(udp(HOST, 4000, "2001:db8:64:e000:0:100::", 53))
                .inside(icmp(HOST, SERVER_6, 135, 7))
                .inside(ip(HOST, SERVER_6, 1, new byte[24]))
                .outside(udp("127.0.0.1", 53, OUTSIDE, 4000))
                .outside(udp(SERVER, 53, SERVER, 4000))
                .outside(udp(OUTSIDE, 53, OUTSIDE, 4000))
                .outside(ip(SERVER, OUTSIDE, 44, new byte[24]))
                .outside(icmp(SERVER, OUTSIDE, 13, 7))
                .outside(wrong)
                .count("cross_checksum", 1)
                .count("cross_icmp_type", 2)
                .count("cross_illegal_address", 2)
                .count("cross_not_embedded", 1)
                .count("cross_protocol", 2)
                .count("translate_land", 1)
                .count("translate_no_mapping", 1)
                .count("translate_not_inside", 1)
                .end();
    }
}
