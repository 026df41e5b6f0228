package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.natator.model.session.PoolUse;
import io.natator.v1.ClearSessionsRequest;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.ListPoolUseResponse;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.ListSessionsResponse;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.SessionFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

class SessionsTest extends SessionsBed {
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
