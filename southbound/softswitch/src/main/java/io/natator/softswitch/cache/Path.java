package io.natator.softswitch.cache;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.program.ActionSet;
import io.natator.softswitch.program.Compiler;
import io.natator.softswitch.program.Op;
import io.natator.softswitch.program.Program;
import io.natator.softswitch.table.Dependent;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Origins;
import io.natator.softswitch.table.Rule;
import java.util.Arrays;

/** A way through the tables: the rules met, and all that they do as one program. Entries of the cache share it. */
public final class Path implements Dependent, Origins {
    /** How a way ends. */
    public enum End {
        /** The last rule goes to no further table: the action set is done. */
        DONE,
        /** No rule of {@link Path#nextTable} takes the packet. */
        MISS,
        /** The packet ended within the last rule. */
        STOPPED,
        /**
         * What comes in {@link Path#nextTable} cannot be known from the key as it came: every packet is looked up again, as it
         * then is.
         */
        RESUME
    }

    /** Octets that come from memory at once. */
    private static final int LINE = 64;

    private final PathTable owner;
    private final FlowTables tables;
    private final Counts counts;
    private final Rule[] rules;
    /** Of each rule its index among the rule's dependents. */
    private final int[] places;

    private final End end;
    private final int nextTable;
    private final long[] code;
    /** Word after the last one of each rule. */
    private final int[] ends;

    private final boolean sends;
    private final long hash;
    /** The way that packets came before they were looked up again; null: as they came in. */
    private final Path before;

    private final int id;
    /** The first translation; null: there is none. */
    private final Action.Translate translate;

    private boolean gone;
    /** The first version in which one of its rules is not seen any more. */
    private long until = Long.MAX_VALUE;

    private int entries;
    private long packets;
    private long bytes;
    private long lastUsed;

    /** What of the key is not as it came, before each rule; null: all of it is. */
    private Rewritten[] rewritten;

    Path(
            PathTable owner,
            FlowTables tables,
            Counts counts,
            Path before,
            Rule[] rules,
            End end,
            int nextTable,
            long hash,
            int id) {
        this.owner = owner;
        this.before = before;
        this.id = id;
        this.tables = tables;
        this.counts = counts;
        this.rules = rules;
        this.end = end;
        this.nextTable = nextTable;
        this.hash = hash;
        places = new int[rules.length];
        ends = new int[rules.length];
        Program.Builder builder = new Program.Builder();
        ActionSet set = new ActionSet();
        if (before != null) {
            before.writeTo(set);
        }
        for (int i = 0; i < rules.length; i++) {
            places[i] = rules[i].depend(this);
            until = Math.min(until, rules[i].until());
            Program part = rules[i].program();
            if (part.mayTell()) {
                builder.add(Op.ORIGIN, i, 0);
            }
            builder.add(part);
            ends[i] = builder.size();
            set.take(rules[i].instructions());
        }
        if (end == End.DONE) {
            Program last = Compiler.set(set);
            if (last.mayTell()) {
                builder.add(Op.ORIGIN, rules.length - 1, 0);
            }
            builder.add(last);
        }
        Program program = end == End.DONE ? builder.end().build() : builder.build();
        code = program.code();
        sends = program.sends() || (before != null && before.sends);
        translate = translation(rules);
    }

    private void writeTo(ActionSet set) {
        if (before != null) {
            before.writeTo(set);
        }
        for (Rule rule : rules) {
            set.take(rule.instructions());
        }
    }

