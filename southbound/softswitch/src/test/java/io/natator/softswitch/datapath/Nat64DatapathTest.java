package io.natator.softswitch.datapath;

import static io.natator.softswitch.steps.Packets.fragments6;
import static io.natator.softswitch.steps.Packets.udp;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Tables behind a rule of NAT64 see a packet of the other family. */
class Nat64DatapathTest {
    private static final String HOST = "2001:db8:1::5";
    private static final String SERVER = "192.0.2.1";
    private static final String SERVER_6 = "64:ff9b::c000:201";
    private static final int OUTSIDE = 198 << 24 | 51 << 16 | 100 << 8 | 1;
    private static final Match IPV6 = Rules.match(Field.ETH_TYPE, 0x86DD);
    private static final Match TO_POOL = Rules.match(Field.ETH_TYPE, 0x0800, Field.IPV4_DST, OUTSIDE);
    private static final Match FROM_POOL = Rules.match(Field.ETH_TYPE, 0x0800, Field.IPV4_SRC, OUTSIDE);

    private final TestSwitch lab = new TestSwitch(3);

    @AfterEach
    void close() {
        lab.close();
    }

    @BeforeEach
    void rules() {
        Pool pool = Pool.DEFAULT.but().firstPort(3000).lastPort(3000).build();
        Share share = new Share(
                1,
                "six",
                Kind.NAT64,
                IpPrefix.valueOf("2001:db8:1::/64"),
                List.of(IpPrefix.valueOf("198.51.100.1/32")),
                List.of(),
                false,
                false,
                pool,
                Optional.of(Embedding.DEFAULT));
        assertThat(lab.ask(new Request.Shares(List.of(share)))).containsExactly(new Reply.Done(List.of()));
        rule(0, IPV6, then(1, new Action.Translate(1, Direction.TO_OUTSIDE)));
        rule(0, TO_POOL, then(1, new Action.Translate(1, Direction.TO_INSIDE)));
        rule(1, FROM_POOL, then(-1, Rules.output(2)));
        rule(1, IPV6, then(-1, Rules.output(3)));
    }

    private static Instructions then(int table, Action... actions) {
        return new Instructions(0, List.of(actions), false, List.of(), 0, 0, table);
    }

    private void rule(int table, Match match, Instructions does) {
        lab.change(Rules.flow(FlowCommand.ADD, table, 1, match, does));
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }

    @Test
    void bothWays() {
        for (int round = 0; round < 3; round++) {
            assertThat(lab.send(1, udp(HOST, 4000, SERVER_6, 53))).containsOnlyKeys(2);
            assertThat(lab.send(2, udp(SERVER, 53, "198.51.100.1", 3000)))
                    .containsOnlyKeys(3)
                    .containsEntry(3, List.of(hex(udp(SERVER_6, 53, HOST, 4000))));
        }
        assertThat(lab.counter("sessions_created")).isEqualTo(1);
        assertThat(lab.counter("cache_resumed")).isEqualTo(6);
    }

    @Test
    void whatIsToldLeavesWhereThePacketCame() {
        assertThat(lab.send(1, udp(HOST, 4000, SERVER_6, 53))).containsOnlyKeys(2);
        assertThat(lab.send(1, udp("2001:db8:1::6", 4000, SERVER_6, 53)))
                .containsOnlyKeys(1)
                .hasEntrySatisfying(
                        1,
                        frames -> assertThat(frames).singleElement().asString().contains("86dd6c"));
    }

    @Test
    void fragmentsThatWaitedGoOn() {
        List<byte[]> parts = fragments6(udp(HOST, 4000, SERVER_6, 53, 2000), 7, 1024);
        assertThat(lab.send(1, parts.get(1))).isEmpty();
        assertThat(lab.send(1, parts.get(0)))
                .containsOnlyKeys(2)
                .hasEntrySatisfying(2, frames -> assertThat(frames).hasSize(2));
    }
}
