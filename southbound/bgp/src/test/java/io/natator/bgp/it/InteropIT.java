package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.fsm.Timers;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** The same sessions with each daemon that operators run. What a daemon cannot do ({@link Daemon#can}) is not asked of it. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class InteropIT {
    enum Kind {
        BIRD,
        FRR,
        GOBGP,
        OPENBGPD,
        EXABGP;

        Daemon start(Path directory, TwoNamespaces namespaces) {
            return switch (this) {
                case BIRD -> new BirdDaemon(directory, namespaces);
                case FRR -> new FrrDaemon(namespaces);
                case GOBGP -> new GobgpDaemon(directory, namespaces);
                case OPENBGPD -> new OpenBgpdDaemon(directory, namespaces);
                case EXABGP -> new ExabgpDaemon(directory, namespaces);
            };
        }
    }

    private static final int MANY = 100_000;
    private static final String HOST = "203.0.113.7/32";
    private static final String HOST6 = "2001:db8:1::7/128";
    private static final Timers QUICK = new Timers(
            TimeUnit.SECONDS.toNanos(2),
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.MILLISECONDS.toNanos(500),
            TimeUnit.MILLISECONDS.toNanos(500),
            TimeUnit.SECONDS.toNanos(60));

    @TempDir
    static Path directory;

    private static TwoNamespaces namespaces;
    private static Daemon daemon;

    @Parameter
    Kind kind;

    private final Events events = new Events();
    private BgpSpeakers speakers;

    @BeforeParameterizedClassInvocation
    static void startDaemon(Kind kind) throws Exception {
        namespaces = new TwoNamespaces();
        daemon = kind.start(Files.createDirectory(directory.resolve(kind.name())), namespaces);
        System.out.println("with " + daemon.version());
    }

    @AfterParameterizedClassInvocation
    static void stopDaemon() {
        if (daemon != null) {
            daemon.close();
        }
        namespaces.close();
    }

    @BeforeEach
    void startSpeaker() {
        speakers = Netns.in(
                namespaces.speaker(),
                () -> BgpSpeakers.start(
                        new SpeakerConfig(
                                Optional.of(new InetSocketAddress("0.0.0.0", 179)),
                                IpAddress.valueOf(TwoNamespaces.SPEAKER_IPV4),
                                QUICK,
                                7),
                        events));
    }

    /** Says good-bye: daemons that help restarts would keep routes of one test into the next. */
    @AfterEach
    void stopSpeaker() {
        try {
            speakers.neighbors(List.of());
            events.awaitReason("removed from the configuration");
        } finally {
            speakers.close();
        }
    }

    private void establish(Neighbor... neighbors) {
        speakers.neighbors(List.of(neighbors));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
    }

    private static Announcement route(String prefix, String nextHop, String... communities) {
        return new Announcement(
                IpPrefix.valueOf(prefix), IpAddress.valueOf(nextHop), List.of(communities), List.of(), List.of("t1"));
    }

    private static void awaitRoutes(Pairing pairing, int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(daemon.routes(pairing)).isEqualTo(count));
    }

    private void carriesOneRoute(Pairing pairing) {
        establish(pairing.neighbor());
        speakers.announce(List.of(route(HOST, TwoNamespaces.SPEAKER_IPV4)));
        awaitRoutes(pairing, 1);
        speakers.announce(List.of());
        awaitRoutes(pairing, 0);
    }

    @Test
    void carriesBothFamiliesWithNextHopAndCommunities() {
        establish(Pairing.PLAIN.neighbor());
        speakers.announce(List.of(
                route(HOST, TwoNamespaces.SPEAKER_IPV4, "65000:100", "65535:0", "65000:1:2"),
                route("198.51.100.0/24", "10.99.0.11"),
                route(HOST6, TwoNamespaces.SPEAKER_IPV6, "65000:100")));
        awaitRoutes(Pairing.PLAIN, 3);
        Daemon.Route host = daemon.route(Pairing.PLAIN, HOST).orElseThrow();
        assertThat(host.nextHop()).isEqualTo(TwoNamespaces.SPEAKER_IPV4);
        assertThat(host.communities()).containsExactlyInAnyOrder("65000:100", "65535:0");
        assertThat(host.largeCommunities()).containsExactly("65000:1:2");
        assertThat(daemon.route(Pairing.PLAIN, HOST6))
                .contains(new Daemon.Route(TwoNamespaces.SPEAKER_IPV6, List.of("65000:100"), List.of()));

        speakers.announce(List.of(route(HOST, "10.99.0.11"), route(HOST6, TwoNamespaces.SPEAKER_IPV6, "65000:100")));
        awaitRoutes(Pairing.PLAIN, 2);
        assertThat(daemon.route(Pairing.PLAIN, HOST)).contains(new Daemon.Route("10.99.0.11", List.of(), List.of()));
        assertThat(daemon.route(Pairing.PLAIN, "198.51.100.0/24")).isEmpty();
        speakers.announce(List.of());
        awaitRoutes(Pairing.PLAIN, 0);
        assertThat(speakers.counters()).containsEntry("bgp_sessions_ended", 0L);
    }

    @Test
    void carriesBothFamiliesOverIpv6() {
        establish(Pairing.OVER_IPV6.neighbor());
        speakers.announce(List.of(route(HOST, TwoNamespaces.SPEAKER_IPV4), route(HOST6, TwoNamespaces.SPEAKER_IPV6)));
        awaitRoutes(Pairing.OVER_IPV6, 2);
    }

    @Test
    void signsWithTcpMd5AndSaysWhenThePasswordMayBeWrong() {
        speakers.neighbors(List.of(Pairing.SIGNED.neighbor(Pairing.AS, Pairing.DAEMON_AS, Optional.of("wrong"))));
        events.awaitReason("no answer to TCP within 2 s: unreachable, filtered, or another TCP MD5 password there");
        carriesOneRoute(Pairing.SIGNED);
    }

    @Test
    void speaksBetweenLoopbackAddresses() {
        carriesOneRoute(Pairing.MULTIHOP);
    }

    /** Both ends drop what has crossed a router. */
    @Test
    void speaksWithGtsm() {
        carriesOneRoute(Pairing.GTSM);
    }

    @Test
    void saysWhichAsIsWrong() {
        speakers.neighbors(List.of(Pairing.MISTAKEN.neighbor(65005, Pairing.DAEMON_AS, Optional.empty())));
        events.awaitReason("the neighbour refused: OPEN message error, bad peer AS");
        speakers.neighbors(List.of(Pairing.MISTAKEN.neighbor(Pairing.AS, 65009, Optional.empty())));
        events.awaitReason("the neighbour is AS 65001, configured is AS 65009");
    }

    @Test
    void sendsAllAgainWhenAsked() {
        establish(Pairing.REFRESHED.neighbor());
        speakers.announce(List.of(route(HOST, TwoNamespaces.SPEAKER_IPV4)));
        awaitRoutes(Pairing.REFRESHED, 1);
        if (!daemon.can(Daemon.Can.REFRESH)) {
            return; // It has no command that asks.
        }
        long before = speakers.counters().get("bgp_updates_sent");
        daemon.refresh(Pairing.REFRESHED);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(speakers.counters().get("bgp_updates_sent")).isGreaterThan(before));
        awaitRoutes(Pairing.REFRESHED, 1);
    }

    @Test
    void comesBackAfterResetAndRestart() {
        establish(Pairing.RESET.neighbor());
        speakers.announce(List.of(route(HOST, TwoNamespaces.SPEAKER_IPV4)));
        awaitRoutes(Pairing.RESET, 1);
        daemon.reset(Pairing.RESET);
        events.awaitReason("administrative reset"); // FRR wraps it into a hard reset (RFC 8538).
        if (daemon.can(Daemon.Can.RETURN_AT_ONCE)) {
            events.awaitState(NeighborEvent.State.ESTABLISHED);
            awaitRoutes(Pairing.RESET, 1);
        }
        daemon.kill();
        events.awaitReason("connection");
        daemon.start();
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        awaitRoutes(Pairing.RESET, 1);
    }

    @Test
    void takesAHundredThousandRoutes() {
        establish(Pairing.MANY.neighbor());
        speakers.announce(IntStream.range(0, MANY)
                .mapToObj(i -> route(
                        "100." + (64 + (i >> 16)) + "." + (i >> 8 & 0xff) + "." + (i & 0xff) + "/32",
                        TwoNamespaces.SPEAKER_IPV4,
                        "65000:1"))
                .toList());
        awaitRoutes(Pairing.MANY, MANY);
        speakers.announce(List.of());
        awaitRoutes(Pairing.MANY, 0);
        assertThat(speakers.counters()).containsEntry("bgp_sessions_ended", 0L);
    }

    /** The routes are sent and the session is up, and yet nobody has them: what RFC 8212 makes of a missing policy. */
    @Test
    void mayBeFilteredWhereThereIsNoPolicy() {
        establish(Pairing.WITHOUT_POLICY.neighbor());
        speakers.announce(List.of(route(HOST, TwoNamespaces.SPEAKER_IPV4)));
        events.awaitSent(1);
        speakers.neighbors(List.of(Pairing.WITHOUT_POLICY.neighbor(), Pairing.MULTIHOP.neighbor()));
        awaitRoutes(Pairing.MULTIHOP, 1); // So the daemon has had time for the other one.
        awaitRoutes(Pairing.WITHOUT_POLICY, daemon.can(Daemon.Can.FILTER_BY_DEFAULT) ? 0 : 1);
    }
}
