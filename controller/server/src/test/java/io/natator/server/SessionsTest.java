package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.v1.ChangeType;
import io.natator.v1.ClearSessionsRequest;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.ListPoolUseResponse;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.ListSessionsResponse;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.LookupSessionsResponse;
import io.natator.v1.SessionFilter;
import io.natator.v1.WatchSessionsRequest;
import io.natator.v1.WatchSessionsResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;

@Timeout(60)
class SessionsTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path dir;

    private TestDaemon daemon;
    private FakeSessions fake;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir, FakeNetwork.ofSoftwareSwitches());
        fake = daemon.network.sessions;
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private void twoSwitches() {
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

    private static Session session(String translation, int protocol, int number) {
        return session(translation, protocol, number, number);
    }

    private static Session session(String translation, int protocol, int host, int port) {
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

    static PoolUse pool(int share, String translation) {
        return new PoolUse(
                share,
                translation,
                4,
                2,
                100,
                30,
                25,
                1000,
                new TreeMap<>(Map.of("pool-empty", 7L)),
                1,
                List.of(new PoolUse.Host(IpAddress.valueOf("10.0.0.1"), 9)));
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Status.Code code, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    private List<io.natator.v1.Session> pages(SessionFilter filter, int size) {
        List<io.natator.v1.Session> all = new ArrayList<>();
        String token = "";
        do {
            ListSessionsResponse page = daemon.sessions.listSessions(ListSessionsRequest.newBuilder()
                    .setFilter(filter)
                    .setPageSize(size)
                    .setPageToken(token)
                    .build());
            assertThat(page.getSessionsCount()).isLessThanOrEqualTo(size);
            all.addAll(page.getSessionsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    @Test
    void listsAcrossSwitchesInPagesOfAnySize() {
        twoSwitches();
        for (int size = 1; size <= 9; size++) {
            assertThat(pages(SessionFilter.getDefaultInstance(), size))
                    .extracting(io.natator.v1.Session::getOutsidePort)
                    .containsExactly(50000, 50001, 50002, 50003, 50004, 50005, 50006, 50007);
        }
        assertThat(pages(SessionFilter.newBuilder().setProtocol("udp").build(), 2))
                .extracting(io.natator.v1.Session::getDevice)
                .containsExactly("devices/sw2", "devices/sw2", "devices/sw2");
        assertThat(pages(
                        SessionFilter.newBuilder()
                                .setDevice("devices/sw1")
                                .setInside("10.0.0.4/30")
                                .build(),
                        9))
                .singleElement()
                .satisfies(s -> assertThat(s.getTranslation()).isEqualTo("translations/a"))
                .satisfies(s -> assertThat(s.getStartTime().getSeconds()).isEqualTo(SINCE.getEpochSecond()))
                .satisfies(s -> assertThat(s.getState()).isEqualTo("established"));
    }

    @Test
    void namesWhoDidNotAnswer() {
        twoSwitches();
        fake.mute.add(1L);
        ListSessionsResponse page = daemon.sessions.listSessions(ListSessionsRequest.getDefaultInstance());
        assertThat(page.getSessionsCount()).isEqualTo(3);
        assertThat(page.getUnreachableList()).containsExactly("devices/sw1");
        assertThat(daemon.sessions
                        .listPoolUse(ListPoolUseRequest.getDefaultInstance())
                        .getUnreachableList())
                .containsExactly("devices/sw1");
    }

    @Test
    void saysWhatIsWrongAndTheRemedy() {
        refused(
                () -> daemon.sessions.listSessions(ListSessionsRequest.getDefaultInstance()),
                Status.Code.FAILED_PRECONDITION,
                "no software switch is connected",
                "natator switch");
        twoSwitches();
        SessionFilter bad = SessionFilter.newBuilder()
                .setProtocol("tpc")
                .setInside("10.0.0.0/40")
                .setOutside("203.0.113.0/24")
                .setOutsidePort(70000)
                .setTranslation("office")
                .build();
        refused(
                () -> daemon.sessions.listSessions(
                        ListSessionsRequest.newBuilder().setFilter(bad).build()),
                Status.Code.INVALID_ARGUMENT,
                "filter.protocol: \"tpc\" is no IP protocol: write tcp, udp",
                "filter.inside",
                "filter.outside: \"203.0.113.0/24\" is not an IP address",
                "filter.outside_port: 70000 is no port",
                "filter.translation");
        refused(
                () -> daemon.sessions.listSessions(
                        ListSessionsRequest.newBuilder().setPageToken("??").build()),
                Status.Code.INVALID_ARGUMENT,
                "page_token");
        refused(
                () -> daemon.sessions.listSessions(ListSessionsRequest.newBuilder()
                        .setFilter(SessionFilter.newBuilder().setDevice("devices/none"))
                        .build()),
                Status.Code.INVALID_ARGUMENT,
                "filter.device: devices/none is no software switch");
        refused(
                () -> daemon.sessions.lookupSessions(LookupSessionsRequest.getDefaultInstance()),
                Status.Code.INVALID_ARGUMENT,
                "outside: is required");
        refused(
                () -> daemon.sessions.lookupSessions(LookupSessionsRequest.newBuilder()
                        .setOutside("203.0.113.7")
                        .setTime(Timestamp.newBuilder().setSeconds(99_999_999_999L))
                        .build()),
                Status.Code.INVALID_ARGUMENT,
                "time",
                "in the future");
        refused(
                () -> daemon.sessions.clearSessions(ClearSessionsRequest.getDefaultInstance()),
                Status.Code.INVALID_ARGUMENT,
                "filter: sets nothing");
        refused(
                () -> daemon.sessions.clearSessions(ClearSessionsRequest.newBuilder()
                        .setAll(true)
                        .setFilter(SessionFilter.newBuilder().setProtocol("6"))
                        .build()),
                Status.Code.INVALID_ARGUMENT,
                "all: contradicts filter");
    }

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

    @Test
    void looksUpWhoHadAPortWhen() {
        twoSwitches();
        LookupSessionsRequest.Builder request = LookupSessionsRequest.newBuilder()
                .setOutside("203.0.113.7")
                .setOutsidePort(50006)
                .setTime(Timestamp.newBuilder().setSeconds(SINCE.getEpochSecond() + 30));
        LookupSessionsResponse answer = daemon.sessions.lookupSessions(request.build());
        assertThat(answer.getSessionsList())
                .extracting(io.natator.v1.Session::getInside)
                .containsExactly("10.0.0.6");
        assertThat(daemon.sessions
                        .lookupSessions(request.setProtocol("tcp").build())
                        .getSessionsCount())
                .isZero();
        assertThat(daemon.sessions
                        .lookupSessions(request.clearProtocol().clearTime().build())
                        .getSessionsCount())
                .as("now it is over")
                .isZero();
    }

    @Test
    void clearsWhatIsAsked() {
        twoSwitches();
        assertThat(daemon.sessions
                        .clearSessions(ClearSessionsRequest.newBuilder()
                                .setFilter(SessionFilter.newBuilder().setInside("10.0.0.4/31"))
                                .build())
                        .getCleared())
                .isEqualTo(2);
        assertThat(daemon.sessions
                        .clearSessions(
                                ClearSessionsRequest.newBuilder().setAll(true).build())
                        .getCleared())
                .isEqualTo(6);
        assertThat(pages(SessionFilter.getDefaultInstance(), 10)).isEmpty();
    }

    @Test
    void pagesThroughPools() {
        twoSwitches();
        fake.pools.put(1L, List.of(pool(12, "a"), pool(3, "b")));
        fake.pools.put(2L, List.of(pool(3, "b")));
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            ListPoolUseResponse page = daemon.sessions.listPoolUse(ListPoolUseRequest.newBuilder()
                    .setPageSize(1)
                    .setPageToken(token)
                    .build());
            page.getPoolsList().forEach(p -> seen.add(p.getDevice() + " " + p.getShare()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(seen).containsExactly("devices/sw1 3", "devices/sw1 12", "devices/sw2 3");
        assertThat(daemon.sessions
                        .listPoolUse(ListPoolUseRequest.newBuilder()
                                .setTranslation("translations/a")
                                .build())
                        .getPoolsList())
                .singleElement()
                .satisfies(p -> assertThat(p.getRefusedMap()).containsExactly(Map.entry("pool-empty", 7L)))
                .satisfies(p -> assertThat(p.getTopHosts(0).getInside()).isEqualTo("10.0.0.1"))
                .satisfies(p -> assertThat(p.getPortsUsed()).isEqualTo(30));
    }
}
