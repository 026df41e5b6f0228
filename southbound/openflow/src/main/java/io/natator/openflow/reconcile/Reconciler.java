package io.natator.openflow.reconcile;

import io.natator.model.rule.Cookie;
import io.natator.model.southbound.SwitchEvent;
import io.natator.model.southbound.SwitchEvent.Failure;
import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowEntry;
import io.natator.openflow.codec.FlowRemoved;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps the rules of one connection as desired. At most one dump or install is under way; whatever is desired
 * meanwhile is taken up next. Times are in nanoseconds.
 */
public final class Reconciler {
    private final long datapathId;
    private final ReconcileLimits limits;
    private final Outlet out;
    private final Consumer<SwitchEvent> events;
    private final Consumer<Map<EncodedRule, ErrorMessage>> refusals;
    private final Counts counts;
    private final Verdicts verdicts = new Verdicts();

    private RuleTable desired;
    private Memory memory;
    private boolean memoryIsTrue;
    private int desires;
    private int desiresDone;
    private int desiresTaken;

    private Dump dump;
    private ForeignCheck check;
    private Installation install;
    private Changes changes;
    private RuleTable target;

    private long deadline;
    private long stepsSeen;
    private boolean late;
    private long nextDump;
    private long recheckAt = Long.MAX_VALUE;
    private long forgiveAt;
    private int failuresInARow;
    private int lost;

    /**
     * @param memory what an earlier connection of this datapath left, or {@link Memory#NONE}
     * @param refusals told of the rules that the device refused, after each install that had some
     */
    public Reconciler(
            long datapathId,
            ReconcileLimits limits,
            Outlet out,
            Consumer<SwitchEvent> events,
            Consumer<Map<EncodedRule, ErrorMessage>> refusals,
            Counts counts,
            Memory memory,
            long now) {
        this.datapathId = datapathId;
        this.limits = limits;
        this.out = out;
        this.events = events;
        this.refusals = refusals;
        this.counts = counts;
        this.memory = memory;
        this.nextDump = now;
        this.forgiveAt = now + limits.retryRefused().toNanos();
    }

    /** What we last left on the device. */
    public Memory memory() {
        return memory;
    }

    /** Replaces what is desired. */
    public void desire(RuleTable table, long now) {
        desired = table;
        desires++;
        verdicts.retain(table);
        advance(now);
    }

    /** The connection takes bytes again. */
    public void onWritable(long now) {
        advance(now);
    }

    /** A multipart reply; false if nobody here asked for it. */
    public boolean onMultipart(int xid, ByteBuf m, long now) {
        if (dump != null && dump.concerns(xid)) {
            deadline = now + limits.dump().toNanos();
            dumped(dump.onReply(xid, m), now);
            return true;
        }
        if (check != null && check.concerns(xid)) {
            deadline = now + limits.dump().toNanos();
            checked(check.onReply(xid, m), now);
            return true;
        }
        return false;
    }

    /** A barrier or bundle reply; false if it is none of ours. */
    public boolean onReply(int xid, ByteBuf m, long now) {
        if (install == null || !install.onReply(xid, m)) {
            return false;
        }
        advance(now);
        return true;
    }

    /** An error; false if it answers nothing of ours. */
    public boolean onError(int xid, ErrorMessage error, long now) {
        if (dump != null && dump.concerns(xid)) {
            dumped(dump.onError(xid, error), now);
            return true;
        }
        if (check != null && check.concerns(xid)) {
            checked(check.onError(xid, error), now);
            return true;
        }
        if (install != null && install.onError(xid, error)) {
            advance(now);
            return true;
        }
        return false;
    }

    /** A rule is gone. Ours that should be there is missed soon after, together with others that go at the same time. */
    public void onFlowRemoved(FlowRemoved removed, long now) {
        EncodedRule rule = removed.rule();
        EncodedRule had = memory.rules().get(rule);
        if (!rule.isOurs() || had == null || had.cookie() != rule.cookie()) {
            return;
        }
        counts.add(Count.RULES_REMOVED_BEHIND_OUR_BACK);
        lost++;
        lookSoon(now);
    }

