package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.natator.v1.ChangeType;
import io.natator.v1.SessionFilter;
import io.natator.v1.WatchSessionsRequest;
import io.natator.v1.WatchSessionsResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions as somebody watches them. */
class SessionWatchTest extends SessionsBed {
    /** What a watch has told so far: "ADDED 50000", "SYNCED [devices/sw1]". */
    private List<String> watch(WatchSessionsRequest request) {
        List<String> told = new CopyOnWriteArrayList<>();
        Iterator<WatchSessionsResponse> stream = daemon.sessions.watchSessions(request);
        Thread.ofVirtual().start(() -> {
            try {
                stream.forEachRemaining(r -> told.add(r.getType() + " "
                        + (r.getType() == ChangeType.SYNCED
                                ? r.getUnreachableList().toString()
                                : Integer.toString(r.getSession().getOutsidePort()))));
            } catch (StatusRuntimeException e) {
                told.add(e.getMessage());
            }
        });
        return told;
    }

    private static WatchSessionsRequest everyHalfSecond() {
        return WatchSessionsRequest.newBuilder()
                .setFilter(SessionFilter.newBuilder().setProtocol("udp"))
                .setInterval(com.google.protobuf.Duration.newBuilder().setNanos(500_000_000))
                .build();
    }

    @Test
    void watchesWhatComesAndGoes() {
        twoSwitches();
        List<String> told = watch(everyHalfSecond());
        await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 4);
        assertThat(told).containsExactly("ADDED 50005", "ADDED 50006", "ADDED 50007", "SYNCED []");
        fake.live.put(2L, List.of(session("b", 17, 5), session("b", 17, 9)));
        await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 7);
        assertThat(told.subList(4, 7)).containsExactly("DELETED 50006", "DELETED 50007", "ADDED 50009");
        fake.mute.add(2L);
        await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 8);
        fake.mute.clear();
        await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 9);
        assertThat(told.subList(7, 9))
                .as("sessions of a switch that is away are neither gone nor new")
                .containsExactly("SYNCED [devices/sw2]", "SYNCED []");
    }

    @Test
    void watchesAreBounded() {
        refused(
                () -> daemon.sessions
                        .watchSessions(WatchSessionsRequest.getDefaultInstance())
                        .hasNext(),
                Status.Code.FAILED_PRECONDITION,
                "no software switch is connected");
        twoSwitches();
        refused(
                () -> daemon.sessions
                        .watchSessions(WatchSessionsRequest.newBuilder()
                                .setInterval(com.google.protobuf.Duration.newBuilder()
                                        .setNanos(1))
                                .build())
                        .hasNext(),
                Status.Code.INVALID_ARGUMENT,
                "interval: write 0.5s to 60s");
        for (int i = 0; i < 16; i++) {
            assertThat(daemon.sessions.watchSessions(everyHalfSecond()).hasNext())
                    .isTrue();
        }
        refused(
                () -> daemon.sessions.watchSessions(everyHalfSecond()).hasNext(),
                Status.Code.RESOURCE_EXHAUSTED,
                "16 callers watch sessions already");
    }

    @Test
    void watchesNotMoreThanItKeeps() {
        twoSwitches();
        fake.live.put(
                2L,
                IntStream.range(0, 10_001).mapToObj(i -> session("b", 17, 0, i)).toList());
        List<String> told = watch(everyHalfSecond());
        await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
        assertThat(told).singleElement().asString().contains("RESOURCE_EXHAUSTED: filter: more than 10000 sessions");
    }
}
