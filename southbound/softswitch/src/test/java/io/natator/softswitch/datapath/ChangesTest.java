package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refusal;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of rules: what they do, when they are refused, and that a transaction is all or nothing. */
class ChangesTest {
    private final TestSwitch lab = new TestSwitch(3);

    @AfterEach
    void close() {
        lab.close();
    }

    private static Match to(int host) {
        return Rules.match(Field.ETH_TYPE, 0x0800, Field.IPV4_DST, 10 << 24 | host);
    }

    private static FlowMod add(int host, int port) {
        return Rules.flow(FlowCommand.ADD, 0, 10, to(host), Rules.apply(Rules.output(port)));
    }

    private static FlowMod with(FlowMod mod, int idle, int hard, int flags) {
        return new FlowMod(
                mod.command(),
                mod.table(),
                mod.cookie(),
                mod.cookieMask(),
                idle,
                hard,
                mod.priority(),
                mod.outPort(),
                mod.outGroup(),
                flags,
                mod.match(),
                mod.instructions());
    }

    private static FlowMod delete(long cookie, long cookieMask, int outPort, Match match) {
        return new FlowMod(
                FlowCommand.DELETE,
                Ports.TABLE_ALL,
                cookie,
                cookieMask,
                0,
                0,
                0,
                outPort,
                Ports.GROUP_ANY,
                0,
                match,
                Instructions.NONE);
    }

    private static byte[] packet(int host) {
        return Frames.udp(11 << 24, 10 << 24 | host, 1, 2);
    }

    private List<Event.FlowRemoved> removed() {
        List<Event.FlowRemoved> all = lab.events.stream()
                .filter(event -> event instanceof Event.FlowRemoved)
                .map(event -> (Event.FlowRemoved) event)
                .toList();
        lab.events.clear();
        return all;
    }

