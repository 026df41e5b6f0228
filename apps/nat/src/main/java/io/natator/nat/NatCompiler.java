package io.natator.nat;

import io.natator.model.compile.Compilation;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.Offer;
import io.natator.model.compile.Placement;
import io.natator.model.compile.Surroundings;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Evaluator;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** Compiles translations. Stateless; the same input always gives the same rules in the same order. */
public final class NatCompiler implements Compiler {
    @Override
    public Compilation compile(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops,
            Surroundings surroundings) {
        List<Translation> sorted = sorted(translations);
        Serving serving = Serving.of(device, capabilities, sorted, surroundings);
        Context all = context(device, capabilities, sorted, nextHops, serving);
        List<Method> methods = methods(all, sorted, serving.services(), surroundings);
        String missing = device.translates() ? missing(all, capabilities) : "";
        Layout layout = Layout.of(capabilities, all.abilities());
        Context context = fitting(layout, all, methods);
        Layout.Plan plan = blockwise(layout.plan(context, methods), layout, context);
        List<Rule> rules = plan.problem().isEmpty() ? layout.rules(context, plan) : List.of();
        Map<String, Integer> counts = count(rules);
        Map<String, Placement> placements = new TreeMap<>();
        for (Layout.Share share : plan.shares()) {
            String id = share.method().translation().id();
            List<IpPrefix> translated = missing.isEmpty() ? share.work().translated() : List.of();
            String degraded = Stream.of(share.degraded(), unreached(all, context))
                    .filter(d -> !d.isEmpty())
                    .collect(Collectors.joining("; "));
            placements.put(id, new Placement(layout.how(share), counts.getOrDefault(id, 0), translated, degraded));
        }
        return new Compilation(
                rules,
                placements,
                wanted(context),
                serving.shares().list(),
                serving.shares().clients(),
                missing.isEmpty() && plan.problem().isEmpty() ? offers(layout, context, plan) : List.of(),
                missing.isEmpty() ? plan.problem() : missing);
    }

    /** What has no room for rules per host, and needs none, gets one for the block. */
    private static Layout.Plan blockwise(Layout.Plan plan, Layout layout, Context context) {
        if (plan.shares().stream().noneMatch(NatCompiler::lacksRoom)) {
            return plan;
        }
        return layout.plan(
                context,
                plan.shares().stream()
                        .map(s -> lacksRoom(s) ? s.method().asBlock() : s.method())
                        .toList());
    }

    private static boolean lacksRoom(Layout.Share share) {
        return share.method().blockwise() && share.work().partial();
    }

    /** Of devices that have software switches beside them. */
    private static List<Offer> offers(Layout layout, Context context, Layout.Plan plan) {
        List<Offer> offers = new ArrayList<>();
        for (Layout.Share share : plan.shares()) {
            Translation translation = share.work().translation();
            boolean offered = Bound.offered(translation) && context.reach() instanceof Reach.Linked;
            for (Part part : offered ? share.work().parts() : List.<Part>of()) {
                offers.add(new Offer(
                        translation.id(),
                        Shares.number(part.key()),
                        part.device(),
                        part.inside(),
                        part.outside(),
                        translation.pool().hardwareBindings(),
                        translation.pool().idle(),
                        layout.bindings(context, plan, part)));
            }
        }
        return offers;
    }

    /** ROUTED: with as many resolved hosts as the device has room for. */
    private static Context fitting(Layout layout, Context all, List<Method> methods) {
        if (!all.routed() || layout.holds(all, methods)) {
            return all;
        }
        int low = 0;
        int high = all.hosts().size();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (layout.holds(all.withHosts(middle), methods)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return all.withHosts(low);
    }

    private static String unreached(Context all, Context fitting) {
        int hosts = all.hosts().size();
        int reached = fitting.hosts().size();
        return hosts == reached
                ? ""
                : "needs a software switch: there is room for rules to " + reached + " of " + hosts
                        + " hosts on the links";
    }

    /** What the device lacks to do anything. */
    private static String missing(Context context, Capabilities capabilities) {
        for (Side side : List.of(Side.INSIDE, Side.OUTSIDE)) {
            if (context.ports(side).isEmpty()) {
                String names = context.device().ports().stream()
                        .filter(p -> p.side() == side)
                        .map(DevicePort::port)
                        .collect(Collectors.joining(", "));
                String there = capabilities.ports().stream()
                        .map(Capabilities.Port::name)
                        .collect(Collectors.joining(", "));
                return side + " port " + names + " is missing: the device has " + (there.isEmpty() ? "none" : there);
            }
        }
        if (context.device().mode() == Device.Mode.NORMAL
                && !context.abilities().can(Feature.NORMAL)) {
            return "the device has no forwarding of its own (output to NORMAL): set mode to TRANSPARENT or ROUTED";
        }
        return "";
    }

    private static Map<String, Integer> count(List<Rule> rules) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Rule rule : rules) {
            counts.merge(rule.owner(), 1, Integer::sum);
        }
        return counts;
    }

    private static Set<IpAddress> wanted(Context context) {
        Set<IpAddress> wanted = new TreeSet<>();
        if (context.routed()) {
            context.device().routes().stream()
                    .map(Route::nextHop)
                    .filter(a -> !context.nextHops().containsKey(a))
                    .forEach(wanted::add);
        }
        return wanted;
    }

    @Override
    public List<ProbeCase> probes(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Translation translation,
            Placement placement,
            long seed,
            Surroundings surroundings) {
        List<Translation> sorted = sorted(translations);
        Serving serving = Serving.of(device, capabilities, sorted, surroundings);
        Context context = context(device, capabilities, sorted, Map.of(), serving);
        Method method = Method.of(
                context,
                translation,
                new SharedInside(sorted),
                serving.services(),
                Optional.ofNullable(surroundings.refused().get(translation.id())));
        boolean anyHost = Layout.of(capabilities, context.abilities()).probesAnyHost(method);
        Evaluator evaluator =
                new Evaluator(device, capabilities, sorted, Map.of(), new ProbedSessions(serving.services()));
        return new Probes(context, evaluator, sorted, method, placement.translated(), seed).choose(anyHost);
    }

    private static List<Translation> sorted(List<Translation> translations) {
        return translations.stream()
                .sorted(Comparator.comparing(Translation::id))
                .toList();
    }

    private static Context context(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops,
            Serving serving) {
        Abilities abilities = Abilities.of(device, capabilities);
        return new Context(
                device,
                abilities,
                ResolvedPort.of(device, capabilities),
                new TreeMap<>(nextHops),
                translations.stream().anyMatch(t -> !t.isIpv4()),
                Marks.OWN,
                serving.reach(),
                !serving.services().itself(),
                Hairpins.of(device, translations, serving.services()),
                serving.served());
    }

    private static List<Method> methods(
            Context context, List<Translation> translations, Services services, Surroundings surroundings) {
        SharedInside shared = new SharedInside(translations);
        return translations.stream()
                .map(t -> Method.of(
                        context,
                        t,
                        shared,
                        services,
                        Optional.ofNullable(surroundings.refused().get(t.id()))))
                .toList();
    }
}
