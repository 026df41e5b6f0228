package io.natator.softswitch.datapath;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.onlab.packet.IpPrefix;

/** Random rules from the world of {@link Frames}, such that a switch takes them. */
final class Rules {
    /** Tables that rules are spread over. */
    static final int TABLES = 4;
    /** Ports that rules send to. */
    static final int PORTS = 4;
    /** Groups that rules send to; they must be there. */
    static final int GROUPS = 3;

    /** Shares that rules name; they must be there. */
    static final List<Share> SHARES =
            List.of(share(1, "10.0.0.0/16", "10.1.0.0/16"), share(2, "10.0.1.0/24", "10.1.2.0/24"));

    private final RandomGenerator random;
    private long[] value;
    private long[] mask;
    private boolean isIp;
    private boolean isIpv4;
    private boolean isIpv6;
    private boolean isArp;
    private boolean isVlan;
    private boolean isMpls;
    private int protocol;
    private boolean isDiscovery;

    Rules(RandomGenerator random) {
        this.random = random;
    }

    private static Share share(int id, String inside, String outside) {
        return new Share(
                id,
                "t" + id,
                Kind.STATIC,
                IpPrefix.valueOf(inside),
                List.of(IpPrefix.valueOf(outside)),
                List.of(),
                false,
                Pool.DEFAULT);
    }

    static FlowMod flow(FlowCommand command, int table, int priority, Match match, Instructions instructions) {
        return new FlowMod(
                command,
                table,
                (long) table << 32 | priority,
                0,
                0,
                0,
                priority,
                Ports.ANY,
                Ports.GROUP_ANY,
                0,
                match,
                instructions);
    }

    static Instructions apply(Action... actions) {
        return new Instructions(0, List.of(actions), false, List.of(), 0, 0, -1);
    }

    static Action.Output output(int port) {
        return new Action.Output(port, 0xFFFF);
    }

