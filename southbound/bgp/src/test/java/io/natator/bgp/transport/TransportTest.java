package io.natator.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.Update;
import io.natator.bgp.codec.UpdateBuilder;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Ended;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.NeighborEvent.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Real sockets, and a neighbour that misbehaves. */
@Timeout(60)
class TransportTest {
    private final Events events = new Events();
    private RawNeighbor raw;
    private BgpSpeakers speakers;

    @BeforeEach
    void start() throws IOException {
        raw = new RawNeighbor();
        speakers = BgpSpeakers.start(
                SpeakerConfig.of(
                        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        IpAddress.valueOf("10.0.0.1")),
                events);
        speakers.neighbors(List.of(neighbor("raw", raw.port())));
    }

    @AfterEach
    void stop() throws IOException {
        speakers.close();
        raw.close();
    }

    private static Neighbor neighbor(String id, int port) {
        return new Neighbor(id, IpAddress.valueOf("127.0.0.1"), port, Peering.between(65000, 65001));
    }

    private static List<Announcement> hosts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Announcement(
                        IpPrefix.valueOf(0x0a000000 + i, 32),
                        IpAddress.valueOf("192.0.2.1"),
                        List.of(),
                        List.of(),
                        List.of("t")))
                .toList();
    }

    private long counter(String name) {
        return speakers.counters().get(name);
    }

    private void awaitCounter(String name, long value) {
        await().untilAsserted(() -> assertThat(counter(name)).isEqualTo(value));
    }

    @Test
    void readsMessagesInWhateverPieces() throws Exception {
        raw.accept();
        byte[] open = Encoder.encode(new Open(65001, 90, 1, List.of()));
        for (byte octet : open) {
            raw.send(new byte[] {octet});
        }
        raw.send(new Keepalive());
        events.awaitState(State.ESTABLISHED);
        assertThat(raw.next()).isInstanceOf(Open.class);
        assertThat(raw.next()).isInstanceOf(Keepalive.class);
    }

    @Test
    void answersGarbageWithANotificationAndComesBack() throws Exception {
        raw.establish();
        events.awaitState(State.ESTABLISHED);
        raw.send(new byte[Encoder.encode(new Keepalive()).length]);
        raw.next();
        raw.next();
        assertThat(((Notification) raw.next()).words()).isEqualTo("message header error, connection not synchronized");
        assertThatThrownBy(raw::next).hasMessage("closed");
        events.awaitReason("malformed message: the marker is not all ones");
        raw.establish();
        events.awaitState(State.ESTABLISHED);
        assertThat(counter("bgp_messages_malformed")).isEqualTo(1);
    }

    @Test
    void tellsANeighbourThatDoesNotReadWithoutHoldingUpOthers() throws Exception {
        raw.establish();
        events.awaitState(State.ESTABLISHED);
        speakers.announce(1, hosts(500_000));
        // Until socket buffers and the water mark are full.
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ofMillis(500))
                .until(() -> counter("bgp_updates_sent") > 0);
        long stuck = counter("bgp_updates_sent");
        assertThat(stuck).isLessThan(300);

        try (RawNeighbor other = new RawNeighbor()) {
            speakers.neighbors(List.of(neighbor("raw", raw.port()), neighbor("other", other.port())));
            other.establish();
            assertThat(receive(other, 500_000)).isEqualTo(500_000);
        }
        assertThat(receive(raw, 500_000)).isEqualTo(500_000);
        await().untilAsserted(() -> assertThat(events.all()).contains(new NeighborEvent.Routes("raw", 500_000, 0, 1)));
    }

    /** What an observer sees, in words. */
    private static final class Log implements SessionObserver {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        private static Message decode(byte[] message) {
            return ((Decoded.Ok) Decoder.decode(message, new UpdateContext(true, false))).message();
        }

        @Override
        public void up(Opened session) {
            Open theirs = (Open) decode(session.receivedOpen());
            Open ours = (Open) decode(session.sentOpen());
            lines.add("up %s %d %d %d"
                    .formatted(
                            session.neighbor(),
                            ours.as(),
                            theirs.as(),
                            session.remote().getPort()));
        }

        @Override
        public void down(String neighbor, Ended ended) {
            lines.add("down " + ended.getClass().getSimpleName());
        }

        @Override
        public void received(String neighbor, byte[] update) {
            lines.add("received " + ((Update) decode(update)).withdrawn());
        }

        @Override
        public void sent(String neighbor, byte[] update) {
            lines.add("sent " + ((Update) decode(update)).announced().size());
        }
    }

    @Test
    void showsObserversWhatGoesOverTheWire() throws Exception {
        Log first = new Log();
        speakers.observe(first);
        raw.establish();
        speakers.announce(hosts(3));
        assertThat(receive(raw, 3)).isEqualTo(3);
        UpdateBuilder withdrawal = UpdateBuilder.withdraw(Family.IPV4_UNICAST, new UpdateContext(true, false));
        withdrawal.add(IpPrefix.valueOf("198.51.100.0/24"));
        raw.send(withdrawal.build());
        await().until(() -> first.lines.contains("received [198.51.100.0/24]"));
        Log late = new Log();
        speakers.observe(late);
        speakers.dead("raw", true, "BFD is down");
        await().until(() -> late.lines.contains("down ByUs"));
        String up = "up raw 65000 65001 " + raw.port();
        assertThat(first.lines).containsExactly(up, "sent 3", "received [198.51.100.0/24]", "down ByUs");
        assertThat(late.lines).containsExactly(up, "sent 3", "down ByUs");
        events.awaitReason("BFD is down");
    }

    /** Reads until so many prefixes have come. */
    private static int receive(RawNeighbor neighbor, int count) throws IOException {
        int received = 0;
        while (received < count) {
            if (neighbor.next() instanceof Update update) {
                received += update.announced().size();
            }
        }
        return received;
    }

    @Test
    void holdsOneConnectionOfAFlood() throws Exception {
        raw.establish();
        events.awaitState(State.ESTABLISHED);
        List<Socket> flood = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            flood.add(
                    new Socket(InetAddress.getLoopbackAddress(), speakers.port().orElseThrow()));
        }
        awaitCounter("bgp_connections_refused", 200);
        for (Socket socket : flood) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.close();
        }
        assertThat(events.last().state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void endsWithoutANotification() throws Exception {
        raw.establish();
        events.awaitState(State.ESTABLISHED);
        raw.next();
        raw.next();
        speakers.close();
        assertThatThrownBy(raw::next).hasMessage("closed");
        speakers.announce(List.of());
        speakers.neighbors(List.of());
    }

    @Test
    void takesLeaveOfANeighbourThatIsRemoved() throws Exception {
        raw.establish();
        events.awaitState(State.ESTABLISHED);
        raw.next();
        raw.next();
        speakers.neighbors(List.of());
        assertThat(((Notification) raw.next()).words()).isEqualTo("cease, peer de-configured");
    }

    @Test
    void survivesAControllerThatFails() throws Exception {
        try (RawNeighbor other = new RawNeighbor();
                BgpSpeakers broken = BgpSpeakers.start(
                        SpeakerConfig.of(Optional.empty(), IpAddress.valueOf("10.0.0.1")), this::fail)) {
            broken.neighbors(List.of(neighbor("other", other.port())));
            other.establish();
            broken.announce(hosts(1));
            assertThat(receive(other, 1)).isEqualTo(1);
            assertThat(broken.counters().get("bgp_events_lost")).isPositive();
        }
    }

    private void fail(NeighborEvent event) {
        throw new IllegalStateException("the test's own, on " + event.neighbor());
    }

    @Test
    void saysThatAPortIsTaken() {
        InetSocketAddress taken = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), speakers.port().orElseThrow());
        SpeakerConfig config = SpeakerConfig.of(Optional.of(taken), IpAddress.valueOf("10.0.0.1"));
        assertThatThrownBy(() -> BgpSpeakers.start(config, events))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen for BGP on localhost port " + taken.getPort())
                .hasMessageContaining("another speaker has it");
    }
}
