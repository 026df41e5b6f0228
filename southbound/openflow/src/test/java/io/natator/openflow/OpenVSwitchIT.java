package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.proof.ProbeCase;
import io.natator.model.southbound.SwitchEvent.Connected;
import io.natator.model.southbound.SwitchEvent.ProbeReturned;
import io.natator.model.southbound.SwitchEvent.Synced;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Everything against a real ovs-vswitchd. */
class OpenVSwitchIT {
    private static final long DPID = 0xA1;

    private final EventLog events = new EventLog();
    private RealOvs ovs;
    private OpenFlowSwitches switches;
    private int port;

    @BeforeEach
    void start() throws IOException {
        ovs = new RealOvs();
        ovs.bridge("br0", DPID, 2);
        switches = new OpenFlowSwitches(OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), events);
        port = switches.start().getPort();
        switches.devices(List.of(TestRules.device("edge", DPID)));
    }

    @AfterEach
    void stop() {
        switches.close();
        ovs.close();
    }

    @Test
    void discovers() {
        ovs.connect("br0", port);
        Connected connected = events.next(Connected.class);
        assertThat(connected.datapathId()).isEqualTo(DPID);
        assertThat(connected.capabilities().openflow()).isEqualTo(5);
        assertThat(connected.capabilities().hardware()).isEqualTo("Open vSwitch");
        assertThat(connected.capabilities().features()).contains(Feature.values());
        assertThat(connected.capabilities().tables()).hasSize(254);
        assertThat(connected.capabilities().port("br0p1").orElseThrow().number())
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(20)) // ovs-vswitchd refreshes this column every few seconds
                .untilAsserted(() -> assertThat(ovs.vsctl("get", "controller", "br0", "role"))
                        .contains("master"));
    }

    @Test
    void installsEveryKindOfRule() {
        switches.desire(DPID, TestRules.set(7, TestRules.everyKind()));
        ovs.connect("br0", port);
        Synced synced = events.next(Synced.class);
        assertThat(synced.failures()).isEmpty();
        assertThat(synced.generation()).isEqualTo(7);
        assertThat(synced.added()).isEqualTo(TestRules.everyKind().size());
        assertThat(ovs.flows("br0")).hasSize(TestRules.everyKind().size());
    }

    @Test
    void probesComeBackTranslated() {
        switches.desire(DPID, TestRules.set(1, TestRules.transparent()));
        ovs.connect("br0", port);
        events.next(Synced.class);
        Packet.Ip sent = new Packet.Ip(
                ProbeCase.MAC,
                MacAddress.valueOf("02:00:00:00:00:09"),
                IpAddress.valueOf("192.168.2.10"),
                IpAddress.valueOf("198.51.100.1"),
                64,
                17,
                40000,
                40001);
        switches.probe(DPID, 0x1234_5678_9ABC_DEF0L, new ProbeCase(new Arrival(1, sent), sent, "to-outside"));
        ProbeReturned returned = events.next(ProbeReturned.class);
        assertThat(returned.nonce()).isEqualTo(0x1234_5678_9ABC_DEF0L);
        assertThat(returned.problem()).isEmpty();
        assertThat(returned.packet())
                .isEqualTo(new Packet.Ip(
                        sent.ethSrc(),
                        sent.ethDst(),
                        IpAddress.valueOf("192.168.3.10"),
                        sent.dst(),
                        64,
                        17,
                        40000,
                        40001));
    }
}
