package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.steps.Packets;
import io.natator.softswitch.steps.crossing.World;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Rules that translate by shares: what comes after is looked up by what the packet has become. */
class TranslationTest {
    private static final int INSIDE = 10 << 24;
    private static final int OUTSIDE = 11 << 24;
    private static final int REMOTE = 12 << 24 | 1;
    private static final Match IPV6 = Rules.match(Field.ETH_TYPE, 0x86DD);
    private static final Match IPV4 = Rules.match(Field.ETH_TYPE, 0x0800);

    private static final Share SIIT = new World(Embedding.DEFAULT).share();

    private final TestSwitch lab = new TestSwitch(3);

    @AfterEach
    void close() {
        lab.close();
    }

    private void shares(Share... all) {
        assertThat(lab.ask(new Request.Shares(List.of(all)))).containsExactly(new Reply.Done(List.of()));
    }

    private static Share share(int id, String outside) {
        return new Share(
                id,
                "t" + id,
                Kind.STATIC,
                IpPrefix.valueOf("10.0.0.0/24"),
                List.of(IpPrefix.valueOf(outside)),
                List.of(),
                false,
                Pool.DEFAULT);
    }

    private static Instructions then(int table, Action... actions) {
        return new Instructions(0, List.of(actions), false, List.of(), 0, 0, table);
    }

    private static Match from(int source) {
        return Rules.match(Field.ETH_TYPE, 0x0800, Field.IPV4_SRC, source);
    }

    private void rule(int table, int priority, Match match, Instructions does) {
        lab.change(Rules.flow(FlowCommand.ADD, table, priority, match, does));
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }

    private static byte[] packet(int source) {
        return Frames.udp(source, REMOTE, 1000, 53);
    }

    @Test
    void tablesBehindSeeWhatThePacketHasBecome() {
        shares(share(1, "11.0.0.0/24"));
        rule(0, 1, IPV4, then(1, new Action.Translate(1, Direction.TO_OUTSIDE)));
        for (int host = 1; host <= 2; host++) {
            rule(1, 1, from(OUTSIDE | host), Rules.apply(Rules.output(1 + host)));
        }
        for (int round = 0; round < 3; round++) {
            for (int host = 1; host <= 2; host++) {
                assertThat(lab.send(1, packet(INSIDE | host)))
                        .containsOnlyKeys(1 + host)
                        .containsEntry(1 + host, List.of(hex(packet(OUTSIDE | host))));
            }
        }
        assertThat(lab.counter("cache_resumed")).isEqualTo(6);
        // one entry before the translation, and one a host behind it
        assertThat(lab.counter("cache_misses")).isEqualTo(3);
        assertThat(lab.flows()).extracting(Reply.Flow::packets).containsExactlyInAnyOrder(6L, 3L, 3L);
    }

    @Test
    void theNextPacketSeesEveryChange() {
        shares(share(1, "11.0.0.0/24"));
        rule(0, 1, IPV4, then(1, new Action.Translate(1, Direction.TO_OUTSIDE)));
        rule(1, 1, from(OUTSIDE | 1), Rules.apply(Rules.output(2)));
        assertThat(lab.send(1, packet(INSIDE | 1))).containsOnlyKeys(2);
        rule(1, 2, from(OUTSIDE | 1), Rules.apply(Rules.output(3)));
        assertThat(lab.send(1, packet(INSIDE | 1))).containsOnlyKeys(3);
        shares(share(1, "12.0.0.0/24"));
        assertThat(lab.send(1, packet(INSIDE | 1))).isEmpty();
        rule(1, 3, from(12 << 24 | 1), Rules.apply(Rules.output(2)));
        assertThat(lab.send(1, packet(INSIDE | 1))).containsOnlyKeys(2);
        rule(0, 1, IPV4, then(1));
        assertThat(lab.send(1, packet(INSIDE | 1))).isEmpty();
        shares();
        rule(0, 2, Match.ANY, Rules.apply(Rules.output(3)));
        assertThat(lab.send(1, packet(INSIDE | 1))).containsEntry(3, List.of(hex(packet(INSIDE | 1))));
    }

