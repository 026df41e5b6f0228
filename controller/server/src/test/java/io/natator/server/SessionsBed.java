package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.natator.model.session.Session;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.ListSessionsRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;

/** A daemon with two software switches whose sessions a test puts there. */
@Timeout(60)
abstract class SessionsBed {
    static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path dir;

    TestDaemon daemon;
    FakeSessions fake;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir, FakeNetwork.ofSoftwareSwitches());
        fake = daemon.network.sessions;
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    void twoSwitches() {
        for (int i = 1; i <= 2; i++) {
            var _ = daemon.devices.createDevice(CreateDeviceRequest.newBuilder()
                    .setDevice(TestDaemon.device("sw" + i, Integer.toString(i)))
                    .build());
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.sessions
                        .listSessions(ListSessionsRequest.getDefaultInstance())
                        .getUnreachableList()
                        .isEmpty());
        fake.live.put(
                1L, IntStream.range(0, 5).mapToObj(i -> session("a", 6, i)).toList());
        fake.live.put(
                2L, IntStream.range(5, 8).mapToObj(i -> session("b", 17, i)).toList());
    }

    static Session session(String translation, int protocol, int number) {
        return session(translation, protocol, number, number);
    }

    static Session session(String translation, int protocol, int host, int port) {
        return new Session(
                translation,
                protocol,
                IpAddress.valueOf("10.0.0." + host),
                40000 + port,
                IpAddress.valueOf("203.0.113.7"),
                50000 + port,
                IpAddress.valueOf("198.51.100.1"),
                443,
                "established",
                SINCE,
                SINCE.plusSeconds(60),
                12,
                3400);
    }

    static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Status.Code code, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }
}
