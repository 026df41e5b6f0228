package io.natator.core.plan;

import io.natator.core.DeviceView;
import io.natator.core.Neighborhood;
import io.natator.core.offload.Room;
import io.natator.model.compile.Announcement;
import io.natator.model.compile.Compilation;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.Placement;
import io.natator.model.compile.Refusal;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Computes plans. Stateless. */
public final class Planner {
    private final Compiler compiler;
    private final RoutePlanner routePlanner;

    public Planner(Compiler compiler, RoutePlanner routePlanner) {
        this.compiler = compiler;
        this.routePlanner = routePlanner;
    }

    /**
     * What would be if {@code devices} and {@code translations} were all there is.
     *
     * @param views what there is now
     * @param announced what is announced now
     * @param devices by id, valid
     * @param translations by id, valid
     * @param origins as they are now
     */
    public Plan plan(
            List<DeviceView> views,
            List<Announcement> announced,
            Map<String, Device> devices,
            Map<String, Translation> translations,
            RoutePlanner.Origins origins) {
        Map<String, DeviceView> before = new HashMap<>();
        views.forEach(v -> before.put(v.device().id(), v));
        Set<String> ids = new TreeSet<>(devices.keySet());
        ids.addAll(before.keySet());
        List<Plan.OfDevice> changes = new ArrayList<>();
        List<Proved> proved = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Steps steps = new Steps();
        Function<String, List<Translation>> placed = id -> translations.values().stream()
                .filter(t -> t.devices().contains(id))
                .toList();
        Neighborhood neighborhood = new Neighborhood(
                devices.values(),
                placed,
                id -> Optional.ofNullable(before.get(id)).flatMap(DeviceView::capabilities),
                id -> absent(Optional.ofNullable(before.get(id))));
        for (String id : ids) {
            Optional<DeviceView> view = Optional.ofNullable(before.get(id));
            Optional<Device> device = Optional.ofNullable(devices.get(id));
            List<Translation> here = device.isPresent() ? placed.apply(id) : List.of();
            Capabilities capabilities = view.flatMap(DeviceView::capabilities)
                    .or(() -> device.map(Assumed::capabilities))
                    .orElse(null);
            Compilation compilation = device.isEmpty()
                    ? Compilation.NOTHING
                    : compiler.compile(
                            device.get(),
                            capabilities,
                            here,
                            view.map(DeviceView::nextHops).orElse(Map.of()),
                            neighborhood.of(device.get()).with(refused(view, here)));
            problems(id, compilation, problems);
            device.ifPresent(d -> here.forEach(t ->
                    translated(compilation, t).ifPresent(p -> proved.add(new Proved(t, d, p.translated())))));
            Plan.OfDevice change = difference(id, view, compilation.rules(), capabilities);
            changes.add(change);
            steps.device(change, view, device, here, compilation.placements());
            device.ifPresent(d -> steps.bindings(
                    id,
                    compilation.offers().stream()
                            .filter(o ->
                                    here.stream().anyMatch(t -> t.id().equals(o.translation()) && !unchanged(view, t)))
                            .toList(),
                    Room.of(capabilities, compilation.offers(), uses(compilation.rules()))));
        }
        RoutePlanner.Routes planned = routePlanner.plan(proved, origins);
        Plan.Routes routes = routes(announced, planned.announcements());
        planned.refused().forEach(r -> problems.add(r.announcement().prefix() + ": " + r.reason()));
        planned.problems()
                .forEach(p -> problems.add(
                        "translations/" + p.translation() + " on devices/" + p.device() + ": " + p.reason()));
        return new Plan(changes, routes, steps.inOrder(routes), problems);
    }

    /** What never connected is taken for what it is declared to be. */
    private static String absent(Optional<DeviceView> view) {
        boolean lost =
                view.filter(v -> v.capabilities().isPresent() && !v.connected()).isPresent();
        return lost ? "is not connected" : "";
    }

