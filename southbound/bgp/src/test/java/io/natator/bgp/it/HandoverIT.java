package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.model.compile.Announcement;
import io.natator.model.southbound.NeighborEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Routes that change under traffic, which a real BIRD has put into its kernel: no packet is lost. */
@Timeout(120)
class HandoverIT {
    private static final String HOST = "203.0.113.9";
    private static final String FIRST = TwoNamespaces.SPEAKER_IPV4;
    private static final String SECOND = Pairing.SIGNED.ours();
    private static final Pattern PINGED = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    @TempDir
    Path directory;

    private final TwoNamespaces namespaces = new TwoNamespaces();
    private final Events events = new Events();
    private BirdDaemon bird;
    private BgpSpeakers speakers;
    private Process ping;

    @BeforeEach
    void start() {
        bird = new BirdDaemon(directory, namespaces);
        Commands.run("ip", "-n", namespaces.speaker(), "address", "add", HOST + "/32", "dev", "lo");
        speakers = Netns.in(
                namespaces.speaker(),
                () -> BgpSpeakers.start(SpeakerConfig.of(Optional.empty(), IpAddress.valueOf(FIRST)), events));
        speakers.neighbors(List.of(Pairing.PLAIN.neighbor()));
    }

    @AfterEach
    void stop() {
        if (ping != null) {
            ping.destroyForcibly();
        }
        if (speakers != null) {
            speakers.close();
        }
        if (bird != null) {
            bird.close();
        }
        namespaces.close();
    }

    private static Announcement route(String prefix, String nextHop, boolean draining) {
        return new Announcement(
                IpPrefix.valueOf(prefix),
                IpAddress.valueOf(nextHop),
                List.of(),
                OptionalLong.empty(),
                draining,
                List.of(),
                List.of("t"));
    }

    /** {@code 203.0.113.0/24} in blocks of that length. */
    private static List<Announcement> blocks(int length) {
        int size = 1 << (32 - length);
        return IntStream.range(0, 256 / size)
                .mapToObj(i -> route("203.0.113." + i * size + "/" + length, FIRST, false))
                .toList();
    }

    private String way() {
        return Commands.run("ip", "-n", namespaces.peer(), "route", "get", HOST);
    }

    private void awaitKernel(int routes, String nextHop) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(namespaces.kernelRoutes("-4", "bird").lines().filter(line -> line.startsWith("203.0.113.")))
                    .hasSize(routes);
            assertThat(way()).contains("via " + nextHop);
        });
    }

    private void startTraffic() throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("ping", "-q", "-i", "0.002", "-W", "2", HOST));
        ping = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void lostNothing(String what) throws IOException, InterruptedException {
        Commands.run("kill", "-INT", Long.toString(ping.pid()));
        String text = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ping.waitFor();
        Matcher pinged = PINGED.matcher(text);
        assertThat(pinged.find()).as(text).isTrue();
        System.out.println(what + ": " + pinged.group());
        assertThat(Integer.parseInt(pinged.group(1))).isGreaterThan(20);
        assertThat(pinged.group(2)).isEqualTo(pinged.group(1));
    }

    @Test
    void aggregatesAndPartsTakeTurns() throws Exception {
        speakers.announce(blocks(32));
        awaitKernel(256, FIRST);
        startTraffic();
        for (int length : new int[] {24, 32, 28, 25, 30, 24}) {
            speakers.announce(blocks(length));
            awaitKernel(1 << (length - 24), FIRST);
        }
        lostNothing("aggregated in six ways");
    }

    /** Two devices translate it: the first is drained, taken away, and comes back. */
    @Test
    void theOtherDeviceTakesOver() throws Exception {
        Announcement other = route(HOST + "/32", SECOND, false);
        speakers.announce(List.of(route(HOST + "/32", FIRST, false), other));
        awaitKernel(1, FIRST);
        startTraffic();
        speakers.announce(List.of(route(HOST + "/32", FIRST, true), other));
        awaitKernel(1, SECOND);
        speakers.announce(List.of(other));
        events.awaitState(NeighborEvent.State.ESTABLISHED);
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(way()).contains("via " + SECOND));
        speakers.announce(List.of(route(HOST + "/32", FIRST, false), other));
        awaitKernel(1, FIRST);
        lostNothing("drained to the other device and back");
    }
}
