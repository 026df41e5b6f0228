package io.natator.softswitch.table;

import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Event.RemovedReason;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refused;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The flow tables of a switch, and all ways in which their rules change (OpenFlow 1.3.5, sections 6.4 and 6.5). */
public final class FlowTables {
    private final Profile profile;
    private final Versions versions = new Versions();
    private final FlowTable[] tables;
    private final FlowCheck check;
    private final Expiry expiry = new Expiry();
    private final References references = new References();
    private final Consumer<Rule> installed;

    /**
     * @param groupExists says whether there is a group of this number
     * @param meterExists says whether there is a meter of this number
     * @param shareExists says whether there is a share of this id
     * @param installed told of every rule that packets may meet from now on which were looked for before, with notes taken;
     *     rules that go or change tell their {@link Dependent}s
     */
    public FlowTables(
            Profile profile,
            IntPredicate groupExists,
            IntPredicate meterExists,
            IntPredicate shareExists,
            Consumer<Rule> installed) {
        this.profile = profile;
        this.installed = installed;
        check = new FlowCheck(profile, groupExists, meterExists, shareExists);
        tables = new FlowTable[profile.tables()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new FlowTable(i, versions);
        }
    }

    /** Table {@code id}, 0 to one less than the profile has. */
    public FlowTable table(int id) {
        return tables[id];
    }

    /** What the rules refer to. */
    public References references() {
        return references;
    }

    /** The version of the rules that packets see now. */
    public long version() {
        return versions.current();
    }

    /** The changes that follow are seen by each other, and by packets from {@link #commit} on. */
    public void prepare() {
        versions.prepare();
    }

    /** Packets see all changes since {@link #prepare}. */
    public void commit(Journal journal) {
        versions.commit();
        journal.commit();
    }

    /**
     * Prepares one change. If it is refused, what the journal holds of it is to be taken back.
     *
     * @param now nanoseconds of the loop's clock
     */
    public void change(FlowMod mod, long now, Journal journal) throws Refused {
        check.check(mod);
        switch (mod.command()) {
            case ADD -> add(mod, now, journal);
            case MODIFY -> within(mod, selected(mod)).forEach(rule -> modify(rule, mod, journal));
            case MODIFY_STRICT -> strict(mod, selected(mod)).forEach(rule -> modify(rule, mod, journal));
            case DELETE -> within(mod, selected(mod)).forEach(rule -> delete(rule, RemovedReason.DELETE, now, journal));
            case DELETE_STRICT ->
                strict(mod, selected(mod)).forEach(rule -> delete(rule, RemovedReason.DELETE, now, journal));
        }
    }

    /** Removes all rules that send to a group which is deleted. */
    public void deleteGroup(int group, long now, Journal journal) {
        if (references.group(group) > 0) {
            deleteWhere(
                    rule -> FlowFilter.sendsToGroup(rule.instructions(), group),
                    RemovedReason.GROUP_DELETE,
                    now,
                    journal);
        }
    }

    /** Removes all rules that go through a meter which is deleted. */
    public void deleteMeter(int meter, long now, Journal journal) {
        if (references.meter(meter) > 0) {
            deleteWhere(rule -> rule.instructions().meter() == meter, RemovedReason.DELETE, now, journal);
        }
    }

    private void deleteWhere(Predicate<Rule> which, RemovedReason reason, long now, Journal journal) {
        for (FlowTable table : tables) {
            for (Rule rule : table.snapshot()) {
                if (rule.isSeen(versions.next()) && which.test(rule)) {
                    delete(rule, reason, now, journal);
                }
            }
        }
    }

    private void add(FlowMod mod, long now, Journal journal) throws Refused {
        FlowTable table = tables[mod.table()];
        if (has(mod, FlowMod.CHECK_OVERLAP)) {
            Rule other = table.classifier().overlapping(mod.match(), mod.priority(), versions.next());
            if (other != null) {
                throw new Refused(
                        ErrorType.FLOW_MOD_FAILED_OVERLAP,
                        "overlaps the rule with cookie 0x%x".formatted(other.cookie()));
            }
        }
        Rule old = table.classifier().get(mod.match(), mod.priority(), versions.next());
        if (old == null && table.size() >= profile.capacity()) {
            throw new Refused(
                    ErrorType.FLOW_MOD_FAILED_TABLE_FULL,
                    "table " + mod.table() + " is full: it holds " + profile.capacity() + " rules");
        }
        Rule rule = new Rule(mod, now, versions.next());
        if (old != null) {
            end(old, has(mod, FlowMod.RESET_COUNTS) ? null : rule, journal);
        }
        // What the old one took, the new one takes: packets of others stay where they are.
        put(rule, old == null, journal);
    }

