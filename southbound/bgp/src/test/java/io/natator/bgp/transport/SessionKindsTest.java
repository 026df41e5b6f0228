package io.natator.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.codec.AsSegment;
import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Communities;
import io.natator.bgp.codec.EncodedAttributes;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.PathAttributes;
import io.natator.bgp.codec.RouteRefresh;
import io.natator.bgp.codec.UpdateBuilder;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Timers;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.peering.ImportPolicy;
import io.natator.model.peering.Peering;
import io.natator.model.peering.Transport;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.NeighborEvent.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Sessions of every kind on loopback: of groups, signed, near, limited, stuck, shut down. */
@Timeout(60)
class SessionKindsTest {
    private static final IpAddress LOOPBACK = IpAddress.valueOf("127.0.0.1");
    private static final Timers QUICK = new Timers(
            Duration.ofSeconds(1).toNanos(),
            Duration.ofSeconds(10).toNanos(),
            Duration.ofMillis(100).toNanos(),
            Duration.ofMillis(200).toNanos(),
            Duration.ofMillis(200).toNanos(),
            Duration.ofSeconds(60).toNanos(),
            Duration.ofSeconds(1).toNanos());
    private static final Peering PEERING = Peering.between(65000, 65001);

    private final Events events = new Events();
    private final Events others = new Events();
    private BgpSpeakers speakers;
    private BgpSpeakers other;

    @BeforeEach
    void start() throws IOException {
        speakers = start("10.0.0.1", events);
        other = start("10.0.0.2", others);
    }

    private static BgpSpeakers start(String routerId, Events events) throws IOException {
        return BgpSpeakers.start(
                new SpeakerConfig(
                        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        IpAddress.valueOf(routerId),
                        QUICK,
                        7),
                events);
    }

    @AfterEach
    void stop() {
        speakers.close();
        other.close();
    }

    /** The other speaker calls us. */
    private void call(Peering theirs) {
        int port = speakers.port().orElseThrow();
        other.neighbors(List.of(new Neighbor("us", LOOPBACK, port, theirs)));
    }

    private static Peering waiting(Peering peering) {
        return peering.with(peering.transport().waiting());
    }

    private static Peering reverse() {
        return Peering.between(65001, 65000);
    }

    private static Announcement route(String prefix) {
        return new Announcement(
                IpPrefix.valueOf(prefix), IpAddress.valueOf("192.0.2.1"), List.of(), List.of(), List.of("t"));
    }

    @Test
    void takesWhoeverCallsFromAGroupsPrefix() {
        speakers.groups(List.of(new PeerGroup("tors", List.of(IpPrefix.valueOf("127.0.0.0/8")), 1, PEERING)));
        speakers.announce(List.of(route("10.0.0.1/32")));
        call(reverse());
        events.awaitState(State.ESTABLISHED);
        assertThat(events.all().getFirst()).isEqualTo(new NeighborEvent.Appeared("tors-127-0-0-1", "tors", LOOPBACK));
        others.awaitState(State.ESTABLISHED);
        other.neighbors(List.of());
        await().until(() -> events.all().contains(new NeighborEvent.Vanished("tors-127-0-0-1")));
        call(reverse());
        events.awaitState(State.ESTABLISHED);
        speakers.groups(List.of());
        others.awaitReason("peer de-configured");
    }

    @Test
    void takesNoMoreOfAGroupThanItMay() throws IOException {
        speakers.groups(List.of(new PeerGroup("tors", List.of(IpPrefix.valueOf("127.0.0.0/8")), 1, PEERING)));
        groupsAreIn();
        try (Socket first = dial("127.0.0.1");
                Socket second = dial("127.0.0.2")) {
            await().untilAsserted(() ->
                    assertThat(counter("bgp_neighbors_beyond_limit")).isEqualTo(1));
            assertThat(second.getInputStream().read()).isEqualTo(-1);
            assertThat(first.getInputStream().read()).as("our OPEN").isEqualTo(0xff);
        }
    }

    /** What was asked before this has been done: a neighbour that is shut down says so at once. */
    private void groupsAreIn() {
        speakers.neighbors(List.of(new Neighbor("off", IpAddress.valueOf("127.9.9.9"), 1, PEERING.enabled(false, ""))));
        events.awaitReason("shut down");
    }