    @Test
    void tablesBehindSeeTheOtherFamily() {
        shares(SIIT);
        rule(0, 1, IPV6, then(1, new Action.Translate(1, Direction.TO_OUTSIDE)));
        rule(0, 1, IPV4, then(1, new Action.Translate(1, Direction.TO_INSIDE)));
        rule(1, 1, IPV4, Rules.apply(new Action.DecNwTtl(), Rules.output(2)));
        rule(1, 1, IPV6, Rules.apply(new Action.DecNwTtl(), Rules.output(3)));
        rule(1, 2, Rules.match(Field.ETH_TYPE, 0x0800, Field.IPV4_SRC, 0xC633_6408), Rules.apply(Rules.output(3)));
        for (int round = 0; round < 3; round++) {
            assertThat(lab.send(1, Packets.udp("2001:db8:1::7", 1, "64:ff9b::cb00:7109", 2)))
                    .containsOnlyKeys(2);
            assertThat(lab.send(1, Packets.udp("2001:db8:1::8", 1, "64:ff9b::cb00:7109", 2)))
                    .containsOnlyKeys(3);
            byte[] inside = Packets.udp("64:ff9b::cb00:7109", 2, "2001:db8:1::7", 1);
            inside[21]--; // hop limit
            assertThat(lab.send(1, Packets.udp("203.0.113.9", 2, "198.51.100.7", 1)))
                    .containsOnlyKeys(3)
                    .containsEntry(3, List.of(hex(inside)));
        }
        assertThat(lab.counter("cache_resumed")).isEqualTo(9);
        assertThat(lab.counter("cache_misses")).isEqualTo(5);
    }

    @Test
    void oneTableIsEnough() {
        shares(SIIT);
        rule(
                0,
                1,
                IPV6,
                Rules.apply(new Action.Translate(1, Direction.TO_OUTSIDE), new Action.DecNwTtl(), Rules.output(2)));
        for (int round = 0; round < 3; round++) {
            List<String> sent = lab.send(1, Packets.udp("2001:db8:1::7", 1, "64:ff9b::cb00:7109", 2))
                    .get(2);
            assertThat(sent).singleElement().matches(frame -> frame.startsWith("080045", 24));
            assertThat(sent.getFirst().substring(44, 48)).isEqualTo("3f11"); // one hop less, UDP
        }
    }

    @Test
    void whatIsTooLongLeavesInPieces() {
        shares(SIIT);
        rule(0, 1, IPV4, then(1, new Action.Translate(1, Direction.TO_INSIDE)));
        rule(1, 1, IPV6, Rules.apply(Rules.output(3)));
        byte[] large = Packets.udp("203.0.113.9", 2, "198.51.100.7", 1, 4000);
        assertThat(lab.send(1, large).get(3)).hasSize(3);
        byte[] single = Packets.udp("203.0.113.9", 2, "198.51.100.7", 1, 1460);
        single[20] |= 0x40;
        assertThat(lab.send(1, Packets.seal(single))).containsOnlyKeys(1);
        assertThat(lab.counter("cross_cut")).isEqualTo(1);
        assertThat(lab.counter("cross_too_big")).isEqualTo(1);
    }

    @Test
    void theActionSetOfRulesBeforeIsDoneInTheEnd() {
        shares(share(1, "11.0.0.0/24"));
        rule(
                0,
                1,
                IPV4,
                new Instructions(
                        0,
                        List.of(new Action.Translate(1, Direction.TO_OUTSIDE)),
                        false,
                        List.of(Rules.output(3)),
                        0,
                        0,
                        1));
        rule(1, 1, from(OUTSIDE | 1), then(2));
        rule(2, 1, Match.ANY, then(-1));
        for (int round = 0; round < 3; round++) {
            assertThat(lab.send(1, packet(INSIDE | 1))).containsOnlyKeys(3);
        }
        assertThat(lab.counter("dropped_by_rule")).isZero();
    }

    @Test
    void rulesMustNameSharesThatAreThere() {
        Instructions does = then(1, new Action.Translate(1, Direction.TO_OUTSIDE));
        assertThat(lab.refused(Rules.flow(FlowCommand.ADD, 0, 1, IPV4, does)).text())
                .isEqualTo("no share 1");
        shares(share(1, "11.0.0.0/24"));
        Instructions inSet =
                new Instructions(0, List.of(), false, List.of(new Action.Translate(1, Direction.TO_OUTSIDE)), 0, 0, -1);
        assertThat(lab.refused(Rules.flow(FlowCommand.ADD, 0, 1, IPV4, inSet)).code())
                .isEqualTo(11);
        assertThat(lab.refused(Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, does))
                        .code())
                .isEqualTo(10);
        rule(0, 1, IPV4, does);
        shares();
        assertThat(lab.send(1, packet(INSIDE | 1))).isEmpty();
        assertThat(lab.counter("translate_no_share")).isEqualTo(1);
    }
}
