package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.southbound.SwitchEvent;
import io.natator.model.southbound.SwitchEvent.Connected;
import io.natator.model.southbound.SwitchEvent.Disconnected;
import io.natator.model.southbound.SwitchEvent.Synced;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections over real TCP that begin or end badly; what is right goes on beside them. */
class TransportTest {
    private static final long GOOD = 0x21;
    private static final long OTHER = 0x22;

    private final EventLog events = new EventLog();
    private OpenFlowSwitches switches;
    private int port;
    private volatile CountDownLatch busy = new CountDownLatch(0);

    @BeforeEach
    void start() throws IOException {
        OpenFlowConfig defaults = OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        switches = new OpenFlowSwitches(
                new OpenFlowConfig(
                        defaults.listen(),
                        3,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        1000,
                        1000,
                        defaults.reconcile()),
                this::told);
        switches.devices(List.of(TestRules.device("good", GOOD), TestRules.device("other", OTHER)));
        switches.desire(GOOD, TestRules.set(1, TestRules.perHost(50)));
        port = switches.start().getPort();
    }

    @AfterEach
    void stop() {
        switches.close();
    }

    private Socket client() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private void count(String counter, long n) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(switches.counters().get(counter)).isEqualTo(n));
    }

    @Test
    void brokenFramingEndsThatConnectionAlone() throws IOException {
        try (TcpSwitch good = new TcpSwitch(new FakeSwitch(GOOD), port);
                Socket bad = client()) {
            events.next(Synced.class);
            bad.getOutputStream().write(HexFormat.of().parseHex("0400000700000001" + "ff".repeat(1000)));
            bad.getInputStream().readAllBytes(); // our hello, then the end
            count("connections_broken_framing", 1);
            switches.desire(GOOD, TestRules.set(2, TestRules.perHost(60)));
            assertThat(events.next(Synced.class).added()).isEqualTo(10);
            assertThat(good.ended()).isFalse();
        }
    }

    @Test
    void garbageInGoodFramesIsAnsweredAndCounted() throws IOException {
        try (TcpSwitch good = new TcpSwitch(new FakeSwitch(GOOD), port)) {
            events.next(Synced.class);
            good.send(FakeSwitch.message(99, 5, Unpooled.wrappedBuffer(new byte[100])));
            good.send(FakeSwitch.message(Wire.PACKET_IN, 5, Unpooled.wrappedBuffer(new byte[3])));
            count("messages_undecodable", 2);
            switches.desire(GOOD, TestRules.set(2, List.of()));
            assertThat(events.next(Synced.class).removed()).isEqualTo(50);
            assertThat(good.device.types).contains(Wire.ERROR);
        }
    }

    @Test
    void anotherProtocolVersionIsToldSo() throws IOException {
        try (Socket old = client()) {
            old.getOutputStream().write(HexFormat.of().parseHex("0100000800000001")); // OpenFlow 1.0
            byte[] all = new DataInputStream(old.getInputStream()).readAllBytes();
            assertThat(all[1]).isEqualTo((byte) Wire.HELLO);
            assertThat(all[16 + 1]).isEqualTo((byte) Wire.ERROR);
            count("connections_version_mismatch", 1);
        }
    }

    @Test
    void aSwitchIsGreetedHoweverBusyTheOthersKeepUs() throws IOException {
        try (TcpSwitch _ = new TcpSwitch(new FakeSwitch(GOOD), port)) {
            events.next(Synced.class);
            busy = new CountDownLatch(1);
            switches.desire(GOOD, TestRules.set(2, List.of()));
            events.next(Synced.class); // from now on the loop waits in the sink
            try (Socket other = client()) {
                byte[] hello = other.getInputStream().readNBytes(16);
                assertThat(hello).hasSize(16).startsWith(Wire.VERSION_14, Wire.HELLO);
            }
            count("connections", 1); // the loop has not seen it yet
        } finally {
            busy.countDown();
        }
        count("connections", 2);
    }

    private void told(SwitchEvent event) {
        CountDownLatch latch = busy; // read first: who hears of the event may set another one
        events.accept(event);
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoSaysNothingIsGivenUp() throws IOException {
        try (Socket mute = client()) {
            mute.getInputStream().readAllBytes();
            count("connections_handshake_timeout", 1);
        }
    }

    @Test
    void aHalfOpenConnectionIsNoticed() throws IOException {
        try (TcpSwitch dead = new TcpSwitch(new FakeSwitch(GOOD), port)) {
            events.next(Synced.class);
            dead.device.silent = true; // the socket stays, as if the cable were cut
            assertThat(events.next(Disconnected.class).reason()).contains("silent");
        }
    }

    @Test
    void theNewestConnectionOfADatapathWins() throws IOException {
        FakeSwitch device = new FakeSwitch(GOOD);
        try (TcpSwitch first = new TcpSwitch(device, port)) {
            events.next(Synced.class);
            try (TcpSwitch second = new TcpSwitch(device, port)) {
                assertThat(events.next(Disconnected.class).reason()).contains("newer");
                events.next(Connected.class);
                assertThat(events.next(Synced.class).kept()).isEqualTo(50);
                await().atMost(Duration.ofSeconds(10)).until(first::ended);
                assertThat(second.ended()).isFalse();
            }
        }
        List<String> order = events.all().stream()
                .filter(e -> e instanceof Connected || e instanceof Disconnected)
                .map(SwitchEvent::getClass)
                .map(Class::getSimpleName)
                .toList();
        assertThat(order.subList(0, 3)).containsExactly("Connected", "Disconnected", "Connected");
    }

    @Test
    void tooManyConnectionsAreTurnedAway() throws IOException {
        try (Socket _ = client();
                Socket _ = client();
                Socket _ = client();
                Socket fourth = client()) {
            assertThat(fourth.getInputStream().readAllBytes()).isEmpty();
            count("connections_turned_away_limit", 1);
        }
    }

    @Test
    void removedDevicesAreDisconnectedAndKeepTheirRules() throws IOException {
        FakeSwitch device = new FakeSwitch(GOOD);
        try (TcpSwitch _ = new TcpSwitch(device, port)) {
            events.next(Synced.class);
            switches.devices(List.of(TestRules.device("other", OTHER)));
            assertThat(events.next(Disconnected.class).reason()).contains("removed");
            assertThat(device.flows).hasSize(50);
        }
    }

    @Test
    void callsForSwitchesThatAreNotThereAreCounted() {
        switches.readCounters(OTHER, "x");
        switches.readCounters(0x999, "x");
        count("calls_not_connected", 2);
    }
}
