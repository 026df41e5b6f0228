package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.RouteRefresh;
import io.natator.bgp.codec.Update;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The machine of a neighbour on a clock that the test turns, and what came of what happened. */
abstract class PeerOnAClock {
    static final long SECOND = Duration.ofSeconds(1).toNanos();
    static final int HIGH_ID = 0xc0000201; // 192.0.2.1: higher than 10.0.0.1 only as an unsigned number
    static final int LOW_ID = 0x0a000001;

    final List<Action> actions = new ArrayList<>();
    long now = 1_000 * SECOND;
    Peer peer = peer(settings(65000, 65001, HIGH_ID));

    Peer peer(Settings settings) {
        return new Peer(settings, new SplittableRandom(5), now);
    }

    static Settings settings(long localAs, long peerAs, int routerId) {
        return new Settings(Peering.between(localAs, peerAs), routerId, Timers.DEFAULT);
    }

    static Settings with(Peering peering) {
        return new Settings(peering, HIGH_ID, Timers.DEFAULT);
    }

    static Open theirs(int routerId) {
        return settings(65001, 65000, routerId).open(false);
    }

    List<Action> on(Event event) {
        List<Action> result = peer.on(event, now);
        actions.addAll(result);
        return result;
    }

    List<Action> after(long nanos) {
        now += nanos;
        return on(new Event.Tick());
    }

    /** Lets time pass to the machine's next deadline. */
    List<Action> next() {
        assertThat(peer.deadline()).isLessThan(Long.MAX_VALUE).isGreaterThanOrEqualTo(now);
        now = peer.deadline();
        return on(new Event.Tick());
    }

    List<Action> received(int connection, Message message) {
        return on(new Event.Received(connection, message));
    }

    void establish() {
        on(new Event.Tick());
        on(new Event.Connected(1));
        received(1, theirs(LOW_ID));
        received(1, new Keepalive());
        assertThat(state()).isEqualTo(State.ESTABLISHED);
    }

    private <A extends Action> A last(Class<A> kind) {
        return actions.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList()
                .getLast();
    }

    Action.Report report() {
        return last(Action.Report.class);
    }

    /** The connection that it began last. */
    int dialled() {
        return last(Action.Dial.class).connection();
    }

    State state() {
        return report().state();
    }

    static List<String> sent(List<Action> actions) {
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

    Negotiated negotiated() {
        return last(Action.Up.class).negotiated();
    }

    Ended down() {
        return last(Action.Down.class).ended();
    }
}
