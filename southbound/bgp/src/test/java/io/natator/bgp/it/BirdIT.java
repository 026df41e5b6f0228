package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.fsm.Timers;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.peering.Transport;
import io.natator.model.southbound.NeighborEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Against a real BIRD 2 on loopback addresses of this process's own. */
@Timeout(120)
class BirdIT {
    private static final int BIRD_PORT = 1790;
    private static final String NET = "127." + (ProcessHandle.current().pid() >> 8 & 0x7f) + "."
            + (ProcessHandle.current().pid() & 0xff);
    private static final String US = NET + ".1";
    private static final String BIRD = NET + ".2";

    private static final Timers QUICK = new Timers(
            TimeUnit.SECONDS.toNanos(2),
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.MILLISECONDS.toNanos(200),
            TimeUnit.SECONDS.toNanos(1),
            TimeUnit.SECONDS.toNanos(1),
            TimeUnit.SECONDS.toNanos(60));

    @TempDir
    Path directory;

    private final Events events = new Events();
    private BgpSpeakers speakers;
    private Bird bird;

    @BeforeEach
    void startSpeaker() throws IOException {
        speakers = BgpSpeakers.start(
                new SpeakerConfig(
                        Optional.of(new InetSocketAddress(InetAddress.getByName(US), 0)),
                        IpAddress.valueOf(US),
                        QUICK,
                        7),
                events);
    }

    @AfterEach
    void stopAll() {
        speakers.close();
        if (bird != null) {
            bird.close();
        }
    }

    private String configuration(String session, String channels) {
        return """
                log stderr all;
                router id 10.255.0.1;
                debug protocols { states, events };
                protocol device {}
                protocol static { ipv4; route 192.0.2.0/24 via "lo"; }
                protocol static { ipv6; route 2001:db8:ffff::/64 via "lo"; }
                protocol bgp natator {
                  local %s port %d as 65001;
                  neighbor %s port %d as 65000;
                  multihop; strict bind yes; connect delay time 1; connect retry time 2; error wait time 1, 2;
                  %s
                  %s
                }
                """.formatted(BIRD, BIRD_PORT, US, speakers.port().orElseThrow(), session, channels);
    }

    private void startBird(String session) {
        bird = Bird.start(
                directory,
                configuration(session, "ipv4 { import all; export none; }; ipv6 { import all; export none; };"));
    }

    private static Neighbor neighbor(long peerAs, Optional<String> password) {
        return new Neighbor(
                "bird",
                IpAddress.valueOf(BIRD),
                BIRD_PORT,
                Peering.between(65000, peerAs)
                        .withHoldTime(Duration.ofSeconds(9))
                        .with(Transport.DEFAULT.from(IpAddress.valueOf(US)).signed(password)));
    }

    private static Announcement route(String prefix, String nextHop, String... communities) {
        return new Announcement(
                IpPrefix.valueOf(prefix), IpAddress.valueOf(nextHop), List.of(communities), List.of(), List.of("t1"));
    }

    private void establish() {
        speakers.neighbors(List.of(neighbor(65001, Optional.empty())));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
    }