    @Test
    void aRuleEndsAfterItsTime() {
        lab.change(
                with(add(1, 2), 5, 0, FlowMod.SEND_FLOW_REM),
                with(add(2, 2), 0, 8, FlowMod.SEND_FLOW_REM),
                with(add(3, 2), 3, 0, 0));
        lab.pass(4 * TestSwitch.SECOND);
        assertThat(lab.flows()).hasSize(2);
        assertThat(removed()).isEmpty();
        lab.send(1, packet(1)); // known to the cache only
        lab.pass(4 * TestSwitch.SECOND);
        assertThat(removed()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(Event.RemovedReason.HARD_TIMEOUT);
            assertThat(event.flow().match()).isEqualTo(to(2));
        });
        lab.pass(TestSwitch.SECOND);
        assertThat(removed()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(Event.RemovedReason.IDLE_TIMEOUT);
            assertThat(event.flow().packets()).isEqualTo(1);
            assertThat(event.flow().bytes()).isEqualTo(60);
            assertThat(event.flow().ageNanos()).isEqualTo(9 * TestSwitch.SECOND);
        });
        assertThat(lab.send(1, packet(1))).isEmpty();
    }

    @Test
    void deletionIsRestrictedByCookieAndPort() {
        lab.change(add(1, 2), add(2, 3), Rules.flow(FlowCommand.ADD, 1, 20, to(1), Rules.apply(Rules.output(2))));
        lab.change(delete(0, 0, 3, Match.ANY));
        assertThat(lab.flows()).extracting(Reply.Flow::table).containsExactlyInAnyOrder(0, 1);
        lab.change(delete(1L << 32, -1L << 32, Ports.ANY, Match.ANY));
        assertThat(lab.flows()).extracting(Reply.Flow::table).containsExactly(0);
        lab.change(delete(0, 0, Ports.ANY, Rules.match(Field.ETH_TYPE, 0x86DD)));
        assertThat(lab.flows()).hasSize(1);
        lab.change(delete(0, 0, Ports.ANY, Rules.match(Field.ETH_TYPE, 0x0800)));
        assertThat(lab.flows()).isEmpty();
    }

    @Test
    void countersStayUnlessTheyAreReset() {
        lab.change(add(1, 2));
        lab.send(1, packet(1));
        lab.change(add(1, 3));
        assertThat(lab.flows().getFirst().packets()).isEqualTo(1);
        lab.change(with(add(1, 2), 0, 0, FlowMod.RESET_COUNTS));
        assertThat(lab.flows().getFirst().packets()).isZero();
    }

    @Test
    void whatCannotBeIsRefusedWithItsError() {
        assertRefused(5, 2, Rules.flow(FlowCommand.ADD, 64, 1, Match.ANY, Instructions.NONE));
        assertRefused(4, 9, Rules.flow(FlowCommand.ADD, 0, 1, Rules.match(Field.IPV4_DST, 1), Instructions.NONE));
        Instructions back = new Instructions(0, List.of(), false, List.of(), 0, 0, 1);
        assertRefused(3, 2, Rules.flow(FlowCommand.ADD, 1, 1, Match.ANY, back));
        assertRefused(2, 4, Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, Rules.apply(Rules.output(Ports.LOCAL))));
        assertRefused(2, 9, Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, Rules.apply(new Action.Group(7))));
        assertRefused(
                2, 10, Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, Rules.apply(Action.SetField.of(Field.UDP_DST, 1))));
        assertRefused(2, 8, Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, Rules.apply(new Action.SetQueue(8))));
        Instructions metered = new Instructions(9, List.of(), false, List.of(), 0, 0, -1);
        assertRefused(12, 2, Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, metered));
        lab.change(add(1, 2));
        FlowMod overlapping =
                Rules.flow(FlowCommand.ADD, 0, 10, Rules.match(Field.ETH_TYPE, 0x0800), Instructions.NONE);
        assertRefused(5, 3, with(overlapping, 0, 0, FlowMod.CHECK_OVERLAP));
        lab.change(overlapping);
    }

    private void assertRefused(int type, int code, Modification change) {
        Refusal refusal = lab.refused(change);
        assertThat(refusal.type()).as(refusal.text()).isEqualTo(type);
        assertThat(refusal.code()).as(refusal.text()).isEqualTo(code);
        assertThat(refusal.text()).isNotBlank();
    }

    @Test
    void aNarrowProfileRefusesWhatItLacks() {
        Profile profile = Profile.parse("of13-exact,tables=1,capacity=2,masks=no");
        try (TestSwitch narrow = new TestSwitch(2, new DatapathConfig(profile, 1000, 1000))) {
            narrow.change(add(1, 2), add(2, 2));
            assertThat(narrow.refused(add(3, 2)).code()).isEqualTo(1);
            narrow.change(add(2, 1)); // takes the place of another
            assertThat(narrow.refused(Rules.flow(FlowCommand.ADD, 1, 1, Match.ANY, Instructions.NONE))
                            .code())
                    .isEqualTo(2);
            Action masked = new Action.SetField(Field.IPV4_DST, 0, 1 << 24, 0, 0xFF00_0000L);
            Refusal action = narrow.refused(Rules.flow(FlowCommand.ADD, 0, 10, to(1), Rules.apply(masked)));
            assertThat(action.type()).isEqualTo(2);
            assertThat(action.code()).isZero();
            long[] mask = new long[Key.WORDS];
            Key.set(mask, Field.ETH_DST, 1);
            Refusal match = narrow.refused(
                    Rules.flow(FlowCommand.ADD, 0, 1, new Match(new long[Key.WORDS], mask), Instructions.NONE));
            assertThat(match.type()).isEqualTo(4);
            assertThat(match.code()).isEqualTo(8);
        }
    }

    @Test
    void aTransactionIsAllOrNothing() {
        lab.change(with(add(1, 2), 0, 0, FlowMod.SEND_FLOW_REM), add(2, 2));
        lab.send(1, packet(1));
        List<Reply.Flow> before = lab.flows();
        GroupMod group = new GroupMod(
                Command.ADD,
                GroupType.INDIRECT,
                1,
                List.of(new Bucket(0, Ports.ANY, Ports.GROUP_ANY, List.of(Rules.output(3)))));
        List<Modification> changes = List.of(
                delete(0, 0, Ports.ANY, Match.ANY),
                group,
                Rules.flow(FlowCommand.ADD, 0, 10, to(1), Rules.apply(new Action.Group(1))),
                Rules.flow(FlowCommand.MODIFY, 0, 10, Match.ANY, Instructions.NONE),
                add(3, 2),
                add(4, Ports.LOCAL));
        Reply.Done done = (Reply.Done) lab.ask(new Request.Transaction(changes)).getFirst();
        assertThat(done.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.index()).isEqualTo(5));
        assertThat(Set.copyOf(lab.flows())).isEqualTo(Set.copyOf(before));
        assertThat(removed()).isEmpty();
        assertThat(lab.refused(add(4, Ports.LOCAL)).code()).isEqualTo(4);
        assertThat(lab.send(1, packet(1))).containsOnlyKeys(2);
        assertThat(((Reply.Groups) lab.ask(new Request.GroupStats(Optional.empty()))
                                .getFirst())
                        .groups())
                .isEmpty();

        assertThat(lab.ask(new Request.Transaction(changes.subList(0, 3))))
                .isEqualTo(List.of(new Reply.Done(List.of())));
        assertThat(removed()).hasSize(1);
        assertThat(lab.send(1, packet(1))).containsOnlyKeys(3);
        assertThat(lab.send(1, packet(2))).isEmpty();
    }

    @Test
    void whatOneOfManyChangesTakesIsBoundedInATurn() {
        List<Modification> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(add(i, 2));
        }
        lab.change(add(1, 3));
        List<Reply> replies = new ArrayList<>();
        lab.datapath.ask(new Request.Transaction(many), replies::add);
        int turns = 0;
        for (; replies.isEmpty(); turns++) {
            assertThat(lab.send(1, packet(1))).containsOnlyKeys(3); // nothing of it is seen
            if (lab.datapath.version() > 1) {
                break;
            }
        }
        assertThat(turns).isGreaterThan(10);
        while (replies.isEmpty()) {
            assertThat(lab.send(1, packet(1))).containsOnlyKeys(2);
            assertThat(lab.send(1, packet(9_999))).containsOnlyKeys(2);
        }
        assertThat(replies).containsExactly(new Reply.Done(List.of()));
        assertThat(lab.flows()).hasSize(10_000);
    }

    @Test
    void aDumpMeetsEveryRuleOnceThoughOthersComeAndGo() {
        List<Modification> many = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            many.add(add(i, 2));
        }
        lab.change(many.toArray(Modification[]::new));
        List<Reply.Flow> met = new ArrayList<>();
        boolean[] last = {false};
        lab.datapath.ask(new Request.FlowStats(TestSwitch.everything()), reply -> {
            Reply.Flows flows = (Reply.Flows) reply;
            met.addAll(flows.flows());
            last[0] = flows.last();
        });
        lab.turn();
        assertThat(last[0]).isFalse();
        int part = met.size();
        assertThat(part).isPositive().isLessThan(3000);
        // Requests wait for the dump; what is due by the clock does not. Here: nothing is lost by more turns.
        for (int turns = 0; !last[0] && turns < 100; turns++) {
            lab.turn();
        }
        Set<Match> matches = new HashSet<>();
        met.forEach(flow -> assertThat(matches.add(flow.match())).isTrue());
        assertThat(matches).hasSize(3000);
    }
}
