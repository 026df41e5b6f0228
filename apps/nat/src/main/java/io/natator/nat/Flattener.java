package io.natator.nat;

import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instructions.TableTypeTransition;

/**
 * Multiplies a pipeline out into one table. Every way through the pipeline that a packet can take becomes one rule;
 * ways are ordered by the priorities along them, first stage first, so the same way wins. Rules that can
 * never be reached are left out.
 */
final class Flattener {
    private final List<List<Rule>> stages = new ArrayList<>();
    private final int table;
    private final int limit;
    private final Set<IpPrefix> probed;
    private final Set<IpPrefix> links;
    private final FlatPriority priorities;
    private final Map<Identity, Rule> rules = new LinkedHashMap<>();
    private final Covers covers = new Covers();

    private record Identity(int priority, Match match) {}

    /**
     * @param table number of the one table
     * @param limit most rules
     * @param probed of addresses that are rewritten as a whole, those for which probes are let through
     * @param links prefixes on links: bindings have no rules for them
     */
    Flattener(Program program, int table, int limit, Set<IpPrefix> probed, Set<IpPrefix> links) {
        for (Stage stage : Stage.values()) {
            stages.add(sorted(program, stage));
        }
        this.links = links;
        this.table = table;
        this.limit = limit;
        this.probed = probed;
        this.priorities = new FlatPriority(program);
    }

    /** Rules of a stage, highest priority first. */
    static List<Rule> sorted(Program program, Stage stage) {
        List<Rule> sorted = new ArrayList<>(program.rules(stage));
        sorted.sort(Comparator.comparingInt(Rule::priority).reversed());
        return sorted;
    }

    /** The rules; empty if there are more than the limit. */
    Optional<List<Rule>> rules() {
        return priorities.fits() && expand(Path.START, 0, Optional.empty())
                ? Optional.of(List.copyOf(rules.values()))
                : Optional.empty();
    }

    /**
     * Follows all ways on from a stage; false if there are too many.
     *
     * @param before what the stage before did
     */
    private boolean expand(Path path, int stage, Optional<Rule> before) {
        for (Rule rule : stages.get(stage)) {
            Optional<Path> next = path.through(rule, priorities.of(stage, rule.priority()));
            if (next.isEmpty()
                    || isIdleProbe(rule, next.get())
                    || isIdleException(rule, stage, before)
                    || isDone(rule, stage, path)) {
                continue;
            }
            TableTypeTransition transition = rule.treatment().tableTransition();
            boolean room = transition == null
                    ? add(next.get(), next.get().actions())
                    : expand(next.get(), transition.tableId(), Optional.of(rule));
            if (!room) {
                return false;
            }
            if (next.get().sameConditions(path)) {
                return true;
            }
        }
        // What no rule of this stage takes is dropped, and must not fall to a way of lower priority. At the first
        // stage it is none of our business.
        return stage == 0 || add(path, Actions.drop());
    }

    private boolean isIdleProbe(Rule rule, Path path) {
        return rule.priority() == Priority.PROBE && !path.rewritesOnly(probed);
    }

    /** Where bindings have no rules there is nothing to be kept from them. */
    private boolean isIdleException(Rule rule, int stage, Optional<Rule> before) {
        return rule.priority() == Priority.UNBOUND
                && stage == Stage.TO_OUTSIDE.index()
                && before.filter(b -> FlatBindings.isWayOut(b, links)).isEmpty();
    }

    /** What a software switch sends back has all that rules could do, if it was sent there at all. */
    private static boolean isDone(Rule rule, int stage, Path path) {
        return stage == Stage.TO_OUTSIDE.index()
                && path.exact().containsKey(Criterion.Type.VLAN_VID)
                && Path.rewrites(rule);
    }

    private boolean add(Path path, Actions actions) {
        if (covers.hide(path)) {
            return true;
        }
        Match match = path.match();
        Rule rule = new Rule(path.owner(), table, path.priority(), match, actions);
        Rule before = rules.putIfAbsent(new Identity(path.priority(), match), rule);
        // Exempt destinations may overlap: then two ways of one effect come down to the same packets.
        if (before != null && !before.treatment().equals(actions)) {
            throw new IllegalStateException("ambiguous: " + before + " and " + rule);
        }
        covers.add(path);
        return rules.size() <= limit;
    }
}
