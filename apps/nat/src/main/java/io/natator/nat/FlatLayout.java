package io.natator.nat;

import io.natator.model.compile.BindingRules;
import io.natator.model.device.Capabilities;
import io.natator.model.packet.Addresses;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** All stages in one table: what the pipeline does step by step, multiplied out. */
final class FlatLayout implements Layout {
    /** Products that are ever written down, whatever the table would hold. */
    private static final int MOST_RULES = 1 << 16;

    static final int[] STAGES = {0, 1, 2, 3};

    private final int table;
    private final int capacity;

    FlatLayout(Capabilities capabilities) {
        boolean none = capabilities.tables().isEmpty();
        table = none ? 0 : capabilities.tables().firstKey();
        capacity = none ? 0 : capabilities.tables().get(table).capacity();
    }

    /** Half of the table is for translations. */
    @Override
    public boolean holds(Context context, List<Method> methods) {
        List<Share> none = methods.stream().map(m -> share(m, 0, false)).toList();
        return flatten(context, none, Math.min(capacity, MOST_RULES) / 2).isPresent();
    }

    @Override
    public Plan plan(Context context, List<Method> methods) {
        for (boolean whole : List.of(true, false)) {
            List<Share> full =
                    methods.stream().map(m -> share(m, most(m), whole)).toList();
            if (fits(context, full)) {
                return new Plan(full, "");
            }
        }
        List<Share> shares = new ArrayList<>();
        methods.forEach(m -> shares.add(share(m, 0, false)));
        if (!fits(context, shares)) {
            return Plan.nothing(
                    methods,
                    "needs a software switch: table " + table + " holds " + capacity
                            + " rules, and the device alone needs more");
        }
        for (int i = 0; i < shares.size(); i++) {
            Method method = methods.get(i);
            int low = 0;
            int high = most(method);
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                shares.set(i, share(method, middle, false));
                if (fits(context, shares)) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            shares.set(i, share(method, low, false));
        }
        return new Plan(shares, "");
    }

    /** No host is done with less than a rule. */
    private int most(Method method) {
        return method.possible() ? Math.min(method.mostUnits(), Math.min(capacity, MOST_RULES)) : 0;
    }

    /** @param whole with what takes a rule for every pair of hosts */
    private Share share(Method method, int units, boolean whole) {
        Work work = whole ? method.work(units) : method.withoutPairs(units);
        String limit = "table " + table
                + (capacity < MOST_RULES
                        ? " holds " + capacity + " rules"
                        : " is given " + MOST_RULES + " rules at most");
        return new Share(method, work, true, Layout.degraded(method, work, limit));
    }

    private boolean fits(Context context, List<Share> shares) {
        return flatten(context, shares, Math.min(capacity, MOST_RULES)).isPresent();
    }

    private Optional<List<Rule>> flatten(Context context, List<Share> shares, int limit) {
        Program program = Layout.program(context, new Plan(shares, ""), STAGES);
        return new Flattener(program, table, limit, probed(shares), FlatBindings.links(context)).rules();
    }

    /** What probes are sent for: of blocks that are done host by host, the first and the last only. */
    private static Set<IpPrefix> probed(List<Share> shares) {
        Set<IpPrefix> probed = new HashSet<>();
        for (Share share : shares) {
            for (List<IpPrefix> side :
                    List.of(share.work().pairs().done(), share.work().paired())) {
                if (!side.isEmpty()) {
                    probed.add(Work.host(side.getFirst().address()));
                    probed.add(Work.host(Addresses.last(side.getLast())));
                }
            }
            for (IpAddress gateway : share.work().gateways()) {
                probed.add(Work.host(gateway));
                probed.add(Work.host(share.work().outside(gateway)));
            }
        }
        return probed;
    }

    @Override
    public List<Rule> rules(Context context, Plan plan) {
        return flatten(context, plan.shares(), MOST_RULES).orElseThrow();
    }

    @Override
    public BindingRules bindings(Context context, Plan plan, Part part) {
        return FlatBindings.of(context, Layout.program(context, plan, STAGES), table, part);
    }

    @Override
    public String how(Share share) {
        return Layout.how(PlacementText.of(share.method(), share.work()) + ", one table", share);
    }

    @Override
    public boolean probesAnyHost(Method method) {
        return method.masked();
    }
}
