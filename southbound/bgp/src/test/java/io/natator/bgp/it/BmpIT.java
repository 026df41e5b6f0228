package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.bmp.BmpConfig;
import io.natator.bgp.bmp.BmpExporter;
import io.natator.model.compile.Announcement;
import io.natator.model.southbound.NeighborEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** A real collector, pmacct's pmbmpd, takes apart what we tell of a session with a real BIRD. */
@Timeout(60)
class BmpIT {
    private static final int PORT = 1790;

    @TempDir
    Path directory;

    private final TwoNamespaces namespaces = new TwoNamespaces();
    private final Events events = new Events();
    private Daemon daemon;
    private Child collector;
    private BgpSpeakers speakers;
    private BmpExporter exporter;

    @AfterEach
    void stop() {
        if (exporter != null) {
            exporter.close();
        }
        if (speakers != null) {
            speakers.close();
        }
        if (collector != null) {
            collector.kill();
        }
        if (daemon != null) {
            daemon.close();
        }
        namespaces.close();
    }

    private void startCollector() throws IOException {
        Path configuration = Files.writeString(directory.resolve("pmbmpd.conf"), """
                daemonize: false
                bmp_daemon_ip: %s
                bmp_daemon_port: %d
                bmp_daemon_msglog_file: %s
                bmp_daemon_msglog_output: json
                """.formatted(
                        TwoNamespaces.PEER_IPV4, PORT, directory.resolve("told")));
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("pmbmpd", "-f", configuration.toString()));
        collector = new Child(directory.resolve("pmbmpd.log"), "pmacct", command)
                .await("pmbmpd", log -> log.contains("waiting for BMP data"));
    }

    /** What the collector made of it; it writes lines. */
    private List<JsonNode> told(String type) {
        try {
            Path file = directory.resolve("told");
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Json::read)
                    .filter(line -> line.path("bmp_msg_type").asText().equals(type))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tellsACollector() throws IOException {
        daemon = new BirdDaemon(directory, namespaces);
        startCollector();
        speakers = Netns.in(namespaces.speaker(), () -> {
            BgpSpeakers started = BgpSpeakers.start(
                    SpeakerConfig.of(
                            Optional.of(new InetSocketAddress("0.0.0.0", 179)),
                            IpAddress.valueOf(TwoNamespaces.SPEAKER_IPV4)),
                    events);
            exporter = started.export(
                    new BmpConfig(TwoNamespaces.PEER_IPV4, PORT, "natator-test", Duration.ofSeconds(1), 1 << 20));
            return started;
        });
        speakers.neighbors(List.of(Pairing.PLAIN.neighbor()));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        speakers.announce(List.of(
                new Announcement(
                        IpPrefix.valueOf("203.0.113.7/32"),
                        IpAddress.valueOf(TwoNamespaces.SPEAKER_IPV4),
                        List.of("65000:100"),
                        List.of(),
                        List.of("t1")),
                new Announcement(
                        IpPrefix.valueOf("2001:db8:1::7/128"),
                        IpAddress.valueOf(TwoNamespaces.SPEAKER_IPV6),
                        List.of(),
                        List.of(),
                        List.of("t1"))));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told("route_monitor")).hasSize(2));
        assertThat(told("init").getFirst().path("bmp_init_info_sysname").asText())
                .isEqualTo("natator-test");
        JsonNode up = told("peer_up").getFirst();
        assertThat(up.path("peer_ip").asText()).isEqualTo(TwoNamespaces.PEER_IPV4);
        assertThat(up.path("peer_asn").asInt()).isEqualTo(Pairing.DAEMON_AS);
        assertThat(up.path("bgp_id").asText()).isEqualTo(TwoNamespaces.PEER_IPV4);
        assertThat(up.path("local_ip").asText()).isEqualTo(TwoNamespaces.SPEAKER_IPV4);
        assertThat(told("route_monitor")).allSatisfy(route -> {
            assertThat(route.path("is_out").asInt()).isEqualTo(1);
            assertThat(route.path("is_post").asInt()).isEqualTo(1);
            assertThat(route.path("as_path").asText()).isEqualTo("65000");
        });
        assertThat(told("route_monitor").getFirst().path("comms").asText()).isEqualTo("65000:100");
        assertThat(told("route_monitor").getLast().path("bgp_nexthop").asText()).isEqualTo(TwoNamespaces.SPEAKER_IPV6);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told("stats")).anySatisfy(count -> {
                    assertThat(count.path("counter_type").asInt()).isEqualTo(15);
                    assertThat(count.path("counter_value").asInt()).isEqualTo(2);
                }));

        // A collector that comes back hears all of it again.
        collector.kill();
        startCollector();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told("route_monitor")).hasSize(4));

        speakers.neighbors(List.of());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told("peer_down"))
                        .anySatisfy(down ->
                                assertThat(down.path("reason_type").asInt()).isEqualTo(1)));
        exporter.close();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told("term")).isNotEmpty());
    }
}
