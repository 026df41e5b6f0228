package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.frame.Editor;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.frame.Tags;
import io.natator.softswitch.frame.Ttl;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.steps.Translator;
import io.natator.softswitch.steps.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What OpenFlow says, in the plainest way: a list of rules looked through one by one, actions done one by one. Knows headers
 * by the same parser and editor as the switch; those have tests of their own.
 */
final class Reference {
    private static final int ROOM = 128;

    /** A rule and what it counted. */
    static final class Counted {
        FlowMod mod;
        long packets;
        long bytes;

        Counted(FlowMod mod) {
            this.mod = mod;
        }
    }

    final List<Counted> rules = new ArrayList<>();
    final Map<Integer, GroupMod> groups = new HashMap<>();
    private final int ports;
    private final Translator translator = new Translator(Limits.of(1), new Counts(), SessionLog.NONE, 0);
    private final Arena arena = Arena.ofAuto();
    private Map<Integer, List<String>> sent;

    Reference(int ports) {
        this.ports = ports;
        assertThat(translator.shares(Rules.SHARES, 0)).isEmpty();
    }

    void change(FlowMod mod) {
        switch (mod.command()) {
            case ADD -> {
                Counted rule = new Counted(mod);
                for (Counted old : List.copyOf(rules)) {
                    if (isSame(old.mod, mod)) {
                        rule.packets = old.packets;
                        rule.bytes = old.bytes;
                        rules.remove(old);
                    }
                }
                rules.add(rule);
            }
            case MODIFY -> rules.stream().filter(r -> isWithin(r.mod, mod)).forEach(r -> modify(r, mod));
            case MODIFY_STRICT -> rules.stream().filter(r -> isSame(r.mod, mod)).forEach(r -> modify(r, mod));
            case DELETE -> rules.removeIf(r -> isWithin(r.mod, mod));
            case DELETE_STRICT -> rules.removeIf(r -> isSame(r.mod, mod));
        }
    }

    private static void modify(Counted rule, FlowMod by) {
        FlowMod old = rule.mod;
        rule.mod = new FlowMod(
                old.command(),
                old.table(),
                old.cookie(),
                0,
                0,
                0,
                old.priority(),
                Ports.ANY,
                Ports.GROUP_ANY,
                old.flags(),
                old.match(),
                by.instructions());
    }

    private static boolean isSame(FlowMod one, FlowMod other) {
        return one.table() == other.table()
                && one.priority() == other.priority()
                && one.match().equals(other.match());
    }

    private static boolean isWithin(FlowMod rule, FlowMod mod) {
        return (mod.table() == Ports.TABLE_ALL || mod.table() == rule.table())
                && mod.match().contains(rule.match());
    }

    /** A packet with its place in memory. */
    private static final class Packet {
        final Frame frame = new Frame();
        final Headers headers = new Headers();
        final long[] key = new long[Key.WORDS];
        Counted by;
    }

