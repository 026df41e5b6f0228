package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Ports;
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
            try (TestSwitch actual = new TestSwitch(Rules.PORTS)) {
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
            for (int group = 1; group <= Rules.GROUPS; group++) {
                change(Command.ADD, group);
            }
            for (int i = 0; i < RULES; i++) {
                change(rules.rule(random.nextInt(Rules.TABLES), priority()));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < 10; i++) {
                    packet();
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    change();
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

        private void change() {
            if (random.nextInt(6) == 0) {
                change(Command.MODIFY, 1 + random.nextInt(Rules.GROUPS));
                return;
            }
            int table = random.nextInt(Rules.TABLES);
            if (random.nextBoolean() || expected.rules.isEmpty()) {
                change(rules.rule(table, priority()));
                return;
            }
            FlowMod old = expected.rules.get(random.nextInt(expected.rules.size())).mod;
            FlowCommand command = COMMANDS[random.nextInt(COMMANDS.length)];
            Match match =
                    command == FlowCommand.DELETE || command == FlowCommand.MODIFY ? wider(old.match()) : old.match();
            // What a modification of many rules does must fit them all.
            Instructions does = Rules.apply(Rules.output(1 + random.nextInt(Rules.PORTS)));
            change(Rules.flow(command, old.table(), old.priority(), match, does));
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

        private void change(FlowMod mod) {
            actual.change(mod);
            expected.change(mod);
        }

        private void change(Command command, int group) {
            GroupType type = random.nextBoolean() ? GroupType.ALL : GroupType.INDIRECT;
            List<Bucket> buckets = new ArrayList<>();
            for (int i = type == GroupType.ALL ? random.nextInt(4) : 1; i > 0; i--) {
                buckets.add(bucket());
            }
            GroupMod mod = new GroupMod(command, type, group, buckets);
            actual.change(mod);
            expected.groups.put(group, mod);
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
