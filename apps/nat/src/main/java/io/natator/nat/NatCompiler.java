package io.natator.nat;

import io.natator.model.compile.Compilation;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.Placement;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Compiles static translations. Stateless; the same input always gives the same rules in the same order. */
public final class NatCompiler implements Compiler {
    @Override
    public Compilation compile(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops) {
        List<Translation> sorted = translations.stream()
                .sorted(Comparator.comparing(Translation::id))
                .toList();
        Context context = new Context(
                device,
                Abilities.of(device, capabilities),
                ResolvedPort.of(device, capabilities),
                new TreeMap<>(nextHops),
                sorted.stream().anyMatch(t -> !t.isIpv4()));
        String problem = problem(context, device, capabilities);
        List<Method> methods = sorted.stream().map(t -> Method.of(context, t)).toList();
        Layout layout = Layout.of(capabilities, context.abilities());
        Layout.Result result = layout.place(context, methods);
        String trouble = problem.isEmpty() ? result.problem() : problem;
        Map<String, Integer> counts = count(result.rules());
        Map<String, Placement> placements = new TreeMap<>();
        result.done()
                .forEach((id, done) -> placements.put(
                        id,
                        new Placement(
                                done.how(),
                                counts.getOrDefault(id, 0),
                                trouble.isEmpty() ? done.work().translated() : List.of(),
                                done.degraded())));
        return new Compilation(result.rules(), placements, wanted(context), trouble);
    }

    private static String problem(Context context, Device device, Capabilities capabilities) {
        for (Side side : List.of(Side.INSIDE, Side.OUTSIDE)) {
            if (context.ports(side).isEmpty()) {
                String names = device.ports().stream()
                        .filter(p -> p.side() == side)
                        .map(DevicePort::port)
                        .collect(Collectors.joining(", "));
                String there = capabilities.ports().stream()
                        .map(Capabilities.Port::name)
                        .collect(Collectors.joining(", "));
                return side + " port " + names + " is missing: the device has " + (there.isEmpty() ? "none" : there);
            }
        }
        if (device.mode() == Device.Mode.NORMAL && !context.abilities().can(Feature.NORMAL)) {
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
            long seed) {
        return new ArrayList<>();
    }
}
