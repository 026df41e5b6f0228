package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A speaker that is killed and comes back, with daemons that help (RFC 4724): they keep its routes, and those of them that put
 * routes into the kernel lose no packet.
 */
@Timeout(120)
class HelperIT {
    private static final String STAYS = "203.0.113.1";
    private static final String GOES = "203.0.113.2";
    private static final Pattern PINGED = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    @TempDir
    Path directory;

    private final TwoNamespaces namespaces = new TwoNamespaces();
    private Daemon daemon;
    private SpeakerProcess speaker;
    private Optional<Process> ping = Optional.empty();

    @AfterEach
    void stop() {
        ping.ifPresent(Process::destroyForcibly);
        if (speaker != null) {
            speaker.close();
        }
        if (daemon != null) {
            daemon.close();
        }
        namespaces.close();
    }

    private void startSpeaker(String routes) {
        speaker = new SpeakerProcess(namespaces.inSpeaker(), directory.resolve("speaker.log"), TwoNamespaces.PEER_IPV4);
        speaker.announce(routes);
    }

    private boolean has(String address) {
        return daemon.route(Pairing.PLAIN, address + "/32").isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = InteropIT.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "EXABGP")
    void keepsRoutesOfOneWhoIsKilled(InteropIT.Kind kind) throws Exception {
        daemon = kind.start(directory, namespaces);
        assertThat(daemon.can(Daemon.Can.HELP_RESTART)).isTrue();
        Commands.run("ip", "-n", namespaces.speaker(), "address", "add", STAYS + "/32", "dev", "lo");
        startSpeaker(STAYS + "/32=10.99.0.1 " + GOES + "/32=10.99.0.1");
        await().atMost(Duration.ofSeconds(20)).until(() -> has(STAYS) && has(GOES));
        if (daemon.can(Daemon.Can.FORWARD)) {
            await().atMost(Duration.ofSeconds(10)).until(this::forwards);
            ping = Optional.of(ping());
        }

        speaker.kill();
        // The kernel has closed the connection: the daemon knows by now.
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(() -> has(STAYS) && has(GOES));
        startSpeaker(STAYS + "/32=10.99.0.1");
        await().atMost(Duration.ofSeconds(40)).until(() -> !has(GOES));
        assertThat(has(STAYS)).isTrue();

        if (ping.isPresent()) {
            Matcher pinged = PINGED.matcher(stopped(ping.get()));
            assertThat(pinged.find()).isTrue();
            System.out.println(daemon.version() + ": " + pinged.group());
            assertThat(Integer.parseInt(pinged.group(1))).isGreaterThan(20);
            assertThat(pinged.group(2)).isEqualTo(pinged.group(1));
        }
    }

    private boolean forwards() {
        return Commands.run("ip", "-n", namespaces.peer(), "route", "show", STAYS)
                .contains("via");
    }

    private Process ping() throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("ping", "-q", "-i", "0.01", "-W", "2", STAYS));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Its summary comes on SIGINT, after answers that were under way. */
    private static String stopped(Process ping) throws IOException, InterruptedException {
        Commands.run("kill", "-INT", Long.toString(ping.pid()));
        String text = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ping.waitFor();
        return text;
    }
}
