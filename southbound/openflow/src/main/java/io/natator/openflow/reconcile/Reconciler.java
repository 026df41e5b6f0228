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
    private final Schedule schedule;

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

    /** When a dump or check has to be answered. */
    private long deadline;

    private Patience patience;
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
        this.schedule = new Schedule(limits, now);
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
        schedule.lookSoon(now);
    }

    /** Time passed; false if the device is so late that the connection has to be given up. */
    public boolean tick(long now) {
        if (schedule.takeForgiveness(now) && verdicts.anyRefused()) {
            verdicts.forgive();
            memoryIsTrue = false;
            schedule.lookNow(now);
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

    private boolean inTime(long now) {
        Patience.Silence silence = patience.silence(install.steps(), now);
        if (silence == Patience.Silence.LONG) {
            counts.add(Count.BARRIERS_LATE);
            counts.add(Count.SYNCS_FAILED);
            events.accept(new SwitchEvent.SyncFailed(
                    datapathId,
                    target.generation(),
                    "no answer to the barrier within " + limits.barrier().toSeconds() + " s"));
        }
        return silence != Patience.Silence.TOO_LONG;
    }

    /** Does the next thing, if there is one and nothing is under way. */
    private void advance(long now) {
        if (install != null) {
            if (install.pump()) {
                Installation done = install;
                install = null;
                finish(new Outcome(changes, done.refused(), done.heldBack()), now);
            }
            return;
        }
        if (dump != null || check != null || desired == null) {
            return;
        }
        if (schedule.isDue(now)) {
            startDump(now);
        } else if (memoryIsTrue && desires != desiresDone) {
            check(
                    Diff.fromMemory(desired, memory.rules(), verdicts),
                    memory.rules().values(),
                    now);
        }
    }

    private void startDump(long now) {
        schedule.begun();
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
                schedule.succeeded(now);
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
        schedule.failed(now);
        events.accept(new SwitchEvent.SyncFailed(datapathId, desired.generation(), reason));
    }

    private void start(Changes found, long now) {
        changes = found;
        verdicts.repairing(found.altered());
        memory = expected(found);
        memoryIsTrue = false;
        if (found.isEmpty()) {
            finish(new Outcome(found, Map.of(), false), now);
            return;
        }
        install = new Installation(out, counts, found);
        patience = new Patience(limits.barrier().toNanos(), now);
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

    private void finish(Outcome outcome, long now) {
        Map<EncodedRule, ErrorMessage> refused = outcome.refused();
        refused.forEach((rule, error) -> verdicts.refuse(rule, error.toString()));
        memory = outcome.left(memory);
        memoryIsTrue = true;
        desiresDone = desiresTaken;
        outcome.count(counts);
        events.accept(outcome.event(datapathId, target.generation()));
        if (!changes.altered().isEmpty()) {
            schedule.lookAgain(now);
        }
        if (!refused.isEmpty()) {
            refusals.accept(Map.copyOf(refused));
        }
        changes = null;
        target = null;
        advance(now);
    }
}
