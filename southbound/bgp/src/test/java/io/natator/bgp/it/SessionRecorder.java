package io.natator.bgp.it;

import static org.awaitility.Awaitility.await;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.codec.Header;
import io.natator.bgp.sim.RecordedSession;
import io.natator.bgp.sim.RecordedSession.Line;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * Records a session with a real daemon for {@link io.natator.bgp.sim.ReplayTest}: a relay between the two writes down each
 * message with its time. As root: {@code SessionRecorder BIRD FILE}.
 */
public final class SessionRecorder implements AutoCloseable {
    private static final String FIRST = "203.0.113.1/32=10.99.0.1,65000:100 203.0.113.2/32=10.99.0.1,65000:100"
            + " 198.51.100.0/25=10.99.0.1 2001:db8:1::7/128=2001:db8:99::1,65000:1:2";
    private static final String SECOND =
            "203.0.113.1/32=10.99.0.1,65000:100,65535:0 198.51.100.0/24=10.99.0.1 2001:db8:1::7/128=2001:db8:99::1";

    private final List<Line> lines = new ArrayList<>();
    private final long start = System.nanoTime();
    private final ServerSocket listening;

    private SessionRecorder() throws IOException {
        listening = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve); // In this thread's namespace.
    }

    private synchronized void write(int connection, String word, String text) {
        lines.add(new Line((System.nanoTime() - start) / 1e6, connection, word, text));
    }

    private void serve() {
        int connection = 0;
        try {
            while (true) {
                Socket ours = listening.accept();
                int number = ++connection;
                write(number, "connected", "");
                Socket theirs = new Socket();
                try {
                    theirs.connect(new InetSocketAddress(TwoNamespaces.PEER_IPV4, 179));
                } catch (ConnectException nobody) {
                    write(number, "closed", "");
                    ours.close();
                    continue;
                }
                ours.setTcpNoDelay(true);
                theirs.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> relay(number, ">", ours, theirs));
                Thread.ofPlatform().daemon().start(() -> relay(number, "<", theirs, ours));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private void relay(int number, String direction, Socket from, Socket to) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            while (true) {
                byte[] header = new byte[Header.LENGTH];
                in.readFully(header);
                byte[] message = Arrays.copyOf(header, Header.length(header));
                in.readFully(message, Header.LENGTH, message.length - Header.LENGTH);
                write(number, direction, HexFormat.of().formatHex(message));
                if (!to.isOutputShutdown()) {
                    to.getOutputStream().write(message);
                }
            }
        } catch (EOFException | SocketException ended) {
            if (direction.equals("<")) {
                write(number, "closed", "");
            }
            end(to); // What the other side has yet to say is heard all the same.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException already) {
            // As it should be.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private synchronized List<String> print() {
        return lines.stream()
                .sorted(Comparator.comparingDouble(Line::millis))
                .map(Line::print)
                .toList();
    }

    public static void main(String[] arguments) throws Exception {
        InteropIT.Kind kind = InteropIT.Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Path directory = Files.createTempDirectory("nat-record");
        TwoNamespaces namespaces = new TwoNamespaces();
        Daemon daemon = kind.start(directory, namespaces);
        List<String> recorded = new ArrayList<>();
        recorded.add("# " + daemon.version() + ", AS 65001, and the speaker, AS 65000");
        try {
            // Times of the first are those of a virtual machine that warms up.
            run(namespaces, daemon);
            daemon.kill();
            daemon.start();
            recorded.addAll(run(namespaces, daemon));
        } finally {
            daemon.close();
            namespaces.close();
        }
        Files.write(Path.of(arguments[1]), recorded);
    }

    private static List<String> run(TwoNamespaces namespaces, Daemon daemon) {
        return Netns.in(namespaces.speaker(), () -> {
            try (SessionRecorder recorder = new SessionRecorder()) {
                recorder.record(daemon);
                return recorder.print();
            }
        });
    }

    private void record(Daemon daemon) throws IOException, InterruptedException {
        Events events = new Events();
        try (BgpSpeakers speakers = BgpSpeakers.start(
                new SpeakerConfig(
                        Optional.empty(),
                        IpAddress.valueOf(RecordedSession.ROUTER_ID),
                        RecordedSession.TIMERS,
                        RecordedSession.SEED),
                events)) {
            announce(speakers, FIRST);
            write(0, "start", "");
            speakers.neighbors(List.of(new Neighbor(
                    "recorded", IpAddress.valueOf("127.0.0.1"), listening.getLocalPort(), RecordedSession.PEERING)));
            events.awaitState(NeighborEvent.State.ESTABLISHED);
            await().until(() -> daemon.routes(Pairing.PLAIN) == 4);
            announce(speakers, SECOND);
            if (daemon.can(Daemon.Can.REFRESH)) {
                daemon.refresh(Pairing.PLAIN);
            }
            // What is recorded here is the passing of time: three KEEPALIVEs of a hold time of 9 s.
            Thread.sleep(Duration.ofSeconds(9));
            daemon.reset(Pairing.PLAIN);
            events.awaitReason("administrative reset");
            if (daemon.can(Daemon.Can.RETURN_AT_ONCE)) {
                events.awaitState(NeighborEvent.State.ESTABLISHED);
                await().until(() -> daemon.routes(Pairing.PLAIN) == 3);
                Thread.sleep(Duration.ofSeconds(5)); // One KEEPALIVE, and some silence.
            } else {
                Thread.sleep(Duration.ofSeconds(3)); // It refuses us, and we call again.
            }
            write(0, "stop", "");
            speakers.neighbors(List.of());
            Thread.sleep(Duration.ofMillis(500)); // Its last octets, and the end of the connection.
        }
    }

    private void announce(BgpSpeakers speakers, String routes) {
        write(0, "announce", routes);
        speakers.announce(RecordedSession.routes(routes));
    }
}
