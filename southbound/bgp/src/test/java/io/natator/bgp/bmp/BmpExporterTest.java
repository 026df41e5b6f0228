package io.natator.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.Counters;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.fsm.Ended;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a collector that only takes messages apart, or does not read at all. */
@Timeout(60)
class BmpExporterTest {
    private static final int STATISTICS = 1;
    private static final int DOWN = 2;
    private static final int UP = 3;
    private static final int INITIATION = 4;
    private static final int TERMINATION = 5;

    /** What BGP would show to each one that looks on. */
    private final List<SessionObserver> observers = new CopyOnWriteArrayList<>();

    private final Counters counters = new Counters();
    private final BmpExporter.Sessions sessions = new BmpExporter.Sessions() {
        @Override
        public void observe(SessionObserver observer) {
            observer.up(opened());
            observer.sent("n1", new byte[23]);
            observers.add(observer);
        }

        @Override
        public void unobserve(SessionObserver observer) {
            observers.remove(observer);
        }
    };
    private ServerSocket server;
    private BmpExporter exporter;

    private static SessionObserver.Opened opened() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new SessionObserver.Opened(
                "n1",
                new InetSocketAddress(loopback, 179),
                new InetSocketAddress(loopback, 4000),
                65001,
                1,
                true,
                new byte[29],
                new byte[29]);
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(4096);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws IOException {
        exporter.close();
        server.close();
    }

    private void start(int buffer, Duration statistics) {
        BmpConfig config = new BmpConfig("localhost", server.getLocalPort(), "r1", statistics, buffer);
        exporter = new BmpExporter(config, sessions, () -> Map.of("n1", new long[] {3, 4}), counters).start();
    }

    /** Types of the next messages. */
    private static List<Integer> read(Socket socket, int messages) throws IOException {
        List<Integer> types = new ArrayList<>();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int i = 0; i < messages; i++) {
            assertThat(in.readUnsignedByte()).isEqualTo(3);
            int length = in.readInt();
            types.add(in.readUnsignedByte());
            in.readNBytes(length - 6);
        }
        return types;
    }

    @Test
    void tellsAllThatIsThereAndThenWhatHappens() throws IOException {
        start(1 << 20, Duration.ofMinutes(1));
        try (Socket socket = server.accept()) {
            assertThat(read(socket, 3)).containsExactly(INITIATION, UP, 0);
            observers.getFirst().received("n1", new byte[23]);
            observers.getFirst().received("nobody", new byte[23]);
            observers.getFirst().down("n1", new Ended.ByUs(Notification.of(ErrorCode.BFD_DOWN)));
            assertThat(read(socket, 2)).containsExactly(0, DOWN);
            exporter.close();
            assertThat(read(socket, 1)).containsExactly(TERMINATION);
            assertThat(observers).isEmpty();
        }
    }

    @Test
    void countsRoutesNowAndThen() throws IOException {
        start(1 << 20, Duration.ofMillis(300));
        try (Socket socket = server.accept()) {
            assertThat(read(socket, 4)).containsExactly(INITIATION, UP, 0, STATISTICS);
        }
    }

    /** The buffer is bounded, what is dropped is counted, and the next connection begins with all. */
    @Test
    void beginsAnewWithOneWhoDidNotRead() throws IOException {
        start(200_000, Duration.ofMinutes(1));
        try (Socket deaf = server.accept()) {
            await().until(() -> !observers.isEmpty());
            SessionObserver first = observers.getFirst();
            for (int i = 0; i < 20_000 && counters.snapshot().get("bgp_bmp_messages_dropped") == 0; i++) {
                first.sent("n1", new byte[4096]);
            }
            assertThat(counters.snapshot().get("bgp_bmp_messages_dropped")).isPositive();
            await().atMost(Duration.ofSeconds(10)).until(() -> !observers.contains(first));
            assertThat(deaf.isConnected()).isTrue();
        }
        try (Socket again = server.accept()) {
            assertThat(read(again, 3)).containsExactly(INITIATION, UP, 0);
        }
    }

    @Test
    void triesAgainWhenTheCollectorGoes() throws IOException {
        start(1 << 20, Duration.ofMillis(100));
        try (Socket socket = server.accept()) {
            read(socket, 3);
        } catch (EOFException e) {
            throw new AssertionError("it left first", e);
        }
        try (Socket socket = server.accept()) {
            assertThat(read(socket, 3)).containsExactly(INITIATION, UP, 0);
        }
    }
}
