package io.natator.softswitch.table;

import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.program.Compiler;
import io.natator.softswitch.program.Program;
import java.util.Arrays;

/** A flow entry as it stands in a table (OpenFlow 1.3.5, section 5.2). Times are nanoseconds of the loop's clock. */
public final class Rule {
    private static final long SECOND = 1_000_000_000L;
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final Dependent[] NOBODY = {};

    private final int table;
    private final int priority;
    private final long cookie;
    private final int idleTimeout;
    private final int hardTimeout;
    private final int flags;
    private final Match match;
    private final long installed;
    /** The first version in which it is seen. */
    private final long since;
    /** The first version in which it is not seen any more. */
    private long until = FOR_EVER;

    private final Instructions instructions;
    /** What it does at once; null until a packet needs it. */
    private Program program;

    private long packets;
    private long bytes;
    private long lastUsed;

    private Dependent[] dependents = NOBODY;
    private int dependentCount;

    /** The next lower priority of the same match. */
    Rule next;
    /** Place in its table's list; −1 if it is in no table. */
    int index = -1;
    /** Place in the {@link Expiry}; −1 if it is not there. */
    int heapIndex = -1;
    /** When the {@link Expiry} looks at it. */
    long due;

    Rule(FlowMod mod, long now, long since) {
        table = mod.table();
        priority = mod.priority();
        cookie = mod.cookie();
        idleTimeout = mod.idleTimeout();
        hardTimeout = mod.hardTimeout();
        flags = mod.flags() & ~(FlowMod.RESET_COUNTS | FlowMod.CHECK_OVERLAP);
        match = mod.match();
        instructions = mod.instructions();
        installed = now;
        lastUsed = now;
        this.since = since;
    }

    /** The same rule with other instructions; its counts begin at 0. */
    Rule(Rule before, Instructions instructions, long since) {
        table = before.table;
        priority = before.priority;
        cookie = before.cookie;
        idleTimeout = before.idleTimeout;
        hardTimeout = before.hardTimeout;
        flags = before.flags;
        match = before.match;
        this.instructions = instructions;
        installed = before.installed;
        lastUsed = before.lastUsed;
        this.since = since;
    }

    /** True if packets and changes of this version see it. */
    boolean isSeen(long version) {
        return since <= version && version < until;
    }

    /** The first version in which it is not seen any more. */
    public long until() {
        return until;
    }

    /** It is not seen any more from this version on. */
    void end(long version) {
        until = version;
        for (int i = 0; i < dependentCount; i++) {
            dependents[i].until(version);
        }
    }

    /** Takes {@link #end} back. */
    void stay() {
        until = FOR_EVER;
        invalidate();
    }

    public int table() {
        return table;
    }

    public int priority() {
        return priority;
    }

    public long cookie() {
        return cookie;
    }

    public Match match() {
        return match;
    }

    public Instructions instructions() {
        return instructions;
    }

    /** What it does at once. */
    public Program program() {
        if (program == null) {
            program = Compiler.atOnce(instructions);
        }
        return program;
    }

    /** Of packets counted here. Those that dependents still hold are not in it. */
    public long packets() {
        return packets;
    }

    /** True while it is in its table. */
    public boolean installed() {
        return index >= 0;
    }

    /** True if it is the table-miss entry (section 5.4). */
    public boolean isTableMiss() {
        return priority == 0 && match.equals(Match.ANY);
    }

    /** Adds to its counters, unless it is not to count. */
    public void count(long morePackets, long moreBytes, long now) {
        if ((flags & FlowMod.NO_PKT_COUNTS) == 0) {
            packets += morePackets;
        }
        if ((flags & FlowMod.NO_BYT_COUNTS) == 0) {
            bytes += moreBytes;
        }
        lastUsed = Math.max(lastUsed, now);
    }

    /** @return its index among the dependents, by which it is taken away */
    public int depend(Dependent dependent) {
        if (dependentCount == dependents.length) {
            dependents = Arrays.copyOf(dependents, Math.max(2, dependentCount * 2));
        }
        dependents[dependentCount] = dependent;
        return dependentCount++;
    }

    /** Takes away what {@link #depend} put at {@code at}. */
    public void release(int at) {
        Dependent last = dependents[--dependentCount];
        dependents[dependentCount] = null;
        if (at != dependentCount) {
            dependents[at] = last;
            last.moved(this, dependentCount, at);
        }
    }

    void settle() {
        for (int i = 0; i < dependentCount; i++) {
            dependents[i].settle();
        }
    }

    void invalidate() {
        while (dependentCount > 0) {
            dependents[dependentCount - 1].invalidate();
        }
    }

    boolean expires() {
        return idleTimeout != 0 || hardTimeout != 0;
    }

    boolean hardTimeoutAt(long now) {
        return hardTimeout != 0 && now - installed >= hardTimeout * SECOND;
    }

    /** When it ends if no more packets come. */
    long ends() {
        long idle = idleTimeout == 0 ? Long.MAX_VALUE : lastUsed + idleTimeout * SECOND;
        long hard = hardTimeout == 0 ? Long.MAX_VALUE : installed + hardTimeout * SECOND;
        return Math.min(idle, hard);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Adds the counters of the rule whose place it took. */
    void inherit(Rule other) {
        packets += other.packets;
        bytes += other.bytes;
        lastUsed = Math.max(lastUsed, other.lastUsed);
    }

    long bytes() {
        return bytes;
    }

    /** It as it stands, with all counts. */
    Reply.Flow describe(long now) {
        settle();
        return new Reply.Flow(
                table,
                priority,
                cookie,
                idleTimeout,
                hardTimeout,
                flags,
                match,
                instructions,
                packets,
                bytes,
                now - installed);
    }
}