    /**
     * Somebody else added or changed a rule, which is now like this. One of ours that is no longer what it was, or one
     * that is only made up to be ours, is looked at soon after.
     */
    public void onChangedByOthers(EncodedRule rule, long now) {
        EncodedRule had = memory.rules().get(rule);
        boolean wrong = had == null ? rule.isOurs() : had.cookie() != rule.cookie() || !had.sameEffect(rule);
        if (!wrong) {
            return;
        }
        counts.add(Count.RULES_ALTERED_BEHIND_OUR_BACK);
        lookSoon(now);
    }

    private void lookSoon(long now) {
        memoryIsTrue = false;
        if (recheckAt == Long.MAX_VALUE) {
            recheckAt = now + limits.debounce().toNanos();
        }
    }

    /** Time passed; false if the device is so late that the connection has to be given up. */
    public boolean tick(long now) {
        if (now >= forgiveAt && verdicts.anyRefused()) {
            verdicts.forgive();
            memoryIsTrue = false;
            nextDump = now;
        }
        if (now >= forgiveAt) {
            forgiveAt = now + limits.retryRefused().toNanos();
        }
        if ((dump != null || check != null) && now >= deadline) {
            failed("dump not answered within " + limits.dump().toSeconds() + " s", now);
        }
        if (install != null && !inTime(now)) {
            return false;
        }
        advance(now);
        return true;
    }

    /** Whether the device answers what it is sent; a first delay is told, the second one is too much. */
    private boolean inTime(long now) {
        if (install.steps() != stepsSeen) {
            stepsSeen = install.steps();
            late = false;
            deadline = now + limits.barrier().toNanos();
        } else if (now >= deadline) {
            if (late) {
                return false;
            }
            late = true;
            deadline = now + 2 * limits.barrier().toNanos();
            counts.add(Count.BARRIERS_LATE);
            counts.add(Count.SYNCS_FAILED);
            events.accept(new SwitchEvent.SyncFailed(
                    datapathId,
                    target.generation(),
                    "no answer to the barrier within " + limits.barrier().toSeconds() + " s"));
        }
        return true;
    }

    /** Does the next thing, if there is one and nothing is under way. */
    private void advance(long now) {
        if (install != null) {
            if (install.pump()) {
                Installation done = install;
                install = null;
                finish(done.refused(), done.heldBack(), now);
            }
            return;
        }
        if (dump != null || check != null || desired == null) {
            return;
        }
        if (now >= recheckAt || now >= nextDump) {
            startDump(now);
        } else if (memoryIsTrue && desires != desiresDone) {
            check(
                    Diff.fromMemory(desired, memory.rules(), verdicts),
                    memory.rules().values(),
                    now);
        }
    }

    private void startDump(long now) {
        recheckAt = Long.MAX_VALUE;
        nextDump = Long.MAX_VALUE;
        if (lost > 0) {
            events.accept(new SwitchEvent.RulesLost(datapathId, lost));
        }
        counts.add(Count.DUMPS);
        deadline = now + limits.dump().toNanos();
        dump = Dump.start(out, Wire.TABLE_ALL, Cookie.MARK, Cookie.MARK_MASK);
    }

    private void dumped(Dump.Progress progress, long now) {
        switch (progress) {
            case Dump.Progress.Reading() -> {}
            case Dump.Progress.Failed(String reason) -> failed(reason, now);
            case Dump.Progress.Done(var entries) -> {
                dump = null;
                failuresInARow = 0;
                nextDump = now + limits.resync().toNanos();
                Changes found = Diff.fromDump(desired, entries, memory.rules(), verdicts);
                if (found.restored() > lost) {
                    events.accept(new SwitchEvent.RulesLost(datapathId, found.restored() - lost));
                }
                boolean news = lost > 0 || !memoryIsTrue;
                lost = 0;
                if (found.isEmpty() && !news && desires == desiresDone) {
                    return; // the regular look: all is as it should be
                }
                check(found, entries.stream().map(FlowEntry::rule).toList(), now);
            }
        }
    }