    /** A match on whole fields of up to 64 bits, in pairs of field and value. */
    static Match match(Object... fieldsAndValues) {
        long[] value = new long[Key.WORDS];
        long[] mask = new long[Key.WORDS];
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            Field field = (Field) fieldsAndValues[i];
            Key.set(value, field, ((Number) fieldsAndValues[i + 1]).longValue());
            Key.set(mask, field, field.ones());
        }
        return new Match(value, mask);
    }

    /** A rule of this priority. */
    FlowMod rule(int table, int priority) {
        Match match = match();
        return flow(FlowCommand.ADD, table, priority, match, instructions(table));
    }

    Match match() {
        value = new long[Key.WORDS];
        mask = new long[Key.WORDS];
        protocol = -1;
        isDiscovery = false;
        if (random.nextInt(4) == 0) {
            put(Field.IN_PORT, 1 + random.nextInt(PORTS), -1L);
        }
        if (random.nextInt(4) == 0) {
            put(Field.ETH_DST, Frames.mac(random), random.nextBoolean() ? -1L : 1);
        }
        if (random.nextInt(6) == 0) {
            put(Field.METADATA, random.nextInt(4), random.nextBoolean() ? -1L : 1);
        }
        isVlan = random.nextInt(5) == 0;
        if (isVlan) {
            put(Field.VLAN_VID, 0x1000 | random.nextInt(3), random.nextBoolean() ? -1L : 0x1000);
        }
        int type = random.nextInt(8);
        isIpv4 = type < 3;
        isIpv6 = type == 3 || type == 4;
        isIp = isIpv4 || isIpv6;
        isArp = type == 5;
        isMpls = type == 6;
        if (isIpv4) {
            put(Field.ETH_TYPE, 0x0800, -1L);
            prefixes(Field.IPV4_SRC, Field.IPV4_DST);
        } else if (isIpv6) {
            put(Field.ETH_TYPE, 0x86DD, -1L);
            if (random.nextBoolean()) {
                wide(Field.IPV6_DST);
            }
        } else if (isArp) {
            put(Field.ETH_TYPE, 0x0806, -1L);
            prefixes(Field.ARP_SPA, Field.ARP_TPA);
        } else if (isMpls) {
            put(Field.ETH_TYPE, 0x8847, -1L);
            if (random.nextBoolean()) {
                put(Field.MPLS_LABEL, random.nextInt(3), -1L);
            }
        }
        if (isIp) {
            upper();
        }
        return new Match(value, mask);
    }

    private void prefixes(Field source, Field destination) {
        for (Field field : List.of(source, destination)) {
            if (random.nextBoolean()) {
                put(field, Frames.ipv4(random) & 0xFFFF_FFFFL, -1L << (random.nextInt(4) * 8));
            }
        }
    }

    private void upper() {
        if (random.nextInt(5) == 0) {
            put(Field.IP_DSCP, random.nextInt(4), -1L);
        }
        if (random.nextInt(8) == 0) {
            put(Field.IP_TTL, 61 + random.nextInt(4), -1L);
        }
        if (random.nextInt(3) == 0) {
            return;
        }
        protocol = random.nextBoolean() ? 17 : isIpv6 && random.nextBoolean() ? 58 : 6;
        put(Field.IP_PROTO, protocol, -1L);
        if (random.nextBoolean()) {
            switch (protocol) {
                case 17 -> put(Field.UDP_DST, Frames.port(random), -1L);
                case 6 -> put(Field.TCP_SRC, Frames.port(random), -1L);
                default -> {
                    isDiscovery = true;
                    put(Field.ICMPV6_TYPE, 135, -1L);
                    if (random.nextBoolean()) {
                        wide(Field.IPV6_ND_TARGET);
                    }
                }
            }
        }
    }

    private void wide(Field field) {
        long low = random.nextBoolean() ? -1L : 0;
        value[field.word()] = Frames.ipv6High(random);
        mask[field.word()] = -1L;
        value[field.word() + 1] = Frames.ipv6Low(random) & low;
        mask[field.word() + 1] = low;
    }

    private void put(Field field, long to, long bits) {
        Key.set(value, field, to & bits);
        Key.set(mask, field, bits);
    }

    /** Instructions that fit the last {@link #match}. */
    Instructions instructions(int table) {
        boolean goes = table < TABLES - 1 && random.nextInt(5) < 3;
        List<Action> apply = actions(random.nextInt(3));
        // From a header that is gone, actions of the action set may not follow.
        boolean reshaped = apply.stream().anyMatch(Rules::reshapes);
        List<Action> write = reshaped
                ? List.of()
                : actions(random.nextInt(2)).stream()
                        .filter(a -> a.kind() != Action.Kind.TRANSLATE)
                        .toList();
        long metadataMask = random.nextInt(4) == 0 ? 3 : 0;
        return new Instructions(
                0,
                apply,
                random.nextInt(6) == 0,
                write,
                random.nextInt(4) & metadataMask,
                metadataMask,
                goes ? random.nextInt(table + 1, TABLES) : -1);
    }

    private static boolean reshapes(Action action) {
        return switch (action.kind()) {
            case PUSH_MPLS, POP_MPLS, POP_VLAN, PUSH_VLAN -> true;
            default -> false;
        };
    }

    private List<Action> actions(int most) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            actions.add(edit());
            if (reshapes(actions.getLast())) {
                break;
            }
        }
        if (random.nextInt(3) > 0) {
            actions.add(send());
        }
        return actions;
    }

    Action send() {
        return switch (random.nextInt(10)) {
            case 0 -> output(Ports.FLOOD);
            case 1 -> output(Ports.IN_PORT);
            case 2 -> new Action.Output(Ports.CONTROLLER, random.nextBoolean() ? 0xFFFF : 20);
            case 3, 4 -> new Action.Group(1 + random.nextInt(GROUPS));
            default -> output(1 + random.nextInt(PORTS));
        };
    }

    private Action edit() {
        int what = random.nextInt(10);
        if (what == 0) {
            return new Action.PushVlan(0x8100);
        }
        if (what == 1 && isVlan) {
            return random.nextBoolean()
                    ? new Action.PopVlan()
                    : Action.SetField.of(Field.VLAN_VID, 0x1000 | random.nextInt(3));
        }
        if (what == 2) {
            return isMpls ? new Action.PopMpls(0x0800) : new Action.PushMpls(0x8847);
        }
        if (what == 3) {
            return new Action.Move(Field.ETH_SRC, 0, Field.ETH_DST, 0, random.nextBoolean() ? 48 : 8);
        }
        if (isIp && what < 8) {
            return ip(what);
        }
        if (isArp) {
            return Action.SetField.of(Field.ARP_TPA, Frames.ipv4(random) & 0xFFFF_FFFFL);
        }
        if (isMpls && what == 4) {
            return new Action.DecMplsTtl();
        }
        return Action.SetField.of(random.nextBoolean() ? Field.ETH_SRC : Field.ETH_DST, Frames.mac(random));
    }

    private Action ip(int what) {
        if (what == 4) {
            return new Action.DecNwTtl();
        }
        if (what == 5) {
            return Action.SetField.of(Field.IP_DSCP, random.nextInt(4));
        }
        if (what == 6 && protocol == 17) {
            return Action.SetField.of(Field.UDP_DST, Frames.port(random));
        }
        if (isIpv4 && what == 7) {
            Direction direction = random.nextBoolean() ? Direction.TO_INSIDE : Direction.TO_OUTSIDE;
            return new Action.Translate(1 + random.nextInt(SHARES.size()), direction);
        }
        if (isDiscovery) {
            return new Action.SetField(Field.IPV6_ND_TARGET, Frames.ipv6High(random), 1, -1L, -1L);
        }
        if (isIpv6) {
            long maskLow = random.nextBoolean() ? -1L : 0;
            return new Action.SetField(
                    Field.IPV6_DST, Frames.ipv6High(random), Frames.ipv6Low(random) & maskLow, -1L, maskLow);
        }
        Field field = random.nextBoolean() ? Field.IPV4_SRC : Field.IPV4_DST;
        long bits = random.nextBoolean() ? 0xFFFF_FFFFL : 0xFFFF_FF00L;
        return new Action.SetField(field, 0, Frames.ipv4(random) & bits, 0, bits);
    }
}
