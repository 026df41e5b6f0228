package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.PoolUse;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.steps.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Of what is asked of sessions, one part is done in a turn, and packets pass between two parts. */
class SessionRequestsTest {
    private static final int INSIDE = 10 << 24;
    private static final int REMOTE = 12 << 24 | 1;
    private static final int HOSTS = 2 * Page.LOOKS;

    private final TestSwitch lab = new TestSwitch(2);

    @BeforeEach
    void fill() {
        Share share = new Share(
                1,
                "t1",
                Kind.NAPT,
                IpPrefix.valueOf("10.0.0.0/16"),
                List.of(IpPrefix.valueOf("198.51.100.0/24")),
                List.of(),
                false,
                Pool.DEFAULT);
        assertThat(lab.ask(new Request.Shares(List.of(share)))).containsExactly(new Reply.Done(List.of()));
        lab.change(Rules.flow(
                FlowCommand.ADD,
                0,
                1,
                Rules.match(Field.ETH_TYPE, 0x0800),
                new Instructions(
                        0,
                        List.of(new Action.Translate(1, Direction.TO_OUTSIDE), new Action.Output(2, 0)),
                        false,
                        List.of(),
                        0,
                        0,
                        -1)));
        for (int host = 1; host <= HOSTS; host++) {
            assertThat(packet(host)).isTrue();
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private boolean packet(int host) {
        return lab.send(1, Frames.udp(INSIDE | host, REMOTE, 1000, 53)).containsKey(2);
    }

    @Test
    void packetsPassWhileUseIsCounted() {
        List<Reply> replies = new ArrayList<>();
        lab.datapath.ask(new Request.PoolsUse(), replies::add);
        int turns = 0;
        for (; replies.isEmpty(); turns++) {
            assertThat(packet(HOSTS + 1 + turns)).isTrue();
        }
        assertThat(turns).as("each looks at so many hosts at most").isEqualTo(1 + HOSTS / Page.LOOKS);
        PoolUse use = ((Reply.Pools) replies.getFirst()).pools().getFirst();
        assertThat(use.sessions()).as("those that came meanwhile too").isEqualTo(HOSTS + turns);
        assertThat(use.top()).hasSize(10).extracting(PoolUse.Host::sessions).containsOnly(1L);
    }

    @Test
    void oneIsAnsweredInATurn() {
        List<Reply> replies = new ArrayList<>();
        Instant wall = Instant.EPOCH;
        for (int i = 0; i < 5; i++) {
            lab.datapath.ask(new Request.Sessions(SessionQuery.ALL, "", 10, wall), replies::add);
        }
        lab.datapath.ask(new Request.Lookup(IpAddress.valueOf("198.51.100.7"), 17, 0, wall, wall), replies::add);
        lab.datapath.ask(new Request.ClearSessions(SessionQuery.ALL), replies::add);
        for (int turn = 1; turn <= 5; turn++) {
            lab.turn();
            assertThat(replies).hasSize(turn);
        }
        assertThat(turnsUntil(replies, 6)).isEqualTo(65_536 / Page.LOOKS);
        assertThat(((Reply.Sessions) replies.get(5)).sessions()).isNotEmpty();
        assertThat(turnsUntil(replies, 7)).isBetween(HOSTS / Page.CHANGES, HOSTS / Page.CHANGES + 1);
        assertThat(replies.get(6)).isEqualTo(new Reply.Cleared(HOSTS));
    }

    private int turnsUntil(List<Reply> replies, int count) {
        int turns = 0;
        for (; replies.size() < count; turns++) {
            lab.turn();
        }
        return turns;
    }
}
