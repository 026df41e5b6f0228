package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.openflow.Count;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.Neighbor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code GET /metrics} answers can be read, and has every figure that the guide names. */
@Timeout(60)
class MetricsTest {
    private static final Path GUIDE = Path.of("../../docs");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) .+");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{" + LABEL + "(?:," + LABEL + ")*,?\\})? (NaN|[+-]Inf|[-+0-9.eE]+)");

    @TempDir
    Path dir;

    /** Samples by name and labels, as they stand there. */
    private static Map<String, Double> parse(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        Set<String> typed = new HashSet<>();
        for (String line : text.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            if (line.startsWith("#")) {
                assertThat(comment.matches()).as(line).isTrue();
                typed.add(comment.group(2));
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            assertThat(typed).as(line).contains(sample.group(1));
            String key = line.substring(0, line.lastIndexOf(' '));
            assertThat(samples.put(key, Double.valueOf(sample.group(2))))
                    .as(line)
                    .isNull();
        }
        return samples;
    }

    private static String scrape(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            return answer.body();
        }
    }

    /** Names in the first column of the tables below {@code heading}; "`a_b`, `_c`" stands for a_b and a_c. */
    private static List<String> named(String page, String heading) throws IOException {
        String text = Files.readString(GUIDE.resolve(page));
        String section = text.substring(text.indexOf("\n## " + heading));
        int next = section.indexOf("\n## ", 4);
        return (next < 0 ? section : section.substring(0, next))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> names(line.substring(0, line.indexOf('|', 1))).stream())
                .toList();
    }

    private static List<String> names(String cell) {
        List<String> names = Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(m -> m.group(1))
                .toList();
        String first = names.getFirst();
        return names.stream()
                .map(n -> n.startsWith("_") ? first.substring(0, first.lastIndexOf('_')) + n : n)
                .filter(n -> !n.contains("…"))
                .toList();
    }

    @Test
    void hasWhatTheGuideNames() throws Exception {
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        try (TestDaemon daemon = new TestDaemon(dir, FakeNetwork.ofSoftwareSwitches(), address)) {
            daemon.network.counts.add(Count.MESSAGES_IN, 3);
            daemon.network.sessions.pools.put(1L, List.of(SessionsTest.pool(3, "office")));
            daemon.devices.createDevice(CreateDeviceRequest.newBuilder()
                    .setDevice(TestDaemon.device("sw", "1"))
                    .build());
            daemon.neighbors.createNeighbor(CreateNeighborRequest.newBuilder()
                    .setNeighborId("router")
                    .setNeighbor(Neighbor.newBuilder()
                            .setAddress("192.0.2.1")
                            .setLocalAs(65000)
                            .setPeerAs(65001))
                    .build());
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(parse(scrape(address)))
                            .containsEntry("natator_neighbor_established{neighbor=\"router\"}", 1.0)
                            .containsEntry("natator_device_connected{device=\"sw\"}", 1.0)
                            .containsEntry("natator_device_in_sync{device=\"sw\"}", 1.0));
            Map<String, Double> samples = parse(scrape(address));
            Set<String> present = new HashSet<>();
            samples.keySet().forEach(k -> present.add(k.replaceFirst("\\{.*", "")));
            assertThat(present).containsAll(named("configuration.md", "Metrics"));
            List<String> counters = named("openflow.md", "Counters");
            assertThat(counters).hasSize(Count.values().length);
            assertThat(present)
                    .containsAll(counters.stream()
                            .map(c -> "natator_openflow_" + c + "_total")
                            .toList());
            assertThat(samples)
                    .containsEntry("natator_openflow_messages_in_total", 3.0)
                    .containsEntry("natator_devices", 1.0)
                    .containsEntry(
                            "natator_pool_refused_total{device=\"sw\",reason=\"pool-empty\",share=\"3\",translation=\"office\"}",
                            7.0)
                    .containsEntry("natator_translation_state{state=\"ACTIVE\"}", 0.0);
        }
    }
}
