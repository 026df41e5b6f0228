package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Keepalive;
import io.natator.model.southbound.NeighborEvent.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several connections to a neighbour stays (RFC 4271, section 6.8). */
class CollisionTest extends PeerOnAClock {
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
}