    private static Action.Translate translation(Rule[] rules) {
        for (Rule rule : rules) {
            for (Action action : rule.instructions().apply()) {
                if (action instanceof Action.Translate found) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Of those that go on, which one it is: 1 to {@link Key#RESUMED}, of no other as long as the cache is not cleared. */
    public int id() {
        return id;
    }

    /** The first translation on the way; null if there is none. */
    public Action.Translate translate() {
        return translate;
    }

    /** The words of a program: what the rules do, and then the action set. */
    public long[] code() {
        return code;
    }

    /** Where the action set starts in the program. */
    public int setStart() {
        return rules.length == 0 ? 0 : ends[rules.length - 1];
    }

    /** Number of rules met. */
    public int length() {
        return rules.length;
    }

    /** The rule met as number {@code i}. */
    @Override
    public Rule rule(int i) {
        return rules[i];
    }

    public End end() {
        return end;
    }

    /** Where it goes on; −1 if it does not. */
    public int nextTable() {
        return nextTable;
    }

    /** False if a rule of it changed, or another one would take its packets now. */
    public boolean valid() {
        return !gone && tables.version() < until;
    }

    /** Reads what a packet will need, so that it is near then; what it returns means nothing. */
    public long touch() {
        long sum = packets + rules.length;
        for (int i = 0; i < code.length; i += LINE / Long.BYTES) {
            sum += code[i];
        }
        return sum;
    }

    /** Counts a packet that went all the way. */
    public void count(int octets, long now) {
        packets++;
        bytes += octets;
        lastUsed = now;
        if (gone) {
            settle(); // nobody will ask any more
        }
    }

    /** Counts a packet that ended at operation {@code at}: rules behind have not met it. */
    public void countStopped(int at, int octets, long now) {
        for (int i = 0; i < rules.length && (i == 0 || ends[i - 1] <= at); i++) {
            rules[i].count(1, octets, now);
            tables.table(rules[i].table()).count(1, 1);
        }
    }

    @Override
    public void settle() {
        if (packets == 0) {
            return;
        }
        for (Rule rule : rules) {
            rule.count(packets, bytes, lastUsed);
            tables.table(rule.table()).count(packets, packets);
        }
        if (end == End.MISS) {
            tables.table(nextTable).count(packets, 0);
            counts.add(Count.TABLE_MISS, packets);
        } else if (end == End.DONE && !sends) {
            counts.add(Count.DROPPED_BY_RULE, packets);
        }
        packets = 0;
        bytes = 0;
    }

    @Override
    public void invalidate() {
        settle();
        gone = true;
        for (int i = 0; i < rules.length; i++) {
            rules[i].release(places[i]);
        }
        owner.remove(this);
        counts.add(Count.CACHE_INVALIDATED, entries);
    }

    @Override
    public void until(long version) {
        until = Math.min(until, version);
    }

    @Override
    public void moved(Rule rule, int index, int now) {
        for (int i = 0; i < rules.length; i++) {
            if (rules[i] == rule && places[i] == index) {
                places[i] = now;
            }
        }
    }

    /** An entry of the cache leads here. */
    void enter() {
        entries++;
    }

    /** An entry is gone; with the last one the path goes. */
    void leave() {
        if (--entries == 0 && !gone) {
            invalidate();
        }
    }

    int entries() {
        return entries;
    }

    long hash() {
        return hash;
    }

    boolean is(Path came, Rule[] walked, int count, End how, int table) {
        return end == how
                && nextTable == table
                && before == came
                && Arrays.equals(rules, 0, rules.length, walked, 0, count);
    }

    /** What of the key was not as it came when each table was asked; entries of one path agree on that. */
    void rewritten(Rewritten[] before) {
        rewritten = before;
    }

    /** True if a new rule could take packets that go this way, as far as the path alone says. */
    boolean challenged(Rule by) {
        int step = step(by.table());
        if (step < 0 || (step < rules.length && rules[step].priority() > by.priority())) {
            return false;
        }
        return rewritten == null || rewritten[step] == null || rewritten[step].mayMatch(by.match());
    }

    /** Bits of the key that are as they came when this table is asked; null: all. */
    long[] changedBefore(int table) {
        int step = step(table);
        return rewritten == null || rewritten[step] == null ? null : rewritten[step].changed();
    }

    private int step(int table) {
        for (int i = 0; i < rules.length; i++) {
            if (rules[i].table() == table) {
                return i;
            }
        }
        return end == End.MISS && nextTable == table ? rules.length : -1;
    }
}