    private Packet packet(int inPort, byte[] octets) {
        Packet packet = new Packet();
        MemorySegment memory = arena.allocate(octets.length + 2L * ROOM, 8);
        MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, ROOM, octets.length);
        packet.frame.address = memory.address() + ROOM;
        packet.frame.length = octets.length;
        packet.frame.headroom = ROOM - 10;
        packet.frame.tailroom = ROOM;
        packet.frame.inPort = inPort;
        return packet;
    }

    /** What is sent for a packet: by port, or {@link Ports#CONTROLLER}, frames in hex and what is told with them. */
    Map<Integer, List<String>> process(int inPort, byte[] octets) {
        sent = new TreeMap<>();
        Packet packet = packet(inPort, octets);
        if (Parser.parse(packet.frame, packet.headers, packet.key) == Reason.RUNT) {
            return sent;
        }
        Map<Object, Action> set = new LinkedHashMap<>();
        int table = 0;
        while (table >= 0) {
            int at = table;
            Counted rule = rules.stream()
                    .filter(r -> r.mod.table() == at && takes(r.mod.match(), packet.key))
                    .max(Comparator.comparingInt(r -> r.mod.priority()))
                    .orElse(null);
            if (rule == null) {
                return sent;
            }
            rule.packets++;
            rule.bytes += octets.length;
            packet.by = rule;
            Instructions does = rule.mod.instructions();
            if (!inOrder(packet, does.apply())) {
                return sent;
            }
            if (does.clear()) {
                set.clear();
            }
            does.write().forEach(action -> write(set, action));
            long metadata = Key.get(packet.key, Field.METADATA);
            Key.set(
                    packet.key,
                    Field.METADATA,
                    (metadata & ~does.metadataMask()) | (does.metadata() & does.metadataMask()));
            table = does.gotoTable();
        }
        inOrder(packet, ordered(set));
        return sent;
    }

    /** The key without what is not a field. */
    private static boolean takes(Match match, long[] key) {
        return match.takes(key);
    }

    private static void write(Map<Object, Action> set, Action action) {
        switch (action) {
            case Action.SetField now -> set.put(now.field(), afterwards(set.get(now.field()), now));
            case Action.Move move -> set.put(move.to(), move);
            default -> set.put(action.kind(), action);
        }
    }

    /** Two writes of one field as one: what the later one does not name stays as the earlier one has it. */
    private static Action afterwards(Action before, Action.SetField now) {
        return before instanceof Action.SetField first
                ? new Action.SetField(
                        now.field(),
                        chosen(first.high(), now.high(), now.maskHigh()),
                        chosen(first.value(), now.value(), now.mask()),
                        chosen(first.maskHigh(), -1, now.maskHigh()),
                        chosen(first.mask(), -1, now.mask()))
                : now;
    }

    private static long chosen(long before, long now, long mask) {
        long bits = 0;
        for (int i = 0; i < 64; i++) {
            bits |= ((mask >>> i & 1) == 1 ? now : before) & 1L << i;
        }
        return bits;
    }

    private static List<Action> ordered(Map<Object, Action> set) {
        List<Action.Kind> order = List.of(
                Action.Kind.COPY_TTL_IN,
                Action.Kind.POP_VLAN,
                Action.Kind.POP_MPLS,
                Action.Kind.POP_PBB,
                Action.Kind.PUSH_MPLS,
                Action.Kind.PUSH_PBB,
                Action.Kind.PUSH_VLAN,
                Action.Kind.COPY_TTL_OUT,
                Action.Kind.DEC_NW_TTL,
                Action.Kind.DEC_MPLS_TTL);
        List<Action> actions = new ArrayList<>();
        for (Action.Kind kind : order) {
            set.values().stream().filter(a -> a.kind() == kind).forEach(actions::add);
        }
        set.values().stream()
                .filter(a -> !order.contains(a.kind()))
                .filter(a -> a.kind() != Action.Kind.GROUP && a.kind() != Action.Kind.OUTPUT)
                .forEach(actions::add);
        boolean hasGroup = set.containsKey(Action.Kind.GROUP);
        Action last = set.get(hasGroup ? Action.Kind.GROUP : Action.Kind.OUTPUT);
        if (last != null) {
            actions.add(last);
        }
        return actions;
    }

    private boolean inOrder(Packet packet, List<Action> actions) {
        for (Action action : actions) {
            if (!one(packet, action)) {
                return false;
            }
        }
        return true;
    }

    private boolean one(Packet p, Action action) {
        int reason = switch (action) {
            case Action.Output output -> output(p, output);
            case Action.Group group -> group(p, groups.get(group.group()));
            case Action.SetField s ->
                Editor.set(p.frame, p.headers, p.key, s.field(), s.high(), s.value(), s.maskHigh(), s.mask());
            case Action.Move m ->
                Editor.move(p.frame, p.headers, p.key, m.from(), m.fromOffset(), m.to(), m.toOffset(), m.bits());
            case Action.PushVlan push -> Tags.pushVlan(p.frame, p.headers, p.key, push.etherType());
            case Action.PopVlan _ -> Tags.popVlan(p.frame, p.headers, p.key);
            case Action.PushMpls push -> Tags.pushMpls(p.frame, p.headers, p.key, push.etherType());
            case Action.PopMpls pop -> Tags.popMpls(p.frame, p.headers, p.key, pop.etherType());
            case Action.PushPbb push -> Tags.pushPbb(p.frame, p.headers, p.key, push.etherType());
            case Action.PopPbb _ -> Tags.popPbb(p.frame, p.headers, p.key);
            case Action.SetMplsTtl set -> Ttl.setMpls(p.frame, p.headers, set.ttl());
            case Action.DecMplsTtl _ -> Ttl.decrementMpls(p.frame, p.headers);
            case Action.SetNwTtl set -> Ttl.set(p.frame, p.headers, p.key, set.ttl());
            case Action.DecNwTtl _ -> Ttl.decrement(p.frame, p.headers, p.key);
            case Action.CopyTtlOut _ -> Ttl.copyOut(p.frame, p.headers, p.key);
            case Action.CopyTtlIn _ -> Ttl.copyIn(p.frame, p.headers, p.key);
            case Action.SetQueue _ -> Reason.FINE;
            case Action.Translate t ->
                translator.translate(p.frame, p.headers, p.key, t.share(), t.direction(), 0) == Verdict.PASS
                        ? Reason.FINE
                        : Reason.NOT_SETTABLE;
        };
        if (reason == Reason.INVALID_TTL) {
            told(p, "INVALID_TTL", 128);
        }
        return reason == Reason.FINE || reason == Reason.ABSENT;
    }

    private int output(Packet packet, Action.Output output) {
        int inPort = packet.frame.inPort;
        switch (output.port()) {
            case Ports.IN_PORT -> sent(inPort, hex(packet, Integer.MAX_VALUE));
            case Ports.FLOOD, Ports.ALL -> {
                for (int port = 1; port <= ports; port++) {
                    if (port != inPort) {
                        sent(port, hex(packet, Integer.MAX_VALUE));
                    }
                }
            }
            case Ports.CONTROLLER -> told(packet, "ACTION", output.maxLength());
            default -> {
                if (output.port() != inPort) {
                    sent(output.port(), hex(packet, Integer.MAX_VALUE));
                }
            }
        }
        return Reason.FINE;
    }

    private int group(Packet packet, GroupMod group) {
        if (group.type() == GroupType.SELECT) {
            throw new IllegalArgumentException("which bucket is the switch's own business");
        }
        for (Bucket bucket : group.buckets()) {
            Packet copy = packet(packet.frame.inPort, HexFormat.of().parseHex(hex(packet, Integer.MAX_VALUE)));
            Parser.parse(copy.frame, copy.headers, copy.key);
            Key.set(copy.key, Field.METADATA, Key.get(packet.key, Field.METADATA));
            copy.by = packet.by;
            Map<Object, Action> set = new LinkedHashMap<>();
            bucket.actions().forEach(action -> write(set, action));
            inOrder(copy, ordered(set));
            if (group.type() != GroupType.ALL) {
                break;
            }
        }
        return Reason.FINE;
    }

    private void told(Packet packet, String reason, int maxLength) {
        FlowMod rule = packet.by.mod;
        sent(
                Ports.CONTROLLER,
                told(
                        reason,
                        rule.table(),
                        rule.cookie(),
                        Key.get(packet.key, Field.METADATA),
                        packet.frame.length,
                        hex(packet, maxLength)));
    }

    static String told(String reason, int table, long cookie, long metadata, int length, String data) {
        return reason + " table " + table + " cookie " + cookie + " metadata " + metadata + " of " + length + " "
                + data;
    }

    private void sent(int port, String what) {
        sent.computeIfAbsent(port, _ -> new ArrayList<>()).add(what);
    }

    private static String hex(Packet packet, int most) {
        byte[] octets = new byte[Math.min(most, packet.frame.length)];
        MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_BYTE, packet.frame.address, octets, 0, octets.length);
        return HexFormat.of().formatHex(octets);
    }
}