    private void awaitRoutes(int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bird.count()).isEqualTo(count));
    }

    @Test
    void announcesBothFamiliesWithNextHopAndCommunities() {
        startBird("");
        establish();
        assertThat(events.last().families()).containsExactly("ipv4-unicast", "ipv6-unicast");
        speakers.announce(List.of(
                route("203.0.113.7/32", "192.0.2.1", "65000:100", "65000:1:2"),
                route("198.51.100.0/24", "192.0.2.1"),
                route("2001:db8:1::7/128", "2001:db8:ffff::1", "65000:100")));
        events.awaitSent(3);
        awaitRoutes(3);
        assertThat(bird.routes("203.0.113.7/32", "all"))
                .contains("BGP.origin: IGP")
                .contains("BGP.as_path: 65000")
                .contains("BGP.next_hop: 192.0.2.1")
                .contains("BGP.community: (65000,100)")
                .contains("BGP.large_community: (65000, 1, 2)");
        assertThat(bird.routes("2001:db8:1::7/128", "all")).contains("BGP.next_hop: 2001:db8:ffff::1");

        speakers.announce(List.of(
                route("203.0.113.7/32", "192.0.2.2"), route("2001:db8:1::7/128", "2001:db8:ffff::1", "65000:100")));
        awaitRoutes(2);
        assertThat(bird.routes("203.0.113.7/32", "all"))
                .contains("BGP.next_hop: 192.0.2.2")
                .doesNotContain("community");
        speakers.announce(List.of());
        awaitRoutes(0);
        assertThat(events.states())
                .filteredOn(s -> s.state() == NeighborEvent.State.ESTABLISHED)
                .hasSize(1);
    }

    @Test
    void packsTenThousandHostRoutes() {
        startBird("");
        establish();
        List<Announcement> routes = new ArrayList<>(IntStream.range(0, 10_000)
                .mapToObj(i -> route("10.1." + (i >> 8) + "." + (i & 0xff) + "/32", "192.0.2.1", "65000:1"))
                .toList());
        speakers.announce(routes);
        awaitRoutes(10_000);
        events.awaitSent(10_000);
        // 13 of routes and an End-of-RIB for each family.
        assertThat(speakers.counters().get("bgp_updates_sent")).isBetween(13L, 15L);
    }

    @Test
    void acceptsTheNeighboursConnection() {
        startBird("");
        Neighbor deaf = neighbor(65001, Optional.empty());
        // Nothing listens where we call.
        speakers.neighbors(List.of(new Neighbor(deaf.id(), deaf.address(), 1, deaf.peering())));
        speakers.announce(List.of(route("203.0.113.7/32", "192.0.2.1")));
        awaitRoutes(1);
        events.awaitReason("TCP connection refused: no BGP speaker listens at " + BIRD + " port 1");
        events.awaitState(NeighborEvent.State.ESTABLISHED);
    }

    @Test
    void saysThatTheNeighboursAsIsAnother() {
        startBird("");
        speakers.neighbors(List.of(neighbor(65009, Optional.empty())));
        events.awaitReason("the neighbour is AS 65001, configured is AS 65009");
        assertThat(bird.ask("show", "protocols", "all", "natator")).contains("Bad peer AS");
    }

    @Test
    void saysThatTheNeighbourRefusesOurAs() {
        startBird("");
        Neighbor right = neighbor(65001, Optional.empty());
        speakers.neighbors(List.of(new Neighbor(
                right.id(),
                right.address(),
                right.port(),
                Peering.between(65005, 65001).with(right.peering().transport()))));
        events.awaitReason("the neighbour refused: OPEN message error, bad peer AS");
    }

    @Test
    void signsWithTcpMd5() {
        startBird("password \"secret\";");
        speakers.neighbors(List.of(neighbor(65001, Optional.of("secret"))));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        speakers.announce(List.of(route("203.0.113.7/32", "192.0.2.1")));
        awaitRoutes(1);
    }

    @Test
    void acceptsOnlySignedConnections() {
        startBird("password \"secret\";");
        Neighbor right = neighbor(65001, Optional.of("secret"));
        speakers.neighbors(List.of(new Neighbor(right.id(), right.address(), 1, right.peering())));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
    }

    @Test
    void pointsAtThePasswordWhenThereIsNoAnswer() {
        startBird("password \"secret\";");
        speakers.neighbors(List.of(neighbor(65001, Optional.of("wrong"))));
        events.awaitReason("no answer to TCP within 2 s: unreachable, filtered, or another TCP MD5 password there");
        speakers.neighbors(List.of(neighbor(65001, Optional.empty())));
        events.awaitReason("no answer to TCP within 2 s: unreachable, filtered, or it wants a TCP MD5 password");
        speakers.neighbors(List.of(neighbor(65001, Optional.of("secret"))));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
    }

    @Test
    void comesBackWhenTheNeighbourResets() {
        startBird("");
        establish();
        speakers.announce(List.of(route("203.0.113.7/32", "192.0.2.1")));
        awaitRoutes(1);
        bird.ask("restart", "natator");
        events.awaitReason("the neighbour ended the session: cease, administrative");
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        awaitRoutes(1);
        bird.kill();
        events.awaitReason("connection");
        bird.start();
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        awaitRoutes(1);
    }

    @Test
    void saysWhichRoutesTheSessionDoesNotCarry() {
        bird = Bird.start(directory, configuration("", "ipv4 { import all; export none; };"));
        establish();
        assertThat(events.last().families()).containsExactly("ipv4-unicast");
        speakers.announce(List.of(
                route("203.0.113.7/32", "192.0.2.1"),
                route("203.0.113.8/32", "192.0.2.1", "no-such"),
                route("2001:db8:1::7/128", "2001:db8:ffff::1")));
        awaitRoutes(1);
        events.awaitReason("1 routes are not announced: the neighbour does not speak ipv6-unicast");
        events.awaitReason("1 routes are not announced: communities [no-such] are not all communities");
        assertThat(events.last().state()).isEqualTo(NeighborEvent.State.ESTABLISHED);
        speakers.announce(List.of(route("203.0.113.7/32", "192.0.2.1")));
        await().untilAsserted(() -> assertThat(events.last().reason()).isEmpty());
    }

    @Test
    void disturbsOnlyWhatChanged() {
        startBird("");
        establish();
        speakers.announce(List.of(route("203.0.113.7/32", "192.0.2.1")));
        awaitRoutes(1);
        Neighbor other = new Neighbor(
                "other",
                IpAddress.valueOf(NET + ".3"),
                1,
                Peering.between(65000, 65003).withHoldTime(Duration.ofSeconds(9)));
        speakers.neighbors(List.of(other, neighbor(65001, Optional.empty())));
        events.awaitReason("no BGP speaker listens at " + NET + ".3 port 1");
        assertThat(speakers.counters()).containsEntry("bgp_sessions_ended", 0L);
        speakers.neighbors(List.of(other));
        awaitRoutes(0);
        assertThat(bird.ask("show", "protocols", "all", "natator")).contains("Received: Peer de-configured");
        assertThat(speakers.counters()).containsEntry("bgp_sessions_ended", 1L);
    }

    @Test
    void sendsAllAgainWhenAsked() {
        startBird("");
        establish();
        speakers.announce(
                List.of(route("203.0.113.7/32", "192.0.2.1"), route("2001:db8:1::7/128", "2001:db8:ffff::1")));
        awaitRoutes(2);
        long before = speakers.counters().get("bgp_updates_sent");
        bird.ask("reload", "in", "natator");
        await().untilAsserted(() ->
                assertThat(speakers.counters().get("bgp_updates_sent")).isEqualTo(before + 2));
        assertThat(bird.count()).isEqualTo(2);
    }

    @Test
    void countsWhatTheNeighbourTells() {
        bird = Bird.start(
                directory,
                configuration(
                        "",
                        "ipv4 { import all; export all; }; ipv6 { import all; export all; next hop address 2001:db8:ffff::9; };"));
        establish();
        await().untilAsserted(() -> assertThat(events.all())
                .anyMatch(event -> event instanceof NeighborEvent.Routes routes && routes.received() == 2));
    }

    @Test
    void turnsStrangersAway() throws IOException {
        try (Socket stranger =
                new Socket(InetAddress.getByName(US), speakers.port().orElseThrow())) {
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(speakers.counters()).containsEntry("bgp_connections_from_strangers", 1L);
    }
}
