package io.natator.softswitch.differential;

import io.natator.softswitch.differential.RandomActions.Labels;
import io.natator.softswitch.differential.Scenario.Packet;
import io.natator.softswitch.flow.Action;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tables that given packets are likely to go through: matches are taken from the packets. */
final class RandomRules {
    private static final int TABLES = 4;
    private static final int MOST_RULES = 6;
    private static final int GROUPS = 3;
    private static final int METADATA_BITS = 4;
    /** Where packets go that tell that all before them are through. */
    static final int SENTINEL_TYPE = 0x88B5;

    private final Random random;
    private final List<Packet> packets;
    /** The only table whose rules push tags, so that no packet gets more than Open vSwitch can see. */
    private final int pushing;
    /**
     * If labels are pushed or popped, nothing is written to the action set, and else there are no select groups: Open
     * vSwitch 3.1 ends with a failed assertion (recirc_alloc_id__) if it has to look again at a packet that has an action set.
     */
    private final Labels labels;
    /** A table before may have written to the action set. */
    private boolean wrote;

    RandomRules(Random random, List<Packet> packets) {
        this.random = random;
        this.packets = packets;
        this.pushing = random.nextInt(TABLES);
        this.labels =
                List.of(Labels.KEPT, Labels.KEPT, Labels.PUSHED, Labels.POPPED).get(random.nextInt(4));
    }

    List<Modification> next() {
        List<Modification> all = new ArrayList<>();
        for (int i = 1; i <= GROUPS; i++) {
            all.add(group(i));
        }
        all.add(flow(0, 65_535, sentinel(), List.of(), sentinelActions(), -1));
        for (int table = 0; table < TABLES; table++) {
            int rules = 1 + random.nextInt(MOST_RULES);
            for (int i = 0; i < rules; i++) {
                all.add(rule(table, 1 + i, match(table)));
            }
            if (table > 0 || random.nextBoolean()) { // a miss behind table 0 differs
                all.add(rule(table, 0, RandomMatch.any()));
            }
            wrote = all.stream()
                    .anyMatch(m -> m instanceof FlowMod flow
                            && !flow.instructions().write().isEmpty());
        }
        return all;
    }

    private static Match sentinel() {
        long[] value = new long[Key.WORDS];
        long[] mask = new long[Key.WORDS];
        Key.set(value, Field.ETH_TYPE, SENTINEL_TYPE);
        Key.set(mask, Field.ETH_TYPE, -1);
        return new Match(value, mask);
    }

    private static List<Action> sentinelActions() {
        List<Action> actions = new ArrayList<>(List.of(new Action.Output(Ports.IN_PORT, 0)));
        actions.add(new Action.Output(Ports.ALL, 0));
        return actions;
    }

    private static FlowMod flow(
            int table, int priority, Match match, List<Action> write, List<Action> apply, int gotoTable) {
        return new FlowMod(
                FlowCommand.ADD,
                table,
                0,
                0,
                0,
                0,
                priority,
                Ports.ANY,
                Ports.GROUP_ANY,
                0,
                match,
                new Instructions(0, apply, false, write, 0, 0, gotoTable));
    }

    private RandomMatch match(int table) {
        Packet packet = packets.get(random.nextInt(packets.size()));
        RandomMatch match = new RandomMatch(random, packet.key());
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            match.addOne();
        }
        if (table > 0 && random.nextInt(3) == 0) {
            match.metadata(random.nextInt(1 << METADATA_BITS), 1 + random.nextInt((1 << METADATA_BITS) - 1));
        }
        return match;
    }

    private FlowMod rule(int table, int priority, RandomMatch match) {
        RandomActions actions =
                new RandomActions(random, packets, match.shape(), table == pushing, !wrote, labels, GROUPS);
        List<Action> apply = random.nextInt(3) == 0 ? List.of() : actions.some(1 + random.nextInt(4));
        List<Action> write =
                labels != Labels.KEPT || random.nextBoolean() ? List.of() : actions.set(1 + random.nextInt(3));
        boolean last = table == TABLES - 1 || random.nextInt(3) == 0;
        long mask = random.nextInt(3) == 0 && !last ? 1 + random.nextInt((1 << METADATA_BITS) - 1) : 0;
        Instructions todo = new Instructions(
                0,
                apply,
                random.nextInt(6) == 0,
                write,
                random.nextInt(1 << METADATA_BITS) & mask,
                mask,
                last ? -1 : table + 1 + random.nextInt(TABLES - table - 1));
        FlowMod plain = flow(table, priority, match.match(), List.of(), List.of(), -1);
        return new FlowMod(
                plain.command(),
                table,
                0,
                0,
                0,
                0,
                priority,
                plain.outPort(),
                plain.outGroup(),
                0,
                plain.match(),
                todo);
    }

    private GroupMod group(int number) {
        List<GroupType> types = List.of(GroupType.ALL, GroupType.INDIRECT, GroupType.FAST_FAILOVER, GroupType.SELECT);
        GroupType type = types.get(random.nextInt(labels == Labels.KEPT ? 3 : 4));
        int count = type == GroupType.INDIRECT || type == GroupType.SELECT ? 1 : 1 + random.nextInt(3);
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int watch = type == GroupType.FAST_FAILOVER ? 1 + random.nextInt(RandomPackets.PORTS) : Ports.ANY;
            int weight = type == GroupType.SELECT ? 1 : 0;
            List<Action> actions =
                    new RandomActions(random, packets, Shape.UNKNOWN, false, false, Labels.KEPT, 0).bucket();
            buckets.add(new Bucket(weight, watch, Ports.GROUP_ANY, actions));
        }
        return new GroupMod(Command.ADD, type, number, buckets);
    }
}