    /**
     * Rules are only added where a rule of ours stands or stood, or where nobody's does.
     *
     * @param there rules of ours that the device holds now
     */
    private void check(Changes found, Collection<EncodedRule> there, long now) {
        changes = found;
        target = desired;
        desiresTaken = desires;
        Set<EncodedRule> places = new HashSet<>(found.adds());
        places.removeIf(memory.rules()::containsKey);
        if (!places.isEmpty()) {
            there.forEach(places::remove);
        }
        if (places.isEmpty()) {
            start(found, now);
            return;
        }
        deadline = now + limits.dump().toNanos();
        check = new ForeignCheck(out, places, there);
    }

    private void checked(ForeignCheck.Progress progress, long now) {
        switch (progress) {
            case ForeignCheck.Progress.Reading() -> {}
            case ForeignCheck.Progress.Failed(String reason) -> failed(reason, now);
            case ForeignCheck.Progress.Done(var conflicts) -> {
                check = null;
                for (EncodedRule rule : changes.adds()) {
                    if (conflicts.containsKey(rule)) {
                        verdicts.refuse(rule, conflicts.get(rule));
                    }
                }
                counts.add(Count.RULES_FOREIGN_CONFLICT, conflicts.size());
                start(conflicts.isEmpty() ? changes : changes.without(conflicts), now);
            }
        }
    }

    private void failed(String reason, long now) {
        dump = null;
        check = null;
        memoryIsTrue = false;
        counts.add(Count.DUMPS_FAILED);
        counts.add(Count.SYNCS_FAILED);
        failuresInARow++;
        long wait = limits.retry().toNanos() << Math.min(failuresInARow - 1, 5);
        nextDump = now + Math.min(wait, limits.resync().toNanos());
        events.accept(new SwitchEvent.SyncFailed(datapathId, desired.generation(), reason));
    }

    private void start(Changes found, long now) {
        changes = found;
        verdicts.repairing(found.altered());
        memory = expected(found);
        memoryIsTrue = false;
        if (found.isEmpty()) {
            finish(Map.of(), false, now);
            return;
        }
        install = new Installation(out, counts, found);
        stepsSeen = 0;
        late = false;
        deadline = now + limits.barrier().toNanos();
        advance(now);
    }

    /** What the device holds if nothing is refused. */
    private Memory expected(Changes found) {
        if (found.failures().isEmpty()) {
            return new Memory(target.rules());
        }
        Map<EncodedRule, EncodedRule> rules = new HashMap<>(target.rules());
        List<Failure> ignored = new ArrayList<>();
        rules.keySet().removeIf(rule -> verdicts.isRefused(rule, ignored));
        return new Memory(rules);
    }

    private void finish(Map<EncodedRule, ErrorMessage> refused, boolean heldBack, long now) {
        List<Failure> failures = new ArrayList<>(changes.failures());
        int removed = heldBack ? 0 : changes.deletes().size();
        if (!refused.isEmpty()) {
            Map<EncodedRule, EncodedRule> rules = new HashMap<>(memory.rules());
            refused.forEach((rule, error) -> {
                rules.remove(rule);
                verdicts.refuse(rule, error.toString());
                failures.add(rule.failure(error.toString()));
            });
            if (heldBack) {
                changes.deletes()
                        .forEach(rule -> rules.put(rule, rule)); // until other rules are desired, or the next dump
            }
            memory = new Memory(rules);
        }
        memoryIsTrue = true;
        desiresDone = desiresTaken;
        counts.add(Count.SYNCS);
        counts.add(Count.RULES_ADDED, changes.adds().size() - refused.size());
        counts.add(Count.RULES_REMOVED, removed);
        counts.add(Count.RULES_RESTORED, changes.restored());
        counts.add(Count.RULES_REFUSED, refused.size());
        events.accept(new SwitchEvent.Synced(
                datapathId,
                target.generation(),
                changes.adds().size() - refused.size(),
                changes.kept(),
                removed,
                changes.restoredByOwner(),
                failures));
        if (!changes.altered().isEmpty()) {
            recheckAt = now + limits.debounce().toNanos(); // did it help?
        }
        if (!refused.isEmpty()) {
            refusals.accept(Map.copyOf(refused));
        }
        changes = null;
        target = null;
        advance(now);
    }
}
