package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.natator.model.session.Session;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.LookupSessionsResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/** Who had an outside address and port. */
class SessionLookupTest extends SessionsBed {
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
    void tellsSinceWhenAMappingHasSessions() {
        twoSwitches();
        IpAddress outside = IpAddress.valueOf("203.0.113.7");
        fake.live.put(
                1L,
                List.of(mapped(outside, 5, 443, 30, 90), mapped(outside, 5, 80, 10, 60), mapped(outside, 6, 9, 0, 99)));
        Instant now = SINCE.plusSeconds(40);
        fake.mappings.put(
                1L,
                List.of(at(mapped(outside, 5, 0, 0, 0), outside, now), at(mapped(outside, 8, 0, 0, 0), outside, now)));
        fake.mappings.put(2L, List.of());
        LookupSessionsResponse answer = daemon.sessions.lookupSessions(LookupSessionsRequest.newBuilder()
                .setOutside("203.0.113.7")
                .setProtocol("tcp")
                .build());
        assertThat(answer.getSessionsList())
                .satisfiesExactly(
                        m -> {
                            assertThat(m.getStartTime().getSeconds()).isEqualTo(SINCE.getEpochSecond() + 10);
                            assertThat(m.getEndTime().getSeconds()).isEqualTo(SINCE.getEpochSecond() + 90);
                            assertThat(m.getPackets()).isEqualTo(24);
                            assertThat(m.getRemotePort())
                                    .as("whom it talks to is not told")
                                    .isZero();
                            assertThat(m.getRemote()).as("it serves all").isEmpty();
                        },
                        m -> assertThat(m.getStartTime()).as("nothing is known").isEqualTo(m.getEndTime()));
    }

    private static Session mapped(IpAddress outside, int number, int remotePort, int since, int until) {
        return new Session(
                "a",
                6,
                IpAddress.valueOf("10.0.0." + number),
                40000 + number,
                outside,
                50000 + number,
                IpAddress.valueOf("198.51.100.1"),
                remotePort,
                "established",
                SINCE.plusSeconds(since),
                SINCE.plusSeconds(until),
                12,
                3400);
    }

    /** As switches tell a mapping: no remote, no times. */
    private static Session at(Session s, IpAddress outside, Instant now) {
        return new Session(
                s.translation(),
                s.protocol(),
                s.inside(),
                s.insidePort(),
                s.outside(),
                s.outsidePort(),
                outside,
                0,
                "mapping",
                now,
                now,
                0,
                0);
    }
}
