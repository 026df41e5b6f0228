package io.natator.nat;

import io.natator.model.compile.BindingRules;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Rule;
import io.natator.model.session.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.IPCriterion;

/**
 * Bindings in one table: the pipeline's two rules, multiplied out with the ways that packets take most. What goes another way (to
 * hosts on the links, to outside addresses of the same device) finds the rules of the pool, of higher priority, and goes to the
 * software switch as ever: a rule left out costs nothing but the detour.
 *
 * @param inward from outside, one for each port
 * @param outward to routes that lead outside, for each inside port; TRANSPARENT: one for each
 */
record FlatBindings(String translation, int table, List<Way> inward, List<Way> outward) implements BindingRules {
    private static final Criterion IPV6 = Criteria.matchEthType(Ethernet.TYPE_IPV6);

    /**
     * To where an address is rewritten, and on.
     *
     * @param slots what the rewriting rule adds to the priority
     * @param onward highest priority first
     */
    private record Way(Path start, int slots, List<Onward> onward) {
        void follow(Rule rewrite, int table, List<Rule> out) {
            Path here = start.through(rewrite, slots).orElseThrow();
            for (Onward rule : onward) {
                Optional<Path> end = here.through(rule.rule, rule.slots);
                end.ifPresent(e -> out.add(new Rule(e.owner(), table, e.priority(), e.match(), e.actions())));
                if (end.filter(e -> e.sameConditions(here)).isPresent()) {
                    return;
                }
            }
        }
    }

    /** A rule of FORWARD and what it adds to the priority. */
    private record Onward(Rule rule, int slots) {}

    @Override
    public List<Rule> of(Binding binding) {
        if (inward.isEmpty() || outward.isEmpty()) {
            return List.of();
        }
        Program pair = new Program(FlatLayout.STAGES);
        Bound.rules(translation, binding, pair);
        List<Rule> rules = new ArrayList<>();
        inward.forEach(w -> w.follow(pair.rules(Stage.TO_INSIDE).getFirst(), table, rules));
        outward.forEach(w -> w.follow(pair.rules(Stage.TO_OUTSIDE).getFirst(), table, rules));
        return rules;
    }

    /** Prefixes on the links of gateways: each host there would need a rule for each binding. */
    static Set<IpPrefix> links(Context context) {
        return context.gateways().stream().map(Gateway::onLink).collect(Collectors.toSet());
    }

    /** What a rule of TO_INSIDE lets pass as it is, and not to a link, goes by rules of bindings. */
    static boolean isWayOut(Rule toInside, Set<IpPrefix> links) {
        boolean link = toInside.selector().getCriterion(Criterion.Type.IPV4_DST) instanceof IPCriterion dst
                && links.contains(dst.ip());
        return toInside.table() == Stage.TO_INSIDE.index()
                && toInside.priority() < Priority.LEFTOVER
                && !link
                && goesTo(toInside, Stage.TO_OUTSIDE);
    }

    private static boolean goesTo(Rule rule, Stage stage) {
        return rule.treatment().tableTransition() != null
                && rule.treatment().tableTransition().tableId() == stage.index();
    }

    /** @param program all rules of the device, by stages */
    static FlatBindings of(Context context, Program program, int table, Part part) {
        return new Finder(program, links(context)).find(table, part);
    }

    /** Looks for the ways. */
    private static final class Finder {
        private final Program program;
        private final FlatPriority priorities;
        private final Set<IpPrefix> links;
        private final List<Rule> toInside;
        private final List<Onward> forward;

        Finder(Program program, Set<IpPrefix> links) {
            this.program = program;
            this.links = links;
            priorities = new FlatPriority(program);
            toInside = Flattener.sorted(program, Stage.TO_INSIDE);
            // Probes never come by bindings.
            forward = Flattener.sorted(program, Stage.FORWARD).stream()
                    .filter(r -> r.priority() != Priority.PROBE)
                    .map(r -> new Onward(r, slots(Stage.FORWARD, r.priority())))
                    .toList();
        }

        private int slots(Stage stage, int priority) {
            return priorities.of(stage.index(), priority);
        }

        FlatBindings find(int table, Part part) {
            List<Way> inward = new ArrayList<>();
            List<Way> outward = new ArrayList<>();
            for (Rule admitted : program.rules(Stage.ADMISSION)) {
                Path path = Path.START
                        .through(admitted, slots(Stage.ADMISSION, admitted.priority()))
                        .orElseThrow();
                boolean plain = admitted.priority() == Priority.BASE
                        && goesTo(admitted, Stage.TO_INSIDE)
                        && !IPV6.equals(path.exact().get(Criterion.Type.ETH_TYPE));
                if (plain && path.metadata() == Marks.OWN.outside()) {
                    List<Onward> there = forward.stream()
                            .filter(f -> mayLeadTo(part.inside(), f.rule))
                            .toList();
                    inward.add(new Way(path, slots(Stage.TO_INSIDE, Priority.BINDING), there));
                } else if (plain && path.metadata() == Marks.OWN.inside()) {
                    outward(path, outward);
                }
            }
            return new FlatBindings(
                    part.translation(),
                    table,
                    inward.stream().distinct().toList(),
                    outward.stream().distinct().toList());
        }

        private static boolean mayLeadTo(IpPrefix hosts, Rule rule) {
            return !(rule.selector().getCriterion(Criterion.Type.IPV4_DST) instanceof IPCriterion dst)
                    || dst.ip().contains(hosts)
                    || hosts.contains(dst.ip());
        }

        private void outward(Path from, List<Way> out) {
            List<Path> before = new ArrayList<>();
            for (Rule rule : toInside) {
                Optional<Path> path = from.through(rule, slots(Stage.TO_INSIDE, rule.priority()));
                if (path.isEmpty()) {
                    continue;
                }
                Path here = path.get();
                if (isWayOut(rule, links)) {
                    List<Onward> there = forward.stream()
                            .filter(f -> here.through(f.rule, f.slots)
                                    .filter(end -> before.stream().noneMatch(b -> takes(b, here, end)))
                                    .isPresent())
                            .toList();
                    out.add(new Way(here, slots(Stage.TO_OUTSIDE, Priority.BINDING), there));
                }
                before.add(here);
            }
        }

        /** Whoever goes {@code end} by {@code here} has gone by {@code before}, which asks for a destination and nothing else. */
        private static boolean takes(Path before, Path here, Path end) {
            IpPrefix dst = before.addresses().get(AddressField.IPV4_DST);
            IpPrefix wanted = end.addresses().get(AddressField.IPV4_DST);
            return dst != null
                    && wanted != null
                    && before.addresses().size() == 1
                    && before.exact().equals(here.exact())
                    && dst.contains(wanted);
        }
    }
}
