package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.RouteRefresh;
import io.natator.model.peering.Peering;
import io.natator.model.peering.Transport;
import io.natator.model.southbound.NeighborEvent.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a session. */
class PeerTest extends PeerOnAClock {
    @Test
    void establishes() {
        assertThat(on(new Event.Tick())).containsExactly(new Action.Dial(1), new Action.Report(State.CONNECT, ""));
        assertThat(sent(on(new Event.Connected(1)))).containsExactly("1 OPEN");
        assertThat(sent(received(1, theirs(LOW_ID)))).containsExactly("1 KEEPALIVE");
        assertThat(state()).isEqualTo(State.OPEN_CONFIRM);
        Negotiated negotiated = Negotiated.of(settings(65000, 65001, HIGH_ID), theirs(LOW_ID));
        assertThat(received(1, new Keepalive()))
                .containsExactly(new Action.Up(1, negotiated), new Action.Report(State.ESTABLISHED, ""));
        assertThat(negotiated.families()).containsExactly(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
        assertThat(negotiated.endOfRib()).isTrue();
    }

    @Test
    void triesAgainAfterPausesThatGrow() {
        on(new Event.Tick());
        long expected = SECOND;
        for (int attempt = 1; attempt < 10; attempt++) {
            long before = now;
            assertThat(next()).contains(new Action.Close(attempt));
            assertThat(now - before).isEqualTo(10 * SECOND);
            assertThat(report())
                    .isEqualTo(new Action.Report(
                            State.ACTIVE,
                            "no answer to TCP within 10 s: unreachable, filtered, or it wants a TCP MD5 password"));
            before = now;
            assertThat(next()).contains(new Action.Dial(attempt + 1));
            assertThat(now - before).isBetween(expected * 3 / 4, expected);
            expected = Math.min(2 * expected, 10 * SECOND);
        }
    }

    @Test
    void keepsAliveAndNoticesSilence() {
        establish();
        long start = now;
        List<String> sent = new ArrayList<>();
        while (state() == State.ESTABLISHED) {
            sent.addAll(sent(next()));
        }
        assertThat(now - start).isEqualTo(90 * SECOND);
        assertThat(sent).hasSizeBetween(4, 5).endsWith("1 hold timer expired").startsWith("1 KEEPALIVE");
        assertThat(report().reason()).isEqualTo("nothing heard for the hold time of 90 s");
        assertThat(down()).isInstanceOf(Ended.ByUs.class);
    }

    @Test
    void staysUpWhileTheNeighbourSpeaks() {
        establish();
        for (int i = 0; i < 100; i++) {
            after(80 * SECOND);
            received(1, new Keepalive());
        }
        assertThat(state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void hasNoTimersWithoutHoldTime() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        received(1, new Open(65001, 0, LOW_ID, List.of(new Capability.FourOctetAs(65001))));
        received(1, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
        assertThat(negotiated().families())
                .as("no MP-BGP capability: IPv4 unicast")
                .containsExactly(Family.IPV4_UNICAST);
        assertThat(peer.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesAnotherAs() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        List<Action> result = received(1, settings(65002, 65000, LOW_ID).open(false));
        assertThat(sent(result)).containsExactly("1 OPEN message error, bad peer AS");
        assertThat(result).contains(new Action.Close(1));
        assertThat(report())
                .isEqualTo(new Action.Report(State.IDLE, "the neighbour is AS 65002, configured is AS 65001"));
    }

    @Test
    void refusesItsOwnRouterIdWithinAnAs() {
        peer = peer(settings(65000, 65000, LOW_ID));
        on(new Event.Tick());
        on(new Event.Connected(1));
        assertThat(sent(received(1, settings(65000, 65000, LOW_ID).open(false))))
                .containsExactly("1 OPEN message error, bad BGP identifier");
    }

    @Test
    void namesTheStateInWhichAMessageWasWrong() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        assertThat(sent(received(1, new Keepalive())))
                .containsExactly("1 state machine error, unexpected message in OpenSent");
        next();
        on(new Event.Connected(2));
        received(2, theirs(LOW_ID));
        assertThat(sent(received(2, new RouteRefresh(1, 0, 1))))
                .containsExactly("2 state machine error, unexpected message in OpenConfirm");
        next();
        on(new Event.Connected(3));
        received(3, theirs(LOW_ID));
        received(3, new Keepalive());
        assertThat(sent(received(3, theirs(LOW_ID))))
                .containsExactly("3 state machine error, unexpected message in Established");
    }

    @Test
    void endsTheSessionOnMalformedBytes() {
        establish();
        Decoded.Malformed malformed =
                new Decoded.Malformed(Notification.of(ErrorCode.NOT_SYNCHRONIZED), "the marker is not all ones");
        List<Action> result = on(new Event.Malformed(1, malformed));
        assertThat(sent(result)).containsExactly("1 message header error, connection not synchronized");
        assertThat(result).startsWith(new Action.Down(new Ended.ByUs(malformed.notification())));
        assertThat(report().reason()).isEqualTo("malformed message: the marker is not all ones");
    }

    @Test
    void endsAtOnceWhenThePathIsDead() {
        establish();
        List<Action> result = on(new Event.Dead(true, "BFD heard nothing for 150 ms"));
        assertThat(sent(result)).containsExactly("1 cease, hard reset (cease, BFD down)");
        assertThat(report()).isEqualTo(new Action.Report(State.IDLE, "BFD heard nothing for 150 ms"));
    }

    @Test
    void leavesItsRoutesWithANeighbourThatMayOnlyBeRestarting() {
        establish();
        assertThat(sent(on(new Event.Dead(false, "BFD is down")))).containsExactly("1 cease, BFD down");
        assertThat(report()).isEqualTo(new Action.Report(State.IDLE, "BFD is down"));
    }

    @Test
    void leavesThemInSilenceIfANotificationWouldEndThem() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        received(1, new Open(65001, 90, LOW_ID, List.of(new Capability.GracefulRestart(false, false, 60, List.of()))));
        received(1, new Keepalive());
        assertThat(sent(on(new Event.Dead(false, "BFD is down")))).isEmpty();
        assertThat(down()).isEqualTo(new Ended.InSilence("BFD is down"));
    }

    @Test
    void waitsForTheNeighboursCallIfItIsPassive() {
        peer = peer(with(Peering.between(65000, 65001).with(Transport.DEFAULT.waiting())));
        assertThat(on(new Event.Tick())).containsExactly(new Action.Report(State.ACTIVE, ""));
        assertThat(peer.deadline()).isEqualTo(Long.MAX_VALUE);
        int accepted = peer.newConnection();
        on(new Event.Accepted(accepted));
        received(accepted, theirs(LOW_ID));
        received(accepted, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
        on(new Event.Lost(accepted, "gone"));
        assertThat(state()).isEqualTo(State.IDLE);
        next();
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(peer.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void endsASessionThatSendsTooMuchOrReadsNothing() {
        establish();
        assertThat(sent(on(new Event.TooMuch(1, Notification.of(ErrorCode.MAXIMUM_PREFIXES), "too many"))))
                .containsExactly("1 cease, maximum number of prefixes reached");
        assertThat(report().reason()).isEqualTo("too many");
        next();
        on(new Event.Connected(2));
        received(2, theirs(LOW_ID));
        received(2, new Keepalive());
        assertThat(sent(on(new Event.Stuck(2, "reads nothing")))).isEmpty();
        assertThat(actions).contains(new Action.Close(2));
        assertThat(report()).isEqualTo(new Action.Report(State.IDLE, "reads nothing"));
    }

    @Test
    void dampsSessionsThatKeepFailing() {
        long pause = 0;
        for (int i = 0; i < 12; i++) {
            next();
            int connection = dialled();
            on(new Event.Connected(connection));
            received(connection, theirs(LOW_ID));
            received(connection, new Keepalive());
            received(connection, Notification.of(ErrorCode.MAXIMUM_PREFIXES));
            assertThat(report().reason())
                    .isEqualTo("the neighbour ended the session: cease, maximum number of prefixes reached");
            pause = peer.deadline() - now;
        }
        assertThat(pause).isBetween(45 * SECOND, 60 * SECOND);
    }

    @Test
    void stopsForGood() {
        establish();
        List<Action> last = peer.stop(Notification.of(ErrorCode.PEER_DECONFIGURED), false, "removed");
        actions.addAll(last);
        assertThat(sent(last)).containsExactly("1 cease, hard reset (cease, peer de-configured)");
        assertThat(last).contains(new Action.Close(1), new Action.Report(State.IDLE, "removed"));
        assertThat(down()).isInstanceOf(Ended.ByUs.class);
        assertThat(peer.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(after(1_000 * SECOND)).isEmpty();
        assertThat(on(new Event.Accepted(7))).containsExactly(new Action.Close(7));
    }
}