    private void modify(Rule rule, FlowMod mod, Journal journal) {
        rule.settle();
        Rule changed = new Rule(rule, mod.instructions(), versions.next());
        end(rule, has(mod, FlowMod.RESET_COUNTS) ? null : changed, journal);
        put(changed, false, journal);
    }

    private void delete(Rule rule, RemovedReason reason, long now, Journal journal) {
        end(rule, null, journal);
        if (rule.has(FlowMod.SEND_FLOW_REM)) {
            journal.afterwards(() -> journal.event(new Event.FlowRemoved(reason, rule.describe(now))));
        }
    }

    private void put(Rule rule, boolean isNew, Journal journal) {
        boolean asked = tables[rule.table()].add(rule);
        references.count(rule.instructions(), 1);
        if (rule.expires()) {
            expiry.add(rule);
        }
        journal.undo(() -> {
            remove(rule);
            references.count(rule.instructions(), -1);
        });
        if (isNew) {
            journal.atCommit(() -> {
                if (asked || versions.noted()) {
                    installed.accept(rule);
                }
            });
        }
    }

    /** @param heir gets its counts; null: nobody */
    private void end(Rule rule, Rule heir, Journal journal) {
        rule.end(versions.next());
        tables[rule.table()].ended(1);
        references.count(rule.instructions(), -1);
        journal.undo(() -> {
            rule.stay();
            tables[rule.table()].ended(-1);
            references.count(rule.instructions(), 1);
        });
        journal.afterwards(() -> {
            remove(rule);
            tables[rule.table()].ended(-1);
            if (heir != null) {
                heir.inherit(rule);
            }
        });
    }

    private void remove(Rule rule) {
        rule.invalidate();
        tables[rule.table()].remove(rule);
        if (rule.heapIndex >= 0) {
            expiry.remove(rule);
        }
    }

    /** All that was noted at lookups is forgotten: nobody relies on it. */
    public void forgetLookups() {
        for (FlowTable table : tables) {
            table.classifier().forgetAsked();
        }
    }

    private static boolean has(FlowMod mod, int flag) {
        return (mod.flags() & flag) != 0;
    }

    private Predicate<Rule> selected(FlowMod mod) {
        boolean deletes = switch (mod.command()) {
            case DELETE, DELETE_STRICT -> true;
            case ADD, MODIFY, MODIFY_STRICT -> false;
        };
        return new FlowFilter(
                deletes ? mod.outPort() : Ports.ANY,
                deletes ? mod.outGroup() : Ports.GROUP_ANY,
                mod.cookie(),
                mod.cookieMask());
    }

    private List<Rule> within(FlowMod mod, Predicate<Rule> selected) {
        List<Rule> rules = new ArrayList<>();
        for (FlowTable table : tables) {
            if (mod.table() == Ports.TABLE_ALL || mod.table() == table.id()) {
                table.classifier().forEachWithin(mod.match(), versions.next(), rule -> {
                    if (selected.test(rule)) {
                        rules.add(rule);
                    }
                });
            }
        }
        return rules;
    }

    private List<Rule> strict(FlowMod mod, Predicate<Rule> selected) {
        List<Rule> rules = new ArrayList<>();
        for (FlowTable table : tables) {
            if (mod.table() == Ports.TABLE_ALL || mod.table() == table.id()) {
                Rule rule = table.classifier().get(mod.match(), mod.priority(), versions.next());
                if (rule != null && selected.test(rule)) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    /**
     * Removes rules whose time has come. Not while changes are prepared or tidied up.
     *
     * @param limit most rules that are looked at
     * @return how many were looked at: if {@code limit}, there may be more
     */
    public int expire(long now, int limit, Consumer<Event> to) {
        int looked = 0;
        while (looked < limit && expiry.next() <= now) {
            looked++;
            Rule rule = expiry.first();
            rule.settle();
            if (rule.ends() > now) {
                expiry.again(rule);
                continue;
            }
            remove(rule);
            references.count(rule.instructions(), -1);
            if (rule.has(FlowMod.SEND_FLOW_REM)) {
                RemovedReason reason =
                        rule.hardTimeoutAt(now) ? RemovedReason.HARD_TIMEOUT : RemovedReason.IDLE_TIMEOUT;
                to.accept(new Event.FlowRemoved(reason, rule.describe(now)));
            }
        }
        return looked;
    }

    /** A walk over all rules that a filter takes. */
    public Dump dump(Request.Filter filter) {
        List<Rule[]> snapshots = new ArrayList<>();
        for (FlowTable table : tables) {
            if (filter.table() == Ports.TABLE_ALL || filter.table() == table.id()) {
                snapshots.add(table.snapshot());
            }
        }
        return new Dump(snapshots, filter);
    }

    /** What the tables hold and how often they were asked. */
    public List<Reply.Table> describe() {
        List<Reply.Table> all = new ArrayList<>();
        for (FlowTable table : tables) {
            all.add(table.describe());
        }
        return all;
    }
}
