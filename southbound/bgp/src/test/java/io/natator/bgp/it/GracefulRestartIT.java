package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A speaker that dies and comes back, as a real BIRD and the kernel below it see it (RFC 4724). */
@Timeout(180)
class GracefulRestartIT {
    private static final String CONFIGURATION = """
            log stderr all;
            debug protocols { states, events };
            router id 10.99.0.2;
            protocol device {}
            protocol kernel { ipv4 { export all; }; }
            protocol kernel { ipv6 { export all; }; }
            protocol bgp over4 {
              local 10.99.0.2 as 65001; neighbor 10.99.0.1 as 65000; passive;
              ipv4 { import all; export none; };
            }
            protocol bgp over6 {
              local 2001:db8:99::2 as 65001; neighbor 2001:db8:99::1 as 65000; passive;
              ipv6 { import all; export none; };
            }
            """;
    private static final String BOTH =
            "203.0.113.1/32=10.99.0.1 203.0.113.2/32=10.99.0.1 2001:db8:1::1/128=2001:db8:99::1";

    @TempDir
    Path directory;

    private TwoNamespaces namespaces;
    private Bird bird;
    private SpeakerProcess speaker;

    @BeforeEach
    void start() {
        namespaces = new TwoNamespaces();
        bird = Bird.start(directory, CONFIGURATION, namespaces.inPeer());
        startSpeaker();
        speaker.announce(BOTH);
        awaitKernel("203.0.113.1", "203.0.113.2", "2001:db8:1::1");
    }

    @AfterEach
    void stop() {
        if (speaker != null) {
            speaker.close();
        }
        if (bird != null) {
            bird.close();
        }
        namespaces.close();
    }

    private void startSpeaker() {
        speaker = new SpeakerProcess(
                namespaces.inSpeaker(),
                directory.resolve("speaker.log"),
                TwoNamespaces.PEER_IPV4,
                TwoNamespaces.PEER_IPV6);
    }

    private Set<String> kernel() {
        return (namespaces.kernelRoutes("-4", "bird") + namespaces.kernelRoutes("-6", "bird"))
                .lines()
                .filter(line -> line.contains("via"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void awaitKernel(String... destinations) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(kernel()).containsExactlyInAnyOrder(destinations));
    }

    private void awaitSessions(int up) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                bird.ask("show", "protocols").lines().filter(line -> line.contains("Established")))
                        .hasSize(up));
    }

    /** {@code ip monitor} sees every change of BIRD's kernel table, however short. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsRoutesWhileTheSpeakerIsAway(boolean kill) throws Exception {
        Process monitor = new ProcessBuilder(concat(namespaces.inPeer(), "ip", "monitor", "route"))
                .redirectErrorStream(true)
                .start();
        CopyOnWriteArrayList<String> changes = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> monitor.inputReader().lines().forEach(changes::add));
        try {
            if (kill) {
                speaker.kill();
            } else {
                speaker.terminate();
            }
            awaitSessions(0);
            assertThat(bird.routes("table", "all")).contains("203.0.113.1/32", "203.0.113.2/32", "2001:db8:1::1/128");
            startSpeaker();
            awaitSessions(2);
            // Not announced yet: what the neighbour kept is still there, and nothing was swept.
            assertThat(kernel()).containsExactlyInAnyOrder("203.0.113.1", "203.0.113.2", "2001:db8:1::1");
            assertThat(changes).noneMatch(line -> line.contains("Deleted"));
            speaker.announce(BOTH.replace("203.0.113.2/32=10.99.0.1 ", ""));
            awaitKernel("203.0.113.1", "2001:db8:1::1");
            assertThat(changes).noneMatch(line -> line.contains("Deleted") && !line.contains("203.0.113.2"));
        } finally {
            monitor.destroyForcibly();
        }
    }

    @Test
    void speaksOverIpv6() {
        awaitSessions(2);
        assertThat(bird.routes("2001:db8:1::1/128", "all")).contains("BGP.next_hop: 2001:db8:99::1");
        assertThat(bird.ask("show", "protocols", "all", "over6")).contains("Neighbor address: 2001:db8:99::1");
    }

    private static String[] concat(String[] first, String... second) {
        String[] all = new String[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
