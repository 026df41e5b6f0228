package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.SpeakerConfig;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @TempDir
    Path directory;

    private final Events events = new Events();
    private BgpSpeakers speakers;
    private Bird bird;

    @BeforeEach
    void startSpeaker() throws IOException {
        speakers = BgpSpeakers.start(
                SpeakerConfig.of(
                        Optional.of(new InetSocketAddress(InetAddress.getByName(US), 0)), IpAddress.valueOf(US)),
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
                65000,
                peerAs,
                Optional.empty(),
                Optional.of(IpAddress.valueOf(US)),
                Duration.ofSeconds(9),
                password);
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
}