    private Socket dial(String from) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), speakers.port().orElseThrow(), InetAddress.getByName(from), 0);
    }

    private long counter(String name) {
        return speakers.counters().get(name);
    }

    @Test
    void signsSessionsOfAGroup() {
        Transport signed = Transport.DEFAULT.signed(Optional.of("turtle"));
        speakers.groups(
                List.of(new PeerGroup("tors", List.of(IpPrefix.valueOf("127.0.0.0/8")), 9, PEERING.with(signed))));
        groupsAreIn();
        call(reverse());
        others.awaitReason("no answer to TCP within 1 s");
        assertThat(events.states()).noneMatch(state -> state.state() == State.ESTABLISHED);
        call(reverse().with(signed));
        others.awaitState(State.ESTABLISHED);
        // The key goes with its group: whoever is a neighbour there now may do without.
        speakers.groups(List.of());
        speakers.neighbors(List.of(new Neighbor("n", LOOPBACK, 1, waiting(PEERING))));
        events.awaitState(State.ACTIVE);
        call(reverse());
        others.awaitState(State.ESTABLISHED);
    }

    @Test
    void dropsWhatComesFromTooFar() {
        Peering near = PEERING.with(Transport.DEFAULT.within(1));
        speakers.neighbors(List.of(new Neighbor("n", LOOPBACK, 1, waiting(near))));
        events.awaitState(State.ACTIVE);
        call(reverse());
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        assertThat(events.states()).noneMatch(state -> state.state() == State.ESTABLISHED);
        // What came before the socket option was set may have opened half a session: the next call takes its place.
        call(reverse().with(Transport.DEFAULT.within(1)));
        events.awaitState(State.ESTABLISHED);
    }

    @Test
    void callsWithTheOptionsThatAreConfigured() {
        speakers.neighbors(List.of(new Neighbor("n", LOOPBACK, 1, waiting(PEERING))));
        Transport all = new Transport(
                Optional.of(LOOPBACK),
                Optional.empty(),
                false,
                OptionalInt.empty(),
                OptionalInt.of(7),
                Optional.of("lo"),
                Optional.of(Duration.ofSeconds(9)),
                Optional.of(Duration.ofSeconds(5)));
        call(reverse().with(all));
        others.awaitState(State.ESTABLISHED);
    }

    @Test
    void saysThatADeviceIsNotThere() {
        Transport bound = new Transport(
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of("nat-none"),
                Optional.empty(),
                Optional.empty());
        call(reverse().with(bound));
        others.awaitReason("nat-none");
    }

    @Test
    void endsASessionThatAnnouncesTooMuch() throws Exception {
        try (RawNeighbor raw = new RawNeighbor()) {
            Neighbor limited = new Neighbor("raw", LOOPBACK, raw.port(), PEERING.with(new ImportPolicy(2, true)));
            speakers.neighbors(List.of(limited));
            raw.establish();
            raw.send(announcement("10.1.0.0/16", "10.2.0.0/16"));
            await().untilAsserted(() -> assertThat(events.all())
                    .contains(new NeighborEvent.Heard("raw", List.of(heard("10.1.0.0/16"), heard("10.2.0.0/16")))));
            raw.send(announcement("10.3.0.0/16"));
            assertThat(lastWords(raw)).isEqualTo("cease, maximum number of prefixes reached (data 00010100000002)");
            events.awaitReason("the neighbour announced more than the 2 prefixes that it may");
        }
    }

    private static NeighborEvent.Heard.Route heard(String prefix) {
        return new NeighborEvent.Heard.Route(
                IpPrefix.valueOf(prefix), IpAddress.valueOf("192.0.2.9"), "65001 65002", List.of("65001:7"));
    }

    private static byte[] announcement(String... prefixes) {
        UpdateContext context = new UpdateContext(true, false);
        PathAttributes attributes = new PathAttributes(
                0,
                List.of(AsSegment.sequence(65001L, 65002L)),
                Optional.of(IpAddress.valueOf("192.0.2.9")),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Communities.parse(List.of("65001:7")).orElseThrow());
        UpdateBuilder update = UpdateBuilder.announce(
                Family.IPV4_UNICAST, EncodedAttributes.of(attributes, context).orElseThrow(), context);
        for (String prefix : prefixes) {
            update.add(IpPrefix.valueOf(prefix));
        }
        return update.build();
    }

    private static String lastWords(RawNeighbor raw) throws IOException {
        while (true) {
            Message message = raw.next();
            if (message instanceof Notification notification) {
                return notification.words();
            }
        }
    }

    @Test
    void endsASessionThatReadsNothing() throws Exception {
        try (RawNeighbor raw = new RawNeighbor()) {
            speakers.neighbors(List.of(new Neighbor("raw", LOOPBACK, raw.port(), PEERING)));
            speakers.announce(IntStream.range(0, 100_000)
                    .mapToObj(i -> new Announcement(
                            IpPrefix.valueOf(0x0a000000 + i, 32),
                            IpAddress.valueOf("192.0.2.1"),
                            List.of(),
                            List.of(),
                            List.of("t")))
                    .toList());
            raw.establish();
            for (int i = 0; i < 50; i++) {
                raw.send(new RouteRefresh(1, RouteRefresh.REQUEST, 1)); // More than socket buffers take.
            }
            events.awaitReason("the neighbour has read nothing for 1 s (send hold timer)");
            assertThat(counter("bgp_sessions_stuck")).isEqualTo(1);
        }
    }

    @Test
    void shutsDownWithAText() throws Exception {
        try (RawNeighbor raw = new RawNeighbor()) {
            Neighbor up = new Neighbor("raw", LOOPBACK, raw.port(), PEERING);
            speakers.neighbors(List.of(up));
            raw.accept();
            raw.send(new Open(65001, 0, 1, List.of(new Capability.FourOctetAs(65001))));
            raw.send(new Keepalive());
            events.awaitState(State.ESTABLISHED);
            speakers.neighbors(List.of(up.with(PEERING.enabled(false, "Wartung bis 6 Uhr, schöne Grüße"))));
            assertThat(lastWords(raw)).isEqualTo("cease, administrative shutdown: \"Wartung bis 6 Uhr, schöne Grüße\"");
            events.awaitReason("shut down");
            assertThat(events.last().state()).isEqualTo(State.IDLE);
        }
    }

    /** A session that is up stays up, however often its neighbour calls again. */
    @Test
    void isNotDisturbedByAFloodOfCallsFromItsNeighbour() throws Exception {
        speakers.neighbors(List.of(new Neighbor("n", LOOPBACK, 1, waiting(PEERING))));
        call(reverse());
        events.awaitState(State.ESTABLISHED);
        for (int i = 0; i < 300; i++) {
            try (Socket socket = dial("127.0.0.1")) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(counter("bgp_connections_refused")).isEqualTo(300);
        speakers.announce(List.of(route("10.0.0.1/32")));
        events.awaitSent(1);
        assertThat(counter("bgp_sessions_ended")).isZero();
        assertThat(counter("bgp_sessions_established")).isEqualTo(1);
    }

    /** Calls that never say anything are two at a time, and do not keep out the one that does. */
    @Test
    void isNotKeptFromItsNeighbourByCallsThatSayNothing() throws Exception {
        speakers.neighbors(List.of(new Neighbor("n", LOOPBACK, 1, waiting(PEERING))));
        events.awaitState(State.ACTIVE);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            silent.add(dial("127.0.0.1"));
        }
        call(reverse());
        events.awaitState(State.ESTABLISHED);
        for (Socket socket : silent) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            socket.close();
        }
    }

    @Test
    void looksAtSoManyStrangersAndNoMore() throws Exception {
        List<Socket> flood = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            flood.add(dial("127.0.0.1"));
        }
        await().untilAsserted(
                        () -> assertThat(counter("bgp_connections_limited") + counter("bgp_connections_from_strangers"))
                                .isEqualTo(600));
        for (Socket socket : flood) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.close();
        }
    }

    @Test
    void hasABudget() {
        Budget budget = new Budget(3, 0);
        List<Boolean> taken = IntStream.of(0, 0, 0, 0, 333, 334, 335, 2000, 2000, 2000, 2000)
                .mapToObj(millis -> budget.take(Duration.ofMillis(millis).toNanos()))
                .toList();
        assertThat(taken).containsExactly(true, true, true, false, false, true, false, true, true, true, false);
    }
}
