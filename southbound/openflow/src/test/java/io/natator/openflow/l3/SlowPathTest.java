package io.natator.openflow.l3;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Origin;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Cookie;
import io.natator.openflow.Count;
import io.natator.openflow.codec.PacketIn;
import io.natator.openflow.l3.Verdict.Answer;
import io.natator.openflow.l3.Verdict.Heard;
import io.natator.packet.Arp;
import io.natator.packet.Checksum;
import io.natator.packet.Decoded;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Icmp;
import io.natator.packet.Ip6;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.packet.NeighborDiscovery;
import io.natator.packet.Udp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

class SlowPathTest {
    private static final long HOST = 0x0200_0000_0010L;
    private static final long MAC1 = 0x024E_4100_0101L;
    private static final long MAC2 = 0x024E_4100_0102L;
    private static final int HOST4 = ip("192.168.2.10");
    private static final int GATEWAY4 = ip("192.168.2.1");
    private static final Ip6 HOST6 = ip6("2001:db8:2::10");
    private static final Ip6 GATEWAY6 = ip6("2001:db8:2::1");
    private static final List<ResolvedPort> PORTS = List.of(
            port(1, MAC1, Side.INSIDE, "192.168.2.1", "192.168.2.0/24", "2001:db8:2::1", "2001:db8:2::/64"),
            port(2, MAC2, Side.OUTSIDE, "198.51.100.1", "198.51.100.0/24", "2001:db8:f::1", "2001:db8:f::/64"));

    private static ResolvedPort port(
            int number, long mac, Side side, String gw4, String net4, String gw6, String net6) {
        DevicePort config = new DevicePort(
                Integer.toString(number),
                side,
                Optional.empty(),
                List.of(
                        new Gateway(IpAddress.valueOf(gw4), IpPrefix.valueOf(net4)),
                        new Gateway(IpAddress.valueOf(gw6), IpPrefix.valueOf(net6))),
                Optional.empty());
        return new ResolvedPort(number, config, Optional.empty(), MacAddress.valueOf(mac));
    }

    private static int ip(String address) {
        return Addresses.bits4(IpAddress.valueOf(address));
    }

    private static Ip6 ip6(String address) {
        return Addresses.bits6(IpAddress.valueOf(address));
    }

    private static Verdict decide(int port, long cookie, byte[] frame) {
        return SlowPath.decide(PORTS, new PacketIn(1, 0, cookie, port, frame, frame.length));
    }