    /** What was refused of translations that stay as they are. */
    private static Map<String, Refusal> refused(Optional<DeviceView> view, List<Translation> here) {
        Map<String, Refusal> refused = new HashMap<>();
        for (Translation translation : here) {
            view.filter(v -> unchanged(view, translation))
                    .map(v -> v.refused().get(translation.id()))
                    .ifPresent(r -> refused.put(translation.id(), r));
        }
        return refused;
    }

    private static Optional<Placement> translated(Compilation compilation, Translation translation) {
        return Optional.ofNullable(compilation.placements().get(translation.id()))
                .filter(p -> !p.translated().isEmpty());
    }

    private static void problems(String device, Compilation compilation, List<String> problems) {
        if (!compilation.problem().isEmpty()) {
            problems.add("devices/" + device + ": " + compilation.problem());
        }
        compilation.placements().forEach((translation, placement) -> {
            if (!placement.degraded().isEmpty()) {
                problems.add("translations/" + translation + " on devices/" + device + ": " + placement.degraded());
            }
        });
    }

    private static Plan.OfDevice difference(
            String id, Optional<DeviceView> view, List<Rule> after, Capabilities capabilities) {
        List<Rule> now = view.map(DeviceView::rules).orElse(List.of());
        List<Rule> added = now.equals(after) ? List.of() : without(after, now);
        List<Rule> removed = now.equals(after) ? List.of() : without(now, after);
        return new Plan.OfDevice(
                id,
                view.map(DeviceView::connected).orElse(false),
                added,
                after.size() - added.size(),
                removed,
                tables(now, after, capabilities));
    }

    private static SortedMap<Integer, Plan.Table> tables(List<Rule> now, List<Rule> after, Capabilities capabilities) {
        Map<Integer, Long> uses = uses(now);
        Map<Integer, Long> willUse = uses(after);
        Set<Integer> numbers = new TreeSet<>(uses.keySet());
        numbers.addAll(willUse.keySet());
        SortedMap<Integer, Plan.Table> tables = new TreeMap<>();
        for (int number : numbers) {
            Capabilities.Table table =
                    capabilities == null ? null : capabilities.tables().get(number);
            tables.put(
                    number,
                    new Plan.Table(
                            table == null ? "" : table.name(),
                            uses.getOrDefault(number, 0L),
                            willUse.getOrDefault(number, 0L),
                            table == null ? Integer.MAX_VALUE : table.capacity()));
        }
        return tables;
    }

    private static Map<Integer, Long> uses(List<Rule> rules) {
        Map<Integer, Long> uses = new HashMap<>();
        rules.forEach(r -> uses.merge(r.table(), 1L, Long::sum));
        return uses;
    }

    /** Two announcements are one route if prefix, next hop, communities and neighbours agree, whoever causes them. */
    private static Plan.Routes routes(List<Announcement> now, List<Announcement> after) {
        List<Announcement> added = without(after, now, Planner::route);
        List<Announcement> removed = without(now, after, Planner::route);
        return new Plan.Routes(added, (long) after.size() - added.size(), removed);
    }

    private static <T> List<T> without(List<T> all, List<T> others) {
        return without(all, others, one -> one);
    }

    /** Those of {@code all} that are, by {@code key}, not among {@code others}. */
    private static <T> List<T> without(List<T> all, List<T> others, Function<T, Object> key) {
        if (all.isEmpty() || others.isEmpty()) {
            return all; // a new block of 65,536 hosts needs no comparing
        }
        Set<Object> known = new HashSet<>();
        others.forEach(other -> known.add(key.apply(other)));
        return all.stream().filter(one -> !known.contains(key.apply(one))).toList();
    }

    private static List<Object> route(Announcement a) {
        return List.of(a.prefix(), a.nextHop(), a.communities(), a.neighbors(), a.med());
    }

    /** True if the rules of {@code translation} on a device stay as they are. */
    static boolean unchanged(Optional<DeviceView> view, Translation translation) {
        return view.isPresent() && view.get().translations().stream().anyMatch(t -> Objects.equals(t, translation));
    }
}
