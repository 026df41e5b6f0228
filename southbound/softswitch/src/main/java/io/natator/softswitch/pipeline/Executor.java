package io.natator.softswitch.pipeline;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Event.PacketInReason;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Editor;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.frame.Tags;
import io.natator.softswitch.frame.Ttl;
import io.natator.softswitch.group.Group;
import io.natator.softswitch.group.GroupTable;
import io.natator.softswitch.meter.DropPrecedence;
import io.natator.softswitch.meter.Meter;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.program.Op;
import io.natator.softswitch.program.Program;
import io.natator.softswitch.steps.Translator;
import io.natator.softswitch.steps.Verdict;
import io.natator.softswitch.table.Origins;
import io.natator.softswitch.table.Rule;

/**
 * Runs {@link Program}s on one packet after the other. A frame that was sent somewhere and is then changed is copied first:
 * what was sent stays as it was.
 */
public final class Executor {
    /** The program ran to its end. */
    public static final int ENDED = -1;

    /** Octets around a copy: as much as a few tags take, and the interface's header. */
    private static final int ROOM = 128;
    /** Most buckets that one packet goes to. */
    private static final int MAX_BUCKETS = 1024;
    /** Octets of a packet-in about an invalid TTL (OpenFlow 1.3.5, section 7.3.1: the default of miss_send_len). */
    private static final int INVALID_TTL_LENGTH = 128;

    private static final Field[] FIELDS = Field.values();

    private final Outlet outlet;
    private final GroupTable groups;
    private final MeterTable meters;
    private final Translation translation;
    private final Counts counts;
    private final boolean dry;
    /** By depth of groups: 0 is the packet itself, others are of buckets. */
    private final Level[] levels = new Level[GroupTable.MAX_DEPTH + 1];

    private int depth;
    private int buckets;
    private long now;
    private int queue;
    /** Rules of the program that runs, by {@link Op#ORIGIN}; null if it has none. */
    private Origins origins;

    private Rule origin;
    private int stopReason;

    /** A packet, or a copy of it in a bucket. */
    private static final class Level {
        Frame frame = new Frame();
        Headers headers = new Headers();
        long[] key = new long[Key.WORDS];
        /** Its octets were sent, or belong to a level above: they must stay. */
        boolean shared;
    }

    /** For packets that are really sent. */
    public Executor(Outlet outlet, GroupTable groups, MeterTable meters, Translator translator, Counts counts) {
        this(outlet, groups, meters, translator::translate, counts, false);
    }

