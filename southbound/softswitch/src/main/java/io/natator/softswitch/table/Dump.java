package io.natator.softswitch.table;

import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A walk over rules in bounded steps, between which packets pass and rules change. What is there from the beginning to the
 * end is met exactly once; what is removed meanwhile may be met or not; what is added is not.
 */
public final class Dump {
    private final List<Rule[]> snapshots;
    private final Request.Filter filter;
    private final FlowFilter restriction;
    private int table;
    private int at;

    Dump(List<Rule[]> snapshots, Request.Filter filter) {
        this.snapshots = snapshots;
        this.filter = filter;
        restriction = new FlowFilter(filter.outPort(), filter.outGroup(), filter.cookie(), filter.cookieMask());
    }

    /** True if all rules have been met. */
    public boolean done() {
        return table == snapshots.size();
    }

    /** Looks at up to {@code limit} more rules, and describes those that the filter takes. */
    public List<Reply.Flow> next(int limit, long now) {
        List<Reply.Flow> flows = new ArrayList<>();
        walk(limit, rule -> flows.add(rule.describe(now)));
        return flows;
    }

    private void walk(int limit, Consumer<Rule> to) {
        for (int left = limit; left > 0 && !done(); ) {
            Rule[] rules = snapshots.get(table);
            if (at == rules.length) {
                at = 0;
                table++;
                continue;
            }
            Rule rule = rules[at++];
            left--;
            if (rule.installed() && filter.match().contains(rule.match()) && restriction.test(rule)) {
                to.accept(rule);
            }
        }
    }
}
