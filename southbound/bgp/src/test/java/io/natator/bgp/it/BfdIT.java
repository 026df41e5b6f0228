package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.fsm.Timers;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Bfd;
import io.natator.model.southbound.NeighborEvent;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** BFD with BIRD and with FRR's bfdd: a link that dies silently is noticed by both sides within three intervals. */
@Timeout(60)
class BfdIT {
    enum Kind {
        BIRD,
        FRR
    }

    private static final Timers QUICK = new Timers(
            TimeUnit.SECONDS.toNanos(2),
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.MILLISECONDS.toNanos(500),
            TimeUnit.MILLISECONDS.toNanos(500),
            TimeUnit.SECONDS.toNanos(60));

    private static final Duration INTERVAL = Duration.ofMillis(100);

    @TempDir
    Path directory;

    private final TwoNamespaces namespaces = new TwoNamespaces();
    private final Events events = new Events();
    private BgpSpeakers speakers;
    private Daemon daemon;
    private volatile long downAt;

    @AfterEach
    void stop() {
        if (speakers != null) {
            speakers.close();
        }
        if (daemon != null) {
            daemon.close();
        }
        namespaces.close();
    }

    private void start(Kind kind) {
        daemon = switch (kind) {
            case BIRD -> new BirdDaemon(directory, namespaces);
            case FRR -> new FrrDaemon(namespaces);
        };
        startSpeaker();
    }

    private void startSpeaker() {
        speakers = Netns.in(namespaces.speaker(), () -> {
            BgpSpeakers started = BgpSpeakers.start(
                    new SpeakerConfig(
                            Optional.of(new InetSocketAddress("0.0.0.0", 179)),
                            IpAddress.valueOf(TwoNamespaces.SPEAKER_IPV4),
                            Duration.ofMinutes(2),
                            QUICK,
                            7),
                    this::heard);
            // The thread of BFD shall be born in this namespace.
            started.neighbors(List.of(watched(Pairing.BFD, false)));
            return started;
        });
    }

    private void heard(NeighborEvent event) {
        if (event instanceof NeighborEvent.BfdChanged changed && changed.state() == NeighborEvent.BfdState.DOWN) {
            downAt = System.nanoTime();
        }
        events.accept(event);
    }

    private static Neighbor watched(Pairing pairing, boolean strict) {
        boolean multihop = pairing == Pairing.BFD_MULTIHOP;
        Neighbor neighbor = pairing.neighbor();
        return neighbor.with(
                neighbor.peering().with(new Bfd(true, INTERVAL, INTERVAL, 3, multihop, strict, Optional.empty())));
    }

    private List<NeighborEvent.BfdChanged> bfd() {
        return events.all().stream()
                .filter(NeighborEvent.BfdChanged.class::isInstance)
                .map(NeighborEvent.BfdChanged.class::cast)
                .toList();
    }

    private void awaitUp() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(bfd()).isNotEmpty();
            assertThat(bfd().getLast().state()).isEqualTo(NeighborEvent.BfdState.UP);
        });
    }

    private void awaitRoute(Pairing pairing, int count) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(daemon.routes(pairing)).isEqualTo(count));
    }

    /** Nothing is said on the way: packets vanish, and the hold time is a minute and a half. */
    @ParameterizedTest
    @EnumSource
    void noticesADeadLinkWithinThreeIntervals(Kind kind) {
        start(kind);
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        speakers.announce(List.of(new Announcement(
                IpPrefix.valueOf("203.0.113.7/32"),
                IpAddress.valueOf(TwoNamespaces.SPEAKER_IPV4),
                List.of(),
                List.of(),
                List.of("t1"))));
        awaitUp();
        awaitRoute(Pairing.BFD, 1);

        namespaces.cut();
        long cut = System.nanoTime();
        awaitRoute(Pairing.BFD, 0);
        Duration theirs = Duration.ofNanos(System.nanoTime() - cut);
        events.awaitReason("BFD: control detection time expired");
        Duration ours = Duration.ofNanos(downAt - cut);
        System.out.printf(
                "%s: link noticed dead after %d ms here, route gone there after %d ms%n",
                daemon.version(), ours.toMillis(), theirs.toMillis());
        assertThat(bfd().getLast())
                .isEqualTo(new NeighborEvent.BfdChanged(
                        Pairing.BFD.label(), NeighborEvent.BfdState.DOWN, "control detection time expired"));
        // Three intervals, and what a busy host may add to them.
        assertThat(ours).isLessThan(INTERVAL.multipliedBy(3).plusSeconds(1));
        assertThat(theirs).isLessThan(INTERVAL.multipliedBy(3).plusSeconds(2));

        namespaces.mend();
        awaitUp();
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        awaitRoute(Pairing.BFD, 1);
    }

    @Test
    void watchesAPathOfSeveralHops() {
        start(Kind.FRR);
        speakers.neighbors(List.of(watched(Pairing.BFD_MULTIHOP, false)));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bfd())
                        .contains(new NeighborEvent.BfdChanged(
                                Pairing.BFD_MULTIHOP.label(), NeighborEvent.BfdState.UP, "")));
        assertThat(speakers.counters()).containsEntry("bgp_bfd_packets_malformed", 0L);
    }

    /** FRR runs BFD whether there is a session of BGP or not, as strict mode wants it. */
    @Test
    void waitsForBfdInStrictMode() {
        start(Kind.FRR);
        namespaces.block("udp dport 3784");
        speakers.neighbors(List.of());
        events.awaitReason("removed from the configuration");
        speakers.neighbors(List.of(watched(Pairing.BFD, true)));
        events.awaitReason("waiting for BFD to come up");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(events.last().state()).isEqualTo(NeighborEvent.State.IDLE));
        namespaces.mend();
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        assertThat(bfd().getLast().state()).isEqualTo(NeighborEvent.BfdState.UP);
    }
}