    /** @param dry true if nothing is to be counted and no meter used up: what would happen is all that is asked */
    Executor(Outlet outlet, GroupTable groups, MeterTable meters, Translation translation, Counts counts, boolean dry) {
        this.dry = dry;
        this.outlet = outlet;
        this.groups = groups;
        this.meters = meters;
        this.translation = translation;
        this.counts = counts;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new Level();
        }
    }

    /** A new packet; all three are changed by what runs. */
    public void begin(Frame frame, Headers headers, long[] key, long time) {
        Level level = levels[0];
        level.frame = frame;
        level.headers = headers;
        level.key = key;
        level.shared = false;
        depth = 0;
        buckets = 0;
        queue = -1;
        origin = null;
        origins = null;
        now = time;
    }

    /** All packets so far are done: nothing that was copied for them is needed after it was sent. */
    public void ready() {
        outlet.next();
    }

    /** The rule that acts from now on. */
    public void origin(Rule rule) {
        origin = rule;
    }

    /** Why the last program stopped: one of {@link Reason}, or {@link Reason#FINE} for any other cause. */
    public int stopReason() {
        return stopReason;
    }

    /** Runs the words of a program whose rules {@code of} knows. */
    public int run(long[] code, int from, Origins of) {
        origins = of;
        return run(code, from);
    }

    /**
     * Runs the words of a program from an operation on.
     *
     * @return {@link #ENDED}, or where the operation is with which the packet ended
     */
    public int run(long[] code, int from) {
        Level level = levels[depth];
        for (int at = from; at < code.length; ) {
            long word = code[at];
            int op = Program.op(word);
            if (op < Op.FIRST_THAT_KEEPS) {
                if (level.shared && !own(level)) {
                    counts.add(Count.COPY_MEMORY_FULL);
                    stopReason = Reason.FINE;
                    return at;
                }
                if (op == Op.TRANSLATE) {
                    if (!translate(level, word)) {
                        return at;
                    }
                } else {
                    int reason = edit(level, code, at, word, op);
                    if (reason != Reason.FINE && !goesOn(level, reason)) {
                        return at;
                    }
                }
            } else if (op == Op.OUTPUT) {
                level.shared = true;
                outlet.port(Program.a(word), level.frame, false, queue);
            } else if (!other(level, word, op)) {
                return at;
            }
            at += Program.length(word);
        }
        return ENDED;
    }

    /** Operations that change the frame or its key. Returns one of {@link Reason}. */
    private static int edit(Level level, long[] code, int at, long word, int op) {
        Frame frame = level.frame;
        Headers headers = level.headers;
        long[] key = level.key;
        int a = Program.a(word);
        return switch (op) {
            case Op.SET_FIELD -> Editor.set(frame, headers, key, FIELDS[a], 0, code[at + 1], 0, code[at + 2]);
            case Op.SET_WIDE ->
                Editor.set(frame, headers, key, FIELDS[a], code[at + 1], code[at + 2], code[at + 3], code[at + 4]);
            case Op.MOVE -> move(level, FIELDS[a], FIELDS[Program.b(word)], (int) code[at + 1]);
            case Op.DEC_NW_TTL -> Ttl.decrement(frame, headers, key);
            case Op.SET_NW_TTL -> Ttl.set(frame, headers, key, a);
            case Op.PUSH_VLAN -> Tags.pushVlan(frame, headers, key, a);
            case Op.POP_VLAN -> Tags.popVlan(frame, headers, key);
            case Op.PUSH_MPLS -> Tags.pushMpls(frame, headers, key, a);
            case Op.POP_MPLS -> Tags.popMpls(frame, headers, key, a);
            case Op.PUSH_PBB -> Tags.pushPbb(frame, headers, key, a);
            case Op.POP_PBB -> Tags.popPbb(frame, headers, key);
            case Op.SET_MPLS_TTL -> Ttl.setMpls(frame, headers, a);
            case Op.DEC_MPLS_TTL -> Ttl.decrementMpls(frame, headers);
            case Op.COPY_TTL_OUT -> Ttl.copyOut(frame, headers, key);
            case Op.COPY_TTL_IN -> Ttl.copyIn(frame, headers, key);
            case Op.METADATA -> {
                int metadata = Field.METADATA.word();
                key[metadata] = (key[metadata] & ~code[at + 2]) | code[at + 1];
                yield Reason.FINE;
            }
            default -> throw new IllegalStateException("operation " + op);
        };
    }

    /** Returns false if the packet ends here: refused, kept for later, or answered. */
    private boolean translate(Level level, long word) {
        Direction direction = Program.b(word) == 1 ? Direction.TO_OUTSIDE : Direction.TO_INSIDE;
        int verdict = translation.translate(level.frame, level.headers, level.key, Program.a(word), direction, now);
        if (verdict == Verdict.PASS) {
            return true;
        }
        stopReason = Reason.FINE;
        if (verdict == Verdict.REPLY) {
            level.shared = true;
            outlet.port(level.frame.inPort, level.frame, true, queue);
        }
        return false;
    }

    private static int move(Level level, Field from, Field to, int how) {
        return Editor.move(
                level.frame, level.headers, level.key, from, how & 0xFF, to, how >>> 8 & 0xFF, how >>> 16 & 0xFF);
    }

    /** Whether a packet goes on after an edit was not made. What was not there to be changed does not stop it. */
    private boolean goesOn(Level level, int reason) {
        counts.reason(reason);
        if (reason == Reason.ABSENT) {
            return true;
        }
        if (reason == Reason.INVALID_TTL) {
            outlet.controller(PacketInReason.INVALID_TTL, origin, INVALID_TTL_LENGTH, level.frame, level.key);
        }
        stopReason = reason;
        return false;
    }

    /** Operations that keep the frame. Returns false if the packet ends here. */
    private boolean other(Level level, long word, int op) {
        switch (op) {
            case Op.ORIGIN -> origin = origins.rule(Program.a(word));
            case Op.OUTPUT_IN_PORT -> {
                level.shared = true;
                outlet.port(level.frame.inPort, level.frame, true, queue);
            }
            case Op.FLOOD -> {
                level.shared = true;
                outlet.flood(level.frame, queue);
            }
            case Op.NORMAL -> {
                level.shared = true;
                outlet.normal(level.frame, level.key, queue);
            }
            case Op.CONTROLLER -> {
                PacketInReason reason =
                        origin != null && origin.isTableMiss() ? PacketInReason.NO_MATCH : PacketInReason.ACTION;
                outlet.controller(reason, origin, Program.a(word), level.frame, level.key);
            }
            case Op.TABLE -> outlet.tables(level.frame);
            case Op.GROUP -> group(level, Program.a(word), Program.b(word) == 1);
            case Op.SET_QUEUE -> queue = Program.a(word);
            case Op.METER -> {
                return meter(level, Program.a(word));
            }
            default -> throw new IllegalStateException("operation " + op);
        }
        return true;
    }

    private boolean meter(Level level, int id) {
        int verdict = dry ? Meter.PASS : meters.get(id).take(level.frame.length, now);
        if (verdict == Meter.PASS) {
            return true;
        }
        stopReason = Reason.FINE;
        if (verdict == Meter.DROP) {
            counts.add(Count.METERED);
            return false;
        }
        counts.add(Count.METER_REMARKED);
        long dscp = Key.get(level.key, Field.IP_DSCP);
        int raised = DropPrecedence.raise((int) dscp, verdict);
        if (raised == dscp) {
            return true;
        }
        if (level.shared && !own(level)) {
            counts.add(Count.COPY_MEMORY_FULL);
            return false;
        }
        Editor.set(level.frame, level.headers, level.key, Field.IP_DSCP, 0, raised, 0, Field.IP_DSCP.ones());
        return true;
    }

    private void group(Level level, int id, boolean last) {
        Group group = groups.get(id);
        if (group == null) {
            counts.add(Count.GROUP_GONE);
            return;
        }
        if (!dry) {
            group.count(level.frame.length);
        }
        switch (group.type()) {
            case ALL -> {
                for (int i = 0; i < group.buckets(); i++) {
                    bucket(level, group, i, last && i == group.buckets() - 1);
                }
            }
            case INDIRECT -> bucket(level, group, 0, last);
            case SELECT -> one(level, group, groups.select(group, level.key), last);
            case FAST_FAILOVER -> one(level, group, groups.firstLive(group), last);
        }
    }

    private void one(Level level, Group group, int bucket, boolean last) {
        if (bucket < 0) {
            counts.add(Count.GROUP_NO_LIVE_BUCKET);
        } else {
            bucket(level, group, bucket, last);
        }
    }

    /** A bucket works on a copy; if nothing follows, on the packet itself. */
    private void bucket(Level level, Group group, int i, boolean last) {
        if (++buckets > MAX_BUCKETS || depth + 1 == levels.length) {
            counts.add(Count.GROUP_LIMIT);
            return;
        }
        if (!dry) {
            group.countBucket(i, level.frame.length);
        }
        Level below = levels[depth + 1];
        Frame frame = level.frame;
        if (last) {
            Frame spareFrame = below.frame;
            Headers spareHeaders = below.headers;
            long[] spareKey = below.key;
            below.frame = frame;
            below.headers = level.headers;
            below.key = level.key;
            below.shared = level.shared;
            descend(group.program(i));
            below.frame = spareFrame;
            below.headers = spareHeaders;
            below.key = spareKey;
            return;
        }
        level.shared = true;
        view(frame, below.frame);
        Parser.parse(below.frame, below.headers, below.key);
        below.key[Field.METADATA.word()] = level.key[Field.METADATA.word()];
        below.key[Field.TUNNEL_ID.word()] = level.key[Field.TUNNEL_ID.word()];
        below.shared = true;
        descend(group.program(i));
    }

    private void descend(Program program) {
        int before = queue;
        depth++;
        run(program.code(), 0);
        depth--;
        queue = before;
    }

    private static void view(Frame of, Frame to) {
        to.address = of.address;
        to.length = of.length;
        to.headroom = of.headroom;
        to.tailroom = of.tailroom;
        to.inPort = of.inPort;
        to.offloadsOf(of);
    }

    /** Makes the frame one that may be changed. Returns false if there is no room for a copy. */
    private boolean own(Level level) {
        Frame frame = level.frame;
        long at = outlet.room(frame.length + 2 * ROOM);
        if (at == 0) {
            return false;
        }
        Memory.copy(frame.address, at + ROOM, frame.length);
        frame.address = at + ROOM;
        frame.headroom = ROOM / 2;
        frame.tailroom = ROOM / 2;
        level.shared = false;
        return true;
    }
}
