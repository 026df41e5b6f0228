package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Modification.MeterMod;
import io.natator.softswitch.flow.Modification.PortMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random tables, packets and changes: whatever is cached, the switch does what the {@link Reference} does. */
class EquivalencePropertyTest {
    private static final long SEED = Long.getLong("natator.seed", System.nanoTime());
    private static final int WORLDS = 120;
    private static final int ROUNDS = 40;
    private static final int RULES = 24;
    private static final FlowCommand[] COMMANDS = FlowCommand.values();

    @Test
    void whatLeavesAndWhatIsCountedIsTheSame() {
        for (int world = 0; world < WORLDS; world++) {
            long seed = SEED + world;
            // So few changes in a turn that packets pass while they are made.
            int changesAtOnce = 1 + Math.floorMod(seed, 5);
            DatapathConfig config = new DatapathConfig(Profile.FULL, 1_000_000, 1_000_000, changesAtOnce);
            try (TestSwitch actual = new TestSwitch(Rules.PORTS, config)) {
                new World(seed, actual).run();
            } catch (AssertionError e) {
                throw new AssertionError("-Dnatator.seed=" + seed, e);
            }
        }
    }

    private static final class World {
        private final Random random;
        private final Rules rules;
        private final TestSwitch actual;
        private final Reference expected = new Reference(Rules.PORTS);
        private final List<byte[]> flows = new ArrayList<>();
        private int nextPriority;

        World(long seed, TestSwitch actual) {
            random = new Random(seed);
            rules = new Rules(random);
            this.actual = actual;
            for (int i = 0; i < 30; i++) {
                flows.add(Frames.any(random));
            }
        }

        void run() {
            assertThat(actual.ask(new Request.Shares(Rules.SHARES))).containsExactly(new Reply.Done(List.of()));
            for (int group = 1; group <= Rules.GROUPS; group++) {
                change(group(Command.ADD, group));
            }
            for (int i = 0; i < RULES; i++) {
                change(rules.rule(random.nextInt(Rules.TABLES), priority()));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < 10; i++) {
                    packet();
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    change(change());
                }
                if (random.nextInt(3) == 0) {
                    transaction();
                }
            }
            counters();
        }

        /** Each once: which of two rules of one priority takes a packet is not defined. */
        private int priority() {
            return 1 + (nextPriority++ * 7919 % 60_000);
        }

        private void packet() {
            byte[] frame = random.nextInt(4) == 0 ? Frames.any(random) : flows.get(random.nextInt(flows.size()));
            int port = 1 + random.nextInt(Rules.PORTS);
            assertThat(actual.send(port, frame)).isEqualTo(expected.process(port, frame));
        }

        /** Packets see nothing of it, and from one packet to the next all of it; or nothing ever, if a change is refused. */
        private void transaction() {
            List<Modification> changes = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                changes.add(change());
            }
            boolean refused = random.nextInt(3) == 0;
            if (refused) {
                changes.add(Rules.flow(FlowCommand.ADD, Rules.TABLES, 1, Match.ANY, Rules.apply(new Action.Group(99))));
            }
            long before = actual.datapath.version();
            boolean seen = false;
            List<Reply> replies = new ArrayList<>();
            assertThat(actual.datapath.ask(new Request.Transaction(changes), replies::add))
                    .isTrue();
            for (int i = 0; i < 1000 && (replies.isEmpty() || i < 5); i++) {
                if (!seen && actual.datapath.version() > before) {
                    changes.forEach(this::expect);
                    seen = true;
                }
                packet();
            }
            assertThat(((Reply.Done) replies.getFirst()).refused()).hasSize(refused ? 1 : 0);
            assertThat(seen).isEqualTo(!refused);
        }

        private void expect(Modification change) {
            switch (change) {
                case FlowMod mod -> expected.change(mod);
                case GroupMod mod -> expected.groups.put(mod.group(), mod);
                case MeterMod _, PortMod _ -> throw new AssertionError("not made here");
            }
        }

        private void change(Modification change) {
            actual.change(change);
            expect(change);
        }

        private Modification change() {
            if (random.nextInt(6) == 0) {
                return group(Command.MODIFY, 1 + random.nextInt(Rules.GROUPS));
            }
            int table = random.nextInt(Rules.TABLES);
            if (random.nextBoolean() || expected.rules.isEmpty()) {
                return rules.rule(table, priority());
            }
            FlowMod old = expected.rules.get(random.nextInt(expected.rules.size())).mod;
            FlowCommand command = COMMANDS[random.nextInt(COMMANDS.length)];
            Match match =
                    command == FlowCommand.DELETE || command == FlowCommand.MODIFY ? wider(old.match()) : old.match();
            // What a modification of many rules does must fit them all.
            Instructions does = Rules.apply(Rules.output(1 + random.nextInt(Rules.PORTS)));
            return Rules.flow(command, old.table(), old.priority(), match, does);
        }

        /** The match, or the same without addresses and ports. */
        private Match wider(Match match) {
            if (random.nextBoolean()) {
                return match;
            }
            long[] value = match.value().clone();
            long[] mask = match.mask().clone();
            for (int word = 3; word < 13; word++) {
                value[word] = 0;
                mask[word] = 0;
            }
            return new Match(value, mask);
        }

        private GroupMod group(Command command, int group) {
            GroupType type = random.nextBoolean() ? GroupType.ALL : GroupType.INDIRECT;
            List<Bucket> buckets = new ArrayList<>();
            for (int i = type == GroupType.ALL ? random.nextInt(4) : 1; i > 0; i--) {
                buckets.add(bucket());
            }
            return new GroupMod(command, type, group, buckets);
        }

        private Bucket bucket() {
            List<Action> actions = new ArrayList<>();
            if (random.nextBoolean()) {
                actions.add(new Action.PushVlan(0x8100));
            }
            if (random.nextBoolean()) {
                actions.add(Action.SetField.of(Field.ETH_DST, Frames.mac(random)));
            }
            actions.add(Rules.output(1 + random.nextInt(Rules.PORTS)));
            return new Bucket(0, Ports.ANY, Ports.GROUP_ANY, actions);
        }

        private void counters() {
            Map<Long, String> counted = actual.flows().stream()
                    .collect(Collectors.toMap(
                            flow -> flow.cookie(), flow -> flow.packets() + " packets " + flow.bytes() + " bytes"));
            Map<Long, String> counts = expected.rules.stream()
                    .collect(Collectors.toMap(
                            rule -> rule.mod.cookie(), rule -> rule.packets + " packets " + rule.bytes + " bytes"));
            assertThat(counted).isEqualTo(counts);
        }
    }
}
