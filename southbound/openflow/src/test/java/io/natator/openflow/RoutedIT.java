package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent.NeighborSeen;
import io.natator.model.southbound.SwitchEvent.NeighborWanted;
import io.natator.model.southbound.SwitchEvent.Synced;
import io.natator.packet.Arp;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Icmp;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/** Frames into a port of a real ovs-vswitchd, and what it sends out again on the controller's word. */
class RoutedIT {
    private static final long DPID = 0xB1;
    private static final long HOST = 0x0200_0000_0010L;
    private static final long GATEWAY_MAC = 0x0200_0000_0001L;
    private static final int HOST4 = 0xC0A8020A;
    private static final int GATEWAY4 = 0xC0A80201;

    private final EventLog events = new EventLog();
    private RealOvs ovs;
    private OpenFlowSwitches switches;
    private Path sent;

    @BeforeEach
    void start() throws IOException {
        ovs = new RealOvs();
        ovs.bridge("br0", DPID, 1);
        sent = ovs.dir().resolve("sent.pcap");
        ovs.vsctl("set", "interface", "br0p1", "options:tx_pcap=" + sent);
        switches = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), events);
        int port = switches.start().getPort();
        DevicePort inside = new DevicePort(
                "br0p1",
                Side.INSIDE,
                Optional.empty(),
                List.of(new Gateway(IpAddress.valueOf("192.168.2.1"), IpPrefix.valueOf("192.168.2.0/24"))),
                Optional.of(MacAddress.valueOf(GATEWAY_MAC)));
        switches.devices(List.of(new Device(
                "edge",
                DPID,
                Device.Mode.ROUTED,
                Device.Profile.AUTO,
                List.of(inside),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10))));
        switches.desire(
                DPID,
                TestRules.set(
                        1, List.of(new Rule("", 0, 1, Match.any().inPort(1), Actions.output(PortNumber.CONTROLLER)))));
        ovs.connect("br0", port);
        events.next(Synced.class);
    }

    @AfterEach
    void stop() {
        switches.close();
        ovs.close();
    }

    private void receive(byte[] frame) {
        ovs.appctl("netdev-dummy/receive", "br0p1", HexFormat.of().formatHex(frame));
    }

    private void assertSent(byte[] frame) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(HexFormat.of().formatHex(Files.readAllBytes(sent)))
                        .contains(HexFormat.of().formatHex(frame)));
    }

    private static byte[] icmp(int dst, int ttl) {
        byte[] echo = Icmp.of(Icmp.ECHO, 0, new byte[] {0, 7, 0, 1}).encode();
        return new Ethernet(
                        GATEWAY_MAC,
                        HOST,
                        EtherType.IPV4,
                        Ipv4.of(HOST4, dst, ttl, IpProtocol.ICMP, echo).encode())
                .encode();
    }

    @Test
    void answersArpAndEchoAndLearnsTheHost() {
        receive(new Ethernet(
                        Ethernet.BROADCAST,
                        HOST,
                        EtherType.ARP,
                        new Arp(Arp.REQUEST, HOST, HOST4, 0, GATEWAY4).encode())
                .encode());
        assertThat(events.next(NeighborSeen.class))
                .isEqualTo(new NeighborSeen(DPID, IpAddress.valueOf("192.168.2.10"), MacAddress.valueOf(HOST)));
        assertSent(new Ethernet(
                        HOST,
                        GATEWAY_MAC,
                        EtherType.ARP,
                        new Arp(Arp.REPLY, GATEWAY_MAC, GATEWAY4, HOST, HOST4).encode())
                .encode());
        receive(icmp(GATEWAY4, 64));
        byte[] reply = Icmp.of(Icmp.ECHO_REPLY, 0, new byte[] {0, 7, 0, 1}).encode();
        assertSent(new Ethernet(
                        HOST,
                        GATEWAY_MAC,
                        EtherType.IPV4,
                        Ipv4.of(GATEWAY4, HOST4, 64, IpProtocol.ICMP, reply).encode())
                .encode());
    }

    @Test
    void packetsWaitForTheirHostAndAreThenForwarded() {
        long other = 0x0200_0000_0020L;
        receive(icmp(0xC0A80214, 64));
        events.next(NeighborWanted.class);
        Arp reply = new Arp(Arp.REPLY, other, 0xC0A80214, GATEWAY_MAC, GATEWAY4);
        receive(new Ethernet(GATEWAY_MAC, other, EtherType.ARP, reply.encode()).encode());
        byte[] echo = Icmp.of(Icmp.ECHO, 0, new byte[] {0, 7, 0, 1}).encode();
        assertSent(new Ethernet(
                        other,
                        GATEWAY_MAC,
                        EtherType.IPV4,
                        Ipv4.of(HOST4, 0xC0A80214, 63, IpProtocol.ICMP, echo).encode())
                .encode());
        assertThat(switches.counters()).containsEntry("packets_held_forwarded", 1L);
    }

    @Test
    void whoSendsToAHostThatDoesNotAnswerIsTold() {
        byte[] lost = icmp(0xC0A80214, 64);
        receive(lost);
        byte[] quote = new byte[4 + lost.length - Ethernet.HEADER];
        System.arraycopy(lost, Ethernet.HEADER, quote, 4, quote.length - 4);
        assertSent(new Ethernet(
                        HOST,
                        GATEWAY_MAC,
                        EtherType.IPV4,
                        Ipv4.of(
                                        GATEWAY4,
                                        HOST4,
                                        64,
                                        IpProtocol.ICMP,
                                        Icmp.of(Icmp.UNREACHABLE, 1, quote).encode())
                                .encode())
                .encode());
        assertThat(switches.counters()).containsEntry("packets_held_in_vain", 1L);
    }

    @Test
    void wantsAndResolvesNeighbors() {
        receive(icmp(0xC0A80214, 64));
        assertThat(events.next(NeighborWanted.class).address()).isEqualTo(IpAddress.valueOf("192.168.2.20"));
        switches.resolve(DPID, IpAddress.valueOf("192.168.2.20"));
        assertSent(new Ethernet(
                        Ethernet.BROADCAST,
                        GATEWAY_MAC,
                        EtherType.ARP,
                        new Arp(Arp.REQUEST, GATEWAY_MAC, GATEWAY4, 0, 0xC0A80214).encode())
                .encode());
    }
}
