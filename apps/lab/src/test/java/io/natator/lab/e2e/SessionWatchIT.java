package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.StatusRuntimeException;
import io.natator.lab.LabException;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.traffic.Crowd;
import io.natator.v1.PoolUse;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions as one watches them by the command line, and what is written down of them where only mappings are: in files and by
 * IPFIX.
 */
@Tag("e2e")
class SessionWatchIT {
    @RegisterExtension
    static final NaptLive NAPT = new NaptLive(1);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = {1, 2, 3};
    private static final InetAddress HOST = Crowd.host(300);
    /** A second remote, which need not answer. */
    private static final int DISCARD = 9;

    @TempDir
    private static Path flows;

    private static NatatorSwitch software;
    private static Pid collector;

    @BeforeAll
    static void writeMappings() {
        software = NAPT.software(1);
        collector = software.namespace()
                .start(
                        "nfcapd",
                        List.of("nfcapd", "-4", "-b", "127.0.0.1", "-p", "4739", "-w", flows.toString(), "-t", "3600"));
        Wait.until(
                "the collector to listen",
                LONG,
                () -> software.namespace().run("ss", "-lun").contains(":4739"));
        software.logs("--session-log-detail", "mappings", "--ipfix", "127.0.0.1");
        Wait.until("the pool to be back", LONG, SessionWatchIT::hasPool);
        NAPT.awaitActive();
    }

    private static boolean hasPool() {
        try {
            return NAPT.use(1, PoolUse::getAddresses) == 8;
        } catch (StatusRuntimeException e) {
            return false; // it is not connected
        }
    }

    @AfterAll
    static void stop() {
        collector.kill(true);
    }

    @Test
    void whoComesAndGoesIsSeenAndItsMappingWrittenDownOnce() throws Exception {
        String host = HOST.getHostAddress();
        try (DatagramSocket socket = NAPT.crowd().socket(HOST)) {
            String end = host + ":" + socket.getLocalPort();
            Pid watch = NAPT.live()
                    .lab()
                    .daemon()
                    .natatorThatGoesOn(
                            "watch", "sessions", "--watch", "--inside", host, "-p", "udp", "--interval", "1s");
            try {
                String outside = speak(socket);
                watched("both to come", "ADDED", end, outside, 2);
                String during = Instant.now().toString();
                assertThat(natator("sessions", "clear", "--inside", host).out()).contains("2 sessions cleared");
                watched("both to go", "DELETED", end, outside, 2);
                assertThat(watch.isAlive()).as("it goes on").isTrue();
                isWrittenDownOnce(host, socket.getLocalPort(), outside, during);
            } finally {
                watch.kill(true);
            }
        }
    }

    /** With two remotes. Returns the outside address and port of both. */
    private static String speak(DatagramSocket socket) throws IOException {
        InetSocketAddress seen = NAPT.crowd().ask(socket, HELLO);
        socket.send(new DatagramPacket(HELLO, HELLO.length, InetAddress.ofLiteral(Addresses.CLIENT), DISCARD));
        return seen.getAddress().getHostAddress() + ":" + seen.getPort();
    }

    /** Waits for lines of one kind. */
    private static void watched(String what, String type, String inside, String outside, int count) {
        Wait.until(
                what,
                LONG,
                () -> watched().stream()
                                .filter(l -> l.contains("  " + type) && l.contains(inside) && l.contains(outside))
                                .filter(l -> l.contains("shared") && l.contains(Addresses.CLIENT))
                                .count()
                        == count);
    }

    private static List<String> watched() {
        try {
            return Files.readAllLines(NAPT.live().lab().inventory().dir().resolve("watch.out"));
        } catch (IOException e) {
            throw new LabException(e.getMessage(), e);
        }
    }

    private static void isWrittenDownOnce(String host, int port, String outside, String during) throws IOException {
        Wait.until(
                "the daemon to know it from the log",
                LONG,
                () -> natator("whois", outside, "-p", "udp", "--at", during, "-o", "json")
                        .out()
                        .contains(host));
        Shell.Result files = Shell.attempt(
                Program.command(
                        "switch",
                        "whois",
                        outside,
                        "-p",
                        "udp",
                        "--at",
                        during,
                        "--log",
                        software.log().toString()),
                LONG);
        assertThat(files.exit()).as(files.all()).isZero();
        assertThat(files.out().lines().filter(l -> l.contains(host + ":" + port)))
                .as("one mapping, whose remotes are not written down")
                .singleElement()
                .asString()
                .doesNotContain(Addresses.CLIENT);

        collector.kill(false);
        Wait.until("the collector to end", LONG, () -> !collector.isAlive());
        assertThat(events(host, port, outside)).containsExactly("8", "9");
    }

    /** natEvents of a mapping, as nfdump reads them. */
    private static List<String> events(String host, int port, String outside) throws IOException {
        List<String> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(flows)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("nfcapd."))
                    .toList()) {
                for (JsonNode f :
                        new ObjectMapper().readTree(Shell.run("nfdump", "-r", file.toString(), "-o", "json"))) {
                    String translated = f.path("src4_xlt_ip").asText() + ":"
                            + f.path("src_xlt_port").asText();
                    if (f.path("src4_addr").asText().equals(host)
                            && f.path("src_port").asInt() == port
                            && translated.equals(outside)) {
                        events.add(f.path("nat_event_id").asText());
                    }
                }
            }
        }
        return events;
    }

    private static Shell.Result natator(String... arguments) {
        return NAPT.live().lab().daemon().natator(arguments);
    }
}
