package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.RouteRefresh;
import io.natator.bgp.codec.Update;
import io.natator.model.peering.AddressFamily;
import io.natator.model.peering.Features;
import io.natator.model.peering.GracefulRestart;
import io.natator.model.peering.Peering;
import io.natator.model.peering.Transport;
import io.natator.model.southbound.NeighborEvent.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The machine on a clock that the test turns. */
class PeerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int HIGH_ID = 0xc0000201; // 192.0.2.1: higher than 10.0.0.1 only as an unsigned number
    private static final int LOW_ID = 0x0a000001;

    private final List<Action> actions = new ArrayList<>();
    private long now = 1_000 * SECOND;
    private Peer peer = peer(settings(65000, 65001, HIGH_ID));

    static Settings settings(long localAs, long peerAs, int routerId) {
        return new Settings(Peering.between(localAs, peerAs), routerId, Timers.DEFAULT);
    }

    private static Open theirs(int routerId) {
        return settings(65001, 65000, routerId).open(false);
    }

    private Peer peer(Settings settings) {
        return new Peer(settings, new SplittableRandom(5), now);
    }

    private List<Action> on(Event event) {
        List<Action> result = peer.on(event, now);
        actions.addAll(result);
        return result;
    }

    private List<Action> after(long nanos) {
        now += nanos;
        return on(new Event.Tick());
    }

    /** Lets time pass to the machine's next deadline. */
    private List<Action> next() {
        assertThat(peer.deadline()).isLessThan(Long.MAX_VALUE).isGreaterThanOrEqualTo(now);
        now = peer.deadline();
        return on(new Event.Tick());
    }

    private List<Action> received(int connection, Message message) {
        return on(new Event.Received(connection, message));
    }

    private void establish() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        received(1, theirs(LOW_ID));
        received(1, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
    }

    private Action.Report report() {
        return actions.stream()
                .filter(Action.Report.class::isInstance)
                .map(Action.Report.class::cast)
                .toList()
                .getLast();
    }

    private State state() {
        return report().state();
    }

    private static List<String> sent(List<Action> actions) {
        List<String> sent = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.Send(int connection, Message message)) {
                sent.add(connection + " "
                        + switch (message) {
                            case Open open -> "OPEN";
                            case Keepalive keepalive -> "KEEPALIVE";
                            case Notification notification -> notification.words();
                            case Update update -> "UPDATE";
                            case RouteRefresh refresh -> "REFRESH";
                        });
            }
        }
        return sent;
    }

    private Negotiated negotiated() {
        return actions.stream()
                .filter(Action.Up.class::isInstance)
                .map(action -> ((Action.Up) action).negotiated())
                .toList()
                .getLast();
    }

    private Ended down() {
        return actions.stream()
                .filter(Action.Down.class::isInstance)
                .map(action -> ((Action.Down) action).ended())
                .toList()
                .getLast();
    }

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

    private static Settings with(Peering peering) {
        return new Settings(peering, HIGH_ID, Timers.DEFAULT);
    }

    @Test
    void offersWhatIsConfigured() {
        Features all = new Features(
                List.of(AddressFamily.IPV4_UNICAST),
                true,
                true,
                new GracefulRestart(true, Duration.ofSeconds(30), Duration.ofHours(1)));
        Open ours = with(Peering.between(65000, 65001).with(all)).open(true);
        assertThat(ours.capabilities())
                .containsExactly(
                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                        new Capability.RefreshRoutes(),
                        new Capability.EnhancedRefresh(),
                        new Capability.FourOctetAs(65000),
                        new Capability.ExtendedMessages(),
                        new Capability.ExtendedNextHop(),
                        new Capability.AddPath(List.of(new Capability.Paths(Family.IPV4_UNICAST, false, true))),
                        new Capability.GracefulRestart(
                                true, true, 30, List.of(new Capability.Preserved(Family.IPV4_UNICAST, true))),
                        new Capability.LongLivedRestart(
                                List.of(new Capability.Stale(Family.IPV4_UNICAST, true, 3600))));
        Features none = new Features(
                List.of(AddressFamily.IPV4_UNICAST),
                false,
                false,
                new GracefulRestart(false, Duration.ofSeconds(30), Duration.ZERO));
        assertThat(with(Peering.between(65000, 65001).with(none))
                        .open(true)
                        .capability(Capability.GracefulRestart.class))
                .isEmpty();
        Negotiated negotiated = Negotiated.of(
                with(Peering.between(65000, 65001).with(all)),
                new Open(
                        65001,
                        90,
                        LOW_ID,
                        List.of(
                                new Capability.AddPath(List.of(new Capability.Paths(Family.IPV4_UNICAST, true, true))),
                                new Capability.ExtendedNextHop(),
                                new Capability.GracefulRestart(false, false, 1, List.of()))));
        assertThat(negotiated.words())
                .containsExactly("graceful-restart", "add-path ipv4-unicast", "extended-next-hop", "two-octet-as");
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
            int connection = ((Action.Dial) actions.stream()
                            .filter(Action.Dial.class::isInstance)
                            .toList()
                            .getLast())
                    .connection();
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
    void takesTheNeighboursConnectionWhileItWaits() {
        on(new Event.Tick());
        on(new Event.Lost(1, "refused"));
        assertThat(state()).isEqualTo(State.ACTIVE);
        int accepted = peer.newConnection();
        assertThat(sent(on(new Event.Accepted(accepted)))).containsExactly(accepted + " OPEN");
        received(accepted, theirs(LOW_ID));
        received(accepted, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
        int another = peer.newConnection();
        assertThat(on(new Event.Accepted(another)))
                .as("and asks by the connection that is up whether the neighbour still knows it")
                .containsExactly(new Action.Close(another), new Action.Send(accepted, new Keepalive()));
    }

    /** Two connections at once; {@code routerId} of the neighbour decides which of them stays. */
    private List<Action> collide(int routerId) {
        on(new Event.Tick());
        on(new Event.Connected(1));
        int accepted = peer.newConnection();
        on(new Event.Accepted(accepted));
        received(1, theirs(routerId));
        List<Action> result = received(accepted, theirs(routerId));
        assertThat(accepted).isEqualTo(2);
        return result;
    }

    @Test
    void keepsItsOwnConnectionIfItsIdentifierIsHigher() {
        assertThat(sent(collide(LOW_ID))).containsExactly("2 cease, connection collision resolution");
        received(1, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void keepsTheNeighboursConnectionIfThatIdentifierIsHigher() {
        assertThat(sent(collide(HIGH_ID + 1)))
                .containsExactly("1 cease, connection collision resolution", "2 KEEPALIVE");
        received(2, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
        assertThat(peer.deadline()).isLessThan(Long.MAX_VALUE);
    }

    @Test
    void letsTheFirstOfTwoConnectionsWin() {
        on(new Event.Tick());
        int accepted = peer.newConnection();
        on(new Event.Accepted(accepted));
        received(accepted, theirs(LOW_ID));
        List<Action> result = received(accepted, new Keepalive());
        assertThat(result).contains(new Action.Close(1));
        assertThat(state()).isEqualTo(State.ESTABLISHED);
        assertThat(on(new Event.Connected(1))).as("too late").isEmpty();
    }

    /** A neighbour that lost its first connection without our noticing, as one does that restarts behind a dead link. */
    @Test
    void takesTheNewerOfTwoConnectionsThatTheNeighbourMade() {
        on(new Event.Tick());
        on(new Event.Lost(1, "refused"));
        int first = peer.newConnection();
        on(new Event.Accepted(first));
        received(first, theirs(LOW_ID));
        assertThat(state()).isEqualTo(State.OPEN_CONFIRM);
        int second = peer.newConnection();
        assertThat(sent(on(new Event.Accepted(second)))).containsExactly(second + " OPEN");
        assertThat(sent(received(second, theirs(LOW_ID))))
                .containsExactly(first + " cease, connection collision resolution", second + " KEEPALIVE");
        received(second, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void makesRoomForACallThatIsNewerStill() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(peer.newConnection());
            List<Action> result = on(new Event.Accepted(calls.getLast()));
            assertThat(sent(result)).contains(calls.getLast() + " OPEN");
            if (i > 0) {
                assertThat(result).contains(new Action.Close(calls.get(i - 1)));
            }
        }
        received(calls.getLast(), theirs(HIGH_ID + 1));
        received(calls.getLast(), new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
        assertThat(actions).as("ours, the last that is in the way").contains(new Action.Close(1));
    }

    @Test
    void goesOnWithTheConnectionThatIsLeft() {
        on(new Event.Tick());
        int accepted = peer.newConnection();
        on(new Event.Accepted(accepted));
        on(new Event.Lost(1, "refused"));
        received(accepted, theirs(LOW_ID));
        received(accepted, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void saysThatItHasRestartedUntilItHasToldAll() {
        assertThat(restart()).isTrue();
        on(new Event.Lost(1, "gone"));
        assertThat(restart()).isTrue();
        on(new Event.Lost(2, "gone"));
        peer.restartOver();
        assertThat(restart()).isFalse();
    }

    private boolean restart() {
        next();
        int connection = ((Action.Dial) actions.stream()
                        .filter(Action.Dial.class::isInstance)
                        .toList()
                        .getLast())
                .connection();
        Optional<Capability.GracefulRestart> capability = on(new Event.Connected(connection)).stream()
                .filter(Action.Send.class::isInstance)
                .map(action -> (Open) ((Action.Send) action).message())
                .findFirst()
                .flatMap(open -> open.capability(Capability.GracefulRestart.class));
        assertThat(capability.orElseThrow().families()).allMatch(Capability.Preserved::forwarding);
        return capability.orElseThrow().restarting();
    }

    @Test
    void answersRefreshOfNegotiatedFamiliesOnly() {
        establish();
        assertThat(received(1, new RouteRefresh(2, 0, 1))).containsExactly(new Action.Refresh(Family.IPV6_UNICAST));
        assertThat(received(1, new RouteRefresh(1, 0, 128))).isEmpty();
        assertThat(received(1, new RouteRefresh(1, 1, 1))).isEmpty();
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
