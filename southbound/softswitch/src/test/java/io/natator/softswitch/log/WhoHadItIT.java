package io.natator.softswitch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.OpenFlowSwitches;
import io.natator.softswitch.SoftSwitch;
import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.FailMode;
import io.natator.softswitch.config.PortConfig;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.io.afpacket.Mode;
import io.natator.softswitch.io.afpacket.Wires;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** A TCP connection of two kernels through NAPT: who had its port is told while it lives, afterwards, and to nfcapd. */
@Timeout(120)
class WhoHadItIT {
    private static final long DATAPATH = 0x2A;
    private static final String HOST = "10.9.1.2";
    private static final String SERVER = "10.9.1.3";
    private static final IpAddress OUTSIDE = IpAddress.valueOf("10.9.1.100");
    private static final int TCP = 6;

    @TempDir
    Path dir;

    private final Queue<SwitchEvent> events = new ConcurrentLinkedQueue<>();
    private Wires wires;
    private Process collector;
    private OpenFlowSwitches controller;
    private SoftSwitch running;

    @BeforeEach
    void up() throws Exception {
        wires = new Wires();
        wires.ip("a", "link set g0 address 02:00:00:00:00:0a");
        wires.ip("b", "neigh add 10.9.1.100 lladdr 02:00:00:00:00:0a dev k0");
        Files.createDirectory(flows());
        collector = wires.start(
                "s", "nfcapd", "-4", "-b", "127.0.0.1", "-p", "4739", "-w", flows().toString(), "-t", "3600");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> wires.in("s", "ss", "-lun").contains(":4739"));
        running = Wires.call("s", this::start);
    }

    private SoftSwitch start() throws Exception {
        controller = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), events::add);
        int port = controller.start().getPort();
        controller.devices(List.of(new Device(
                "s1",
                DATAPATH,
                Device.Mode.NORMAL,
                Device.Profile.AUTO,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10))));
        SwitchConfig config = new SwitchConfig(
                DATAPATH,
                PortConfig.parse("1=i0,2=o0"),
                List.of(Endpoint.parse("tcp:127.0.0.1:" + port)),
                List.of(),
                Optional.empty(),
                FailMode.SECURE,
                Profile.FULL,
                SwitchConfig.ECHO,
                SwitchConfig.SILENCE,
                SessionLogging.parse(log().toString(), "", "", "127.0.0.1"));
        SoftSwitch started = SoftSwitch.start(config, Mode.BALANCED, Optional.empty());
        controller.shares(
                DATAPATH,
                List.of(new Share(
                        1,
                        "office",
                        Kind.NAPT,
                        IpPrefix.valueOf(HOST + "/32"),
                        List.of(IpPrefix.valueOf(OUTSIDE, 32)),
                        List.of(),
                        false,
                        Pool.DEFAULT)));
        controller.desire(
                DATAPATH,
                new RuleSet(
                        1,
                        List.of(
                                rule(2, 1, true, Share.Direction.TO_OUTSIDE, 2),
                                rule(2, 2, true, Share.Direction.TO_INSIDE, 1),
                                rule(1, 1, false, Share.Direction.TO_OUTSIDE, 2),
                                rule(1, 2, false, Share.Direction.TO_INSIDE, 1))));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> events.stream()
                        .anyMatch(e -> e instanceof SwitchEvent.Synced synced
                                && synced.generation() == 1
                                && synced.failures().isEmpty()));
        return started;
    }

    private static Rule rule(int priority, int in, boolean ip, Share.Direction direction, int out) {
        Actions output = Actions.output(out);
        Match match = Match.any().inPort(in);
        return new Rule(
                "office",
                0,
                priority,
                ip ? match.ip(true) : match,
                ip ? output.after(Actions.translate(1, direction)) : output);
    }

    private Path flows() {
        return dir.resolve("flows");
    }

    private Path log() {
        return dir.resolve("log");
    }

    @AfterEach
    void down() throws Exception {
        if (running != null) {
            running.close();
        }
        if (controller != null) {
            controller.close();
        }
        if (collector != null) {
            collector.destroy();
            assertThat(collector.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        wires.close();
    }

    private List<Session> lookup(int port, Instant at) throws Exception {
        return controller.lookup(DATAPATH, OUTSIDE, TCP, port, at).get(20, TimeUnit.SECONDS);
    }

    @Test
    void isToldWhileItLivesAndAfterwards() throws Exception {
        int insidePort;
        int outsidePort;
        Instant during;
        try (ServerSocket server = Wires.call("b", () -> new ServerSocket(8080));
                Socket client = Wires.call("a", () -> {
                    Socket socket = new Socket();
                    socket.connect(new InetSocketAddress(SERVER, 8080), 20_000);
                    return socket;
                });
                Socket accepted = server.accept()) {
            insidePort = client.getLocalPort();
            InetSocketAddress seen = (InetSocketAddress) accepted.getRemoteSocketAddress();
            outsidePort = seen.getPort();
            assertThat(seen.getAddress().getHostAddress()).isEqualTo(OUTSIDE.toString());
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);

            assertThat(controller
                            .list(DATAPATH, SessionQuery.ALL, "", 100)
                            .get(20, TimeUnit.SECONDS)
                            .sessions())
                    .filteredOn(s -> s.protocol() == TCP)
                    .singleElement()
                    .satisfies(s -> assertThat(s.insidePort()).isEqualTo(insidePort))
                    .satisfies(s -> assertThat(s.outsidePort()).isEqualTo(outsidePort));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(lookup(outsidePort, Instant.now()))
                            .singleElement()
                            .satisfies(s -> assertThat(s.state()).isEqualTo(LogAnswer.OPEN))
                            .satisfies(s -> assertThat(s.remotePort()).isEqualTo(8080))
                            .satisfies(s -> assertHost(s, insidePort)));
            during = Instant.now();
        }
        assertThat(controller.clear(DATAPATH, SessionQuery.ALL).get(20, TimeUnit.SECONDS))
                .isPositive();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lookup(outsidePort, during))
                        .singleElement()
                        .satisfies(s -> assertThat(s.state()).isEqualTo("ended: cleared"))
                        .satisfies(s -> assertThat(s.packets()).isGreaterThan(3))
                        .satisfies(s -> assertHost(s, insidePort)));
        assertThat(running.counters())
                .containsEntry("log_ring_full", 0L)
                .hasEntrySatisfying(
                        "log_records", records -> assertThat(records).isGreaterThan(3));
        running.close();
        running = null;
        assertThat(new LogReader(log())
                        .lookup(OUTSIDE, TCP, outsidePort, during)
                        .sessions())
                .as("from the files alone")
                .singleElement()
                .satisfies(s -> assertHost(s, insidePort));
        collector.destroy();
        assertThat(collector.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(flowEvents(insidePort, outsidePort)).containsExactly("4", "5");
    }

    private static void assertHost(Session session, int insidePort) {
        assertThat(session.inside()).isEqualTo(IpAddress.valueOf(HOST));
        assertThat(session.insidePort()).isEqualTo(insidePort);
        assertThat(session.translation()).isEqualTo("office");
    }

    /** natEvents of the connection, as nfdump reads them. */
    private List<String> flowEvents(int insidePort, int outsidePort) throws Exception {
        Path file;
        try (Stream<Path> files = Files.list(flows())) {
            file = files.filter(f -> f.getFileName().toString().matches("nfcapd\\.[0-9]+"))
                    .findFirst()
                    .orElseThrow();
        }
        Process nfdump = new ProcessBuilder("nfdump", "-r", file.toString(), "-o", "json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        JsonNode flows = new ObjectMapper().readTree(nfdump.getInputStream().readAllBytes());
        assertThat(nfdump.waitFor()).isZero();
        return StreamSupport.stream(flows.spliterator(), false)
                .filter(f -> f.path("src4_addr").asText().equals(HOST)
                        && f.path("src_port").asInt() == insidePort
                        && f.path("src4_xlt_ip").asText().equals(OUTSIDE.toString())
                        && f.path("src_xlt_port").asInt() == outsidePort)
                .map(f -> f.path("nat_event_id").asText())
                .toList();
    }
}