    private static Verdict decide(int port, byte[] frame) {
        return decide(port, Cookie.of("", 1), frame);
    }

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Ok.class);
        return ((Ok<T>) decoded).value();
    }

    private static Ethernet answer(Verdict verdict, int port) {
        Answer answer = verdict.answer().orElseThrow();
        assertThat(answer.port()).isEqualTo(port);
        return ok(Ethernet.decode(answer.frame()));
    }

    private static byte[] arp(int op, int spa, int tpa) {
        return new Ethernet(Ethernet.BROADCAST, HOST, EtherType.ARP, new Arp(op, HOST, spa, 0, tpa).encode()).encode();
    }

    private static byte[] to(long mac, Ipv4 packet) {
        return new Ethernet(mac, HOST, EtherType.IPV4, packet.encode()).encode();
    }

    private static byte[] to(long mac, Ipv6 packet) {
        return new Ethernet(mac, HOST, EtherType.IPV6, packet.encode()).encode();
    }

    private static byte[] solicitation(Ip6 src, Ip6 target, int hopLimit) {
        OptionalLong source = src.equals(Ip6.UNSPECIFIED) ? OptionalLong.empty() : OptionalLong.of(HOST);
        Ip6 dst = target.solicitedNode();
        byte[] body = new NeighborDiscovery(NeighborDiscovery.SOLICITATION, 0, target, source)
                .icmp()
                .encode(src, dst);
        return to(dst.multicastMac(), Ipv6.of(src, dst, hopLimit, IpProtocol.ICMPV6, body));
    }

    private static byte[] echo4(int dst, int ttl) {
        return to(
                MAC1,
                Ipv4.of(
                        HOST4,
                        dst,
                        ttl,
                        IpProtocol.ICMP,
                        Icmp.of(Icmp.ECHO, 0, new byte[] {0, 7, 0, 1, 42}).encode()));
    }

    @Test
    void arpForTheGatewayIsAnswered() {
        Verdict verdict = decide(1, arp(Arp.REQUEST, HOST4, GATEWAY4));
        assertThat(verdict.count()).isEqualTo(Count.ARP_ANSWERED);
        Ethernet frame = answer(verdict, 1);
        assertThat(frame.dst()).isEqualTo(HOST);
        assertThat(frame.src()).isEqualTo(MAC1);
        assertThat(ok(Arp.decode(frame.payload()))).isEqualTo(new Arp(Arp.REPLY, MAC1, GATEWAY4, HOST, HOST4));
        assertThat(verdict.heard()).contains(new Heard(IpAddress.valueOf("192.168.2.10"), MacAddress.valueOf(HOST)));
    }

    @Test
    void arpForOthersIsNotAnsweredButHeard() {
        Verdict verdict = decide(1, arp(Arp.REQUEST, HOST4, ip("192.168.2.11")));
        assertThat(verdict.answer()).isEmpty();
        assertThat(verdict.count()).isEqualTo(Count.NEIGHBORS_HEARD);
        assertThat(verdict.heard()).isPresent();
    }

    @Test
    void arpForAnOutsideAddressIsAnsweredForTheTranslation() {
        byte[] request = arp(Arp.REQUEST, ip("198.51.100.9"), ip("198.51.100.77"));
        assertThat(decide(2, request).answer()).isEmpty();
        Verdict verdict = decide(2, Cookie.of("office", 1), request);
        assertThat(ok(Arp.decode(answer(verdict, 2).payload())).spa()).isEqualTo(ip("198.51.100.77"));
    }

    @Test
    void addressesThatAreNotOfTheLinkOrOursAreNotBelieved() {
        assertThat(decide(1, arp(Arp.REPLY, ip("203.0.113.5"), GATEWAY4)).heard())
                .isEmpty();
        assertThat(decide(1, arp(Arp.REPLY, GATEWAY4, GATEWAY4)).heard()).isEmpty();
    }

    @Test
    void solicitationsForTheGatewayAreAnswered() {
        Verdict verdict = decide(1, solicitation(HOST6, GATEWAY6, 255));
        Ipv6 ip = ok(Ipv6.decode(answer(verdict, 1).payload()));
        assertThat(ip.hopLimit()).isEqualTo(255);
        assertThat(ip.dst()).isEqualTo(HOST6);
        Icmp icmp = ok(Icmp.decode(ip));
        assertThat(icmp.checksumOk()).isTrue();
        NeighborDiscovery nd = ok(NeighborDiscovery.decode(icmp));
        assertThat(nd)
                .isEqualTo(new NeighborDiscovery(
                        NeighborDiscovery.ADVERTISEMENT,
                        NeighborDiscovery.ROUTER | NeighborDiscovery.SOLICITED | NeighborDiscovery.OVERRIDE,
                        GATEWAY6,
                        OptionalLong.of(MAC1)));
        assertThat(verdict.heard()).contains(new Heard(IpAddress.valueOf("2001:db8:2::10"), MacAddress.valueOf(HOST)));
    }

    @Test
    void duplicateAddressDetectionIsAnsweredToAllNodes() {
        Ethernet frame = answer(decide(1, solicitation(Ip6.UNSPECIFIED, GATEWAY6, 255)), 1);
        assertThat(frame.dst()).isEqualTo(0x3333_0000_0001L);
        assertThat(ok(Ipv6.decode(frame.payload())).dst()).isEqualTo(Ip6.ALL_NODES);
    }

    @Test
    void discoveryFromBeyondTheLinkIsDropped() {
        assertThat(decide(1, solicitation(HOST6, GATEWAY6, 64))).isEqualTo(Verdict.drop(Count.PACKETS_IN_MALFORMED));
    }

    @Test
    void gatewaysAnswerEchoEvenWithTtl1() {
        for (int ttl : new int[] {1, 64}) {
            Verdict verdict = decide(1, echo4(GATEWAY4, ttl));
            Ipv4 ip = ok(Ipv4.decode(answer(verdict, 1).payload()));
            assertThat(ip.src()).isEqualTo(GATEWAY4);
            assertThat(ip.dst()).isEqualTo(HOST4);
            assertThat(ip.checksumOk()).isTrue();
            Icmp icmp = ok(Icmp.decode(ip));
            assertThat(icmp.checksumOk()).isTrue();
            assertThat(icmp.type()).isEqualTo(Icmp.ECHO_REPLY);
            assertThat(icmp.body()).containsExactly(0, 7, 0, 1, 42);
        }
    }

    @Test
    void gatewaysAnswerEchoByIpv6() {
        byte[] body = Icmp.of(Icmp.V6_ECHO, 0, new byte[] {0, 7, 0, 1}).encode(HOST6, GATEWAY6);
        Verdict verdict = decide(1, to(MAC1, Ipv6.of(HOST6, GATEWAY6, 64, IpProtocol.ICMPV6, body)));
        Icmp icmp = ok(Icmp.decode(ok(Ipv6.decode(answer(verdict, 1).payload()))));
        assertThat(icmp.checksumOk()).isTrue();
        assertThat(icmp.type()).isEqualTo(Icmp.V6_ECHO_REPLY);
    }

    @Test
    void expiredTtlIsToldWithThePacketAsItCame() {
        byte[] frame = echo4(ip("203.0.113.9"), 1);
        Verdict verdict = decide(1, frame);
        assertThat(verdict.answer().orElseThrow().icmpError()).isTrue();
        Ipv4 ip = ok(Ipv4.decode(answer(verdict, 1).payload()));
        assertThat(ip.src()).isEqualTo(GATEWAY4);
        Icmp icmp = ok(Icmp.decode(ip));
        assertThat(icmp.type()).isEqualTo(Icmp.TIME_EXCEEDED);
        assertThat(Arrays.copyOfRange(icmp.body(), 4, icmp.body().length))
                .isEqualTo(Arrays.copyOfRange(frame, Ethernet.HEADER, frame.length));
    }

    @Test
    void noRouteIsUnreachable() {
        Icmp icmp = ok(Icmp.decode(ok(Ipv4.decode(answer(decide(1, echo4(ip("203.0.113.9"), 64)), 1)
                .payload()))));
        assertThat(icmp.type()).isEqualTo(Icmp.UNREACHABLE);
        byte[] body = Icmp.of(Icmp.V6_ECHO, 0, new byte[4]).encode(HOST6, ip6("2001:db8:ffff::1"));
        Verdict six = decide(1, to(MAC1, Ipv6.of(HOST6, ip6("2001:db8:ffff::1"), 64, IpProtocol.ICMPV6, body)));
        Ipv6 ip = ok(Ipv6.decode(answer(six, 1).payload()));
        assertThat(ok(Icmp.decode(ip)).checksumOk()).isTrue();
        assertThat(ok(Icmp.decode(ip)).type()).isEqualTo(Icmp.V6_UNREACHABLE);
    }

    @Test
    void onLinkButUnknownIsWanted() {
        assertThat(decide(1, echo4(ip("198.51.100.20"), 64)).wanted()).contains(IpAddress.valueOf("198.51.100.20"));
    }

    private static final Device ROUTER = new Device(
            "r",
            1,
            Device.Mode.ROUTED,
            Device.Profile.AUTO,
            PORTS.stream().map(ResolvedPort::config).toList(),
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    private static Origin origin(String inside, String outside) {
        Capabilities capabilities = new Capabilities(
                5,
                "",
                "",
                "",
                Set.of(),
                new TreeMap<>(),
                List.of(new Capabilities.Port(1, "1", "", true), new Capabilities.Port(2, "2", "", true)));
        Translation translation = new Translation(
                "office",
                Kind.STATIC,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                List.of(),
                List.of(),
                List.of("r"),
                Announce.none(),
                false);
        return new Origin(ROUTER, capabilities, List.of(translation));
    }

    @Test
    void hostUnreachableQuotesThePacketAsItWasSent() {
        int client = ip("198.51.100.9");
        byte[] udp = new Udp(4000, 53, new byte[] {1, 2, 3}, true)
                .encode(Checksum.pseudo(client, ip("203.0.113.77"), IpProtocol.UDP, 0));
        Ipv4 sent = Ipv4.of(client, ip("203.0.113.77"), 60, IpProtocol.UDP, udp);
        byte[] translated = new Udp(4000, 53, new byte[] {1, 2, 3}, true)
                .encode(Checksum.pseudo(client, ip("192.168.2.77"), IpProtocol.UDP, 0));
        byte[] seen = to(MAC2, Ipv4.of(client, ip("192.168.2.77"), 60, IpProtocol.UDP, translated));
        Verdict verdict = SlowPath.unreachable(PORTS, origin("192.168.2.0/24", "203.0.113.0/24"), 2, seen);
        Ipv4 error = ok(Ipv4.decode(answer(verdict, 2).payload()));
        assertThat(error.src()).isEqualTo(ip("198.51.100.1"));
        assertThat(error.dst()).isEqualTo(client);
        Icmp icmp = ok(Icmp.decode(error));
        assertThat(icmp.checksumOk()).isTrue();
        assertThat(List.of(icmp.type(), icmp.code())).containsExactly(Icmp.UNREACHABLE, 1);
        assertThat(Arrays.copyOfRange(icmp.body(), 4, icmp.body().length)).isEqualTo(sent.encode());
    }

    @Test
    void hostUnreachableFindsASenderThatWasTranslated() {
        Ip6 far = ip6("2001:db8:f::77");
        Ip6 outside = ip6("2001:db8:3::10");
        byte[] sent = Icmp.of(Icmp.V6_ECHO, 0, new byte[] {0, 7, 0, 1}).encode(HOST6, far);
        byte[] translated = Icmp.of(Icmp.V6_ECHO, 0, new byte[] {0, 7, 0, 1}).encode(outside, far);
        byte[] seen = to(MAC1, Ipv6.of(outside, far, 64, IpProtocol.ICMPV6, translated));
        Verdict verdict = SlowPath.unreachable(PORTS, origin("2001:db8:2::/64", "2001:db8:3::/64"), 1, seen);
        Ipv6 error = ok(Ipv6.decode(answer(verdict, 1).payload()));
        assertThat(error.dst()).isEqualTo(HOST6);
        Icmp icmp = ok(Icmp.decode(error));
        assertThat(icmp.checksumOk()).isTrue();
        assertThat(List.of(icmp.type(), icmp.code())).containsExactly(Icmp.V6_UNREACHABLE, 3);
        assertThat(Arrays.copyOfRange(icmp.body(), 4, icmp.body().length))
                .isEqualTo(Ipv6.of(HOST6, far, 64, IpProtocol.ICMPV6, sent).encode());
    }

    @Test
    void forwardingDoesWhatARuleWouldDo() {
        IpAddress host = IpAddress.valueOf("192.168.2.20");
        MacAddress mac = MacAddress.valueOf("02:00:00:00:00:20");
        byte[] frame = to(MAC2, Ipv4.of(ip("198.51.100.9"), ip("192.168.2.20"), 64, IpProtocol.UDP, new byte[8]));
        Answer answer = Forwarding.toHost(PORTS, frame, host, mac).orElseThrow();
        assertThat(answer.port()).isEqualTo(1);
        Ethernet out = ok(Ethernet.decode(answer.frame()));
        assertThat(out.dst()).isEqualTo(mac.toLong());
        assertThat(out.src()).isEqualTo(MAC1);
        Ipv4 ip = ok(Ipv4.decode(out.payload()));
        assertThat(ip.ttl()).isEqualTo(63);
        assertThat(ip.checksumOk()).isTrue();
        byte[] six = to(MAC2, Ipv6.of(ip6("2001:db8:f::9"), HOST6, 64, IpProtocol.UDP, new byte[8]));
        Answer answer6 = Forwarding.toHost(PORTS, six, IpAddress.valueOf("2001:db8:2::10"), mac)
                .orElseThrow();
        assertThat(ok(Ipv6.decode(ok(Ethernet.decode(answer6.frame())).payload()))
                        .hopLimit())
                .isEqualTo(63);
        assertThat(Forwarding.toHost(PORTS, frame, IpAddress.valueOf("10.9.9.9"), mac))
                .isEmpty();
    }

    @Test
    void errorsAreNotAnsweredByErrors() {
        byte[] error = Icmp.of(Icmp.UNREACHABLE, 1, new byte[32]).encode();
        int far = ip("203.0.113.9");
        assertThat(decide(1, to(MAC1, Ipv4.of(HOST4, far, 1, IpProtocol.ICMP, error))))
                .isEqualTo(Verdict.drop(Count.ICMP_ERRORS_NOT_DUE));
        for (String src : List.of("0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255")) {
            assertThat(decide(1, to(MAC1, Ipv4.of(ip(src), far, 1, IpProtocol.UDP, new byte[8]))))
                    .isEqualTo(Verdict.drop(Count.ICMP_ERRORS_NOT_DUE));
        }
    }

    @Test
    void quotesAreBounded() {
        byte[] big = new byte[1400];
        Verdict v4 = decide(1, to(MAC1, Ipv4.of(HOST4, ip("203.0.113.9"), 1, IpProtocol.UDP, big)));
        assertThat(ok(Ethernet.decode(v4.answer().orElseThrow().frame())).payload())
                .hasSize(576);
        Verdict v6 = decide(1, to(MAC1, Ipv6.of(HOST6, ip6("2001:db8:ffff::1"), 1, IpProtocol.UDP, big)));
        assertThat(ok(Ethernet.decode(v6.answer().orElseThrow().frame())).payload())
                .hasSize(1280);
    }

    @Test
    void otherPortsFramesAndGarbageAreCounted() {
        assertThat(decide(9, arp(1, HOST4, GATEWAY4)).count()).isEqualTo(Count.PACKETS_IN_UNKNOWN_PORT);
        assertThat(decide(1, new byte[5]).count()).isEqualTo(Count.PACKETS_IN_MALFORMED);
        assertThat(decide(1, new Ethernet(MAC1, HOST, 0x88CC, new byte[4]).encode())
                        .count())
                .isEqualTo(Count.PACKETS_IN_NOT_FOR_US);
        assertThat(decide(2, echo4(GATEWAY4, 64)).count()).isEqualTo(Count.PACKETS_IN_NOT_FOR_US); // to another MAC
    }

    @Test
    void resolutionAsksOnTheRightLink() {
        Answer arp = Resolution.ask(PORTS, IpAddress.valueOf("198.51.100.20")).orElseThrow();
        assertThat(arp.port()).isEqualTo(2);
        assertThat(ok(Arp.decode(ok(Ethernet.decode(arp.frame())).payload())))
                .isEqualTo(new Arp(Arp.REQUEST, MAC2, ip("198.51.100.1"), 0, ip("198.51.100.20")));
        Answer nd = Resolution.ask(PORTS, IpAddress.valueOf("2001:db8:2::abcd")).orElseThrow();
        Ipv6 ip = ok(Ipv6.decode(ok(Ethernet.decode(nd.frame())).payload()));
        assertThat(ip.dst()).isEqualTo(ip6("ff02::1:ff00:abcd"));
        assertThat(ok(Icmp.decode(ip)).checksumOk()).isTrue();
        assertThat(Resolution.ask(PORTS, IpAddress.valueOf("203.0.113.1"))).isEmpty();
        assertThat(Resolution.ask(PORTS, IpAddress.valueOf("192.168.2.1"))).isEmpty();
    }
}
