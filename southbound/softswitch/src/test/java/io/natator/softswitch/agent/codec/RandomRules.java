package io.natator.softswitch.agent.codec;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Prerequisite;
import io.natator.softswitch.flow.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules that a controller may send, made field by field with what they need. */
final class RandomRules {
    private final Random random;

    RandomRules(Random random) {
        this.random = random;
    }

    FlowMod next() {
        Match match = match();
        return new FlowMod(
                FlowCommand.ADD,
                random.nextInt(32),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(65536),
                random.nextInt(65536),
                random.nextInt(65536),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(32),
                match,
                instructions(match));
    }

    private Match match() {
        long[] value = new long[Key.WORDS];
        long[] mask = new long[Key.WORDS];
        switch (random.nextInt(9)) {
            case 0 -> {
                exact(value, mask, Field.ETH_TYPE, 0x0800);
                exact(value, mask, Field.IP_PROTO, new int[] {1, 6, 17, 132}[random.nextInt(4)]);
            }
            case 1 -> {
                exact(value, mask, Field.ETH_TYPE, 0x86DD);
                exact(value, mask, Field.IP_PROTO, new int[] {6, 17, 132}[random.nextInt(3)]);
            }
            case 2 -> {
                exact(value, mask, Field.ETH_TYPE, 0x86DD);
                exact(value, mask, Field.IP_PROTO, 58);
                exact(value, mask, Field.ICMPV6_TYPE, 135 + random.nextInt(2));
            }
            case 3 -> exact(value, mask, Field.ETH_TYPE, 0x0806);
            case 4 -> exact(value, mask, Field.ETH_TYPE, 0x8847);
            case 5 -> exact(value, mask, Field.ETH_TYPE, 0x88E7);
            case 6 -> exact(value, mask, Field.VLAN_VID, 0x1000 | random.nextInt(4096));
            case 7 -> exact(value, mask, Field.ETH_TYPE, 0x0800);
            default -> {
                // any packet
            }
        }
        Prerequisites known = new Prerequisites().of(value, mask);
        for (Field field : Field.values()) {
            boolean free = !MatchEncoder.isMatched(field, new Match(value, mask));
            if (free && random.nextInt(4) == 0 && known.hold(field.prerequisite())) {
                set(value, mask, field);
            }
        }
        return new Match(value, mask);
    }

    private void set(long[] value, long[] mask, Field field) {
        int word = field.word();
        boolean masked = field.maskable() && random.nextBoolean();
        if (field.wide()) {
            for (int i = word; i < word + 2; i++) {
                mask[i] = masked ? random.nextLong() : -1L;
                value[i] = random.nextLong() & mask[i];
            }
            return;
        }
        long m = masked ? random.nextLong() & field.ones() : field.ones();
        mask[word] |= m << field.shift();
        value[word] |= (random.nextLong() & m) << field.shift();
    }

    private static void exact(long[] value, long[] mask, Field field, long to) {
        value[field.word()] |= to << field.shift();
        mask[field.word()] |= field.ones() << field.shift();
    }

    private Instructions instructions(Match match) {
        boolean metadata = random.nextInt(3) == 0;
        long mask = metadata ? random.nextLong() : 0;
        return new Instructions(
                random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 0,
                actions(match),
                random.nextBoolean(),
                actions(match),
                random.nextLong() & mask,
                mask,
                random.nextInt(3) == 0 ? 32 + random.nextInt(32) : -1);
    }

    private List<Action> actions(Match match) {
        List<Action> actions = new ArrayList<>();
        Prerequisites known = new Prerequisites().of(match);
        for (Field field : Field.values()) {
            boolean fits = Profile.FULL.setFields().contains(field)
                    && field != Field.METADATA
                    && known.hold(field.prerequisite());
            if (fits && random.nextInt(4) == 0) {
                actions.add(setField(field));
            }
        }
        if (known.hold(Prerequisite.IP) && random.nextInt(3) == 0) {
            Direction direction = random.nextBoolean() ? Direction.TO_INSIDE : Direction.TO_OUTSIDE;
            actions.add(new Action.Translate(1 + random.nextInt(Integer.MAX_VALUE), direction));
        }
        switch (random.nextInt(6)) {
            case 0 -> actions.add(new Action.PushVlan(0x88A8));
            case 1 -> actions.add(new Action.PushMpls(0x8847));
            case 2 -> actions.add(new Action.Move(Field.ETH_SRC, 0, Field.ETH_DST, 16, 32));
            case 3 -> actions.add(new Action.Group(random.nextInt(1000)));
            case 4 -> actions.add(new Action.SetQueue(random.nextInt(1000)));
            default -> actions.add(new Action.CopyTtlOut());
        }
        actions.add(new Action.Output(random.nextBoolean() ? Ports.CONTROLLER : 1 + random.nextInt(100), 128));
        return actions;
    }

    private Action setField(Field field) {
        long tag = field == Field.VLAN_VID ? 0x1000 : 0;
        if (random.nextBoolean()) {
            return new Action.SetField(
                    field,
                    field.wide() ? random.nextLong() : 0,
                    (random.nextLong() & field.ones()) | tag,
                    -1L,
                    field.ones());
        }
        long maskHigh = field.wide() ? random.nextLong() : -1L;
        long mask = random.nextLong() & field.ones();
        if (mask == 0 || random.nextBoolean()) { // one run of bits
            int bits = 1 + random.nextInt(Math.min(64, field.bits()));
            int offset = random.nextInt(field.bits() - bits + 1);
            long ones = -1L >>> (64 - bits);
            mask = offset >= 64 ? 0 : ones << offset;
            long above = offset >= 64 ? ones << (offset - 64) : offset == 0 ? 0 : ones >>> (64 - offset);
            maskHigh = field.wide() ? above : -1L;
        }
        return new Action.SetField(
                field,
                field.wide() ? random.nextLong() & maskHigh : 0,
                (random.nextLong() | tag) & mask,
                maskHigh,
                mask);
    }
}
