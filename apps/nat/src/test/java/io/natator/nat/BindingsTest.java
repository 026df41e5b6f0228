package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Offer;
import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Outcome;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import io.natator.model.session.Binding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.onlab.packet.IpAddress;

/** With rules that do bindings, a device and its software switches do what they did without. */
class BindingsTest {
    private static final int PACKETS = 120;
    private static final Map<String, Integer> SEEN = new TreeMap<>();

    private static final List<ServiceTest.Kind> KINDS = List.of(
            ServiceTest.Kind.MASKED_THREE,
            ServiceTest.Kind.EXACT_TWO,
            ServiceTest.Kind.FLAT_MASKED,
            ServiceTest.Kind.FLAT_EXACT);

    @ParameterizedTest
    @FieldSource("KINDS")
    void rulesOfBindingsDoWhatSessionsWould(ServiceTest.Kind kind) {
        Seeds.some().forEach(seed -> {
            check(kind, Device.Mode.TRANSPARENT, seed);
            check(kind, Device.Mode.ROUTED, seed);
            check(kind, Device.Mode.NORMAL, seed);
        });
    }

    @AfterAll
    static void everythingWasSeen() {
        System.out.println(SEEN);
        for (String how : List.of("out by rules", "in by rules", "by the software switch")) {
            for (ServiceTest.Kind kind : KINDS) {
                assertThat(SEEN.keySet()).anyMatch(s -> s.startsWith(kind + " ") && s.endsWith(how));
            }
            assertThat(SEEN.keySet()).anyMatch(s -> s.startsWith("FLAT_") && s.endsWith("ROUTED " + how));
            assertThat(SEEN.keySet()).anyMatch(s -> s.startsWith("FLAT_") && s.endsWith("NORMAL " + how));
            assertThat(SEEN.keySet()).anyMatch(s -> s.startsWith("EXACT_") && s.endsWith("NORMAL " + how));
        }
    }

    private static void check(ServiceTest.Kind kind, Device.Mode mode, long seed) {
        Scenario scenario = new Scenario(seed, mode, kind.hostBits, kind.services);
        Capabilities capabilities = scenario.capabilities(kind.features, kind.tables, kind.capacity);
        ServedNetwork network = new ServedNetwork(
                scenario.device, capabilities, scenario.translations, scenario.nextHops, List.of(), Map.of());
        String about = kind + " " + mode + " seed " + seed + "\n" + scenario;
        Map<Binding, Offer> bindings = bindings(scenario, network.compilation.offers());
        if (bindings.isEmpty()
                || network.compilation.placements().values().stream()
                        .anyMatch(p -> !p.degraded().isEmpty())) {
            return;
        }
        network.bind(bindings);
        Set<Rule> rules = new HashSet<>();
        bindings.forEach((b, o) -> rules.addAll(o.rules().of(b)));
        Evaluator evaluator =
                new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops, network);
        Judge judge = new Judge(kind.features);
        List<Binding> all = List.copyOf(bindings.keySet());
        for (int i = 0; i < PACKETS; i++) {
            Binding binding = all.get(scenario.random.nextInt(all.size()));
            boolean out = scenario.random.nextBoolean();
            Arrival arrival = arrival(scenario, capabilities, binding, out);
            network.log.clear();
            Outcome outcome = evaluator.evaluate(arrival);
            FakeTables.Result result = network.execute(arrival);
            if (Meetings.got(outcome).isEmpty()) {
                network.endSessions();
            }
            if (!judge.agrees(arrival, outcome, result)) {
                throw new AssertionError(about + "\n" + all + "\narrival  " + arrival + "\nexpected " + outcome
                        + "\ngot      " + result.emissions() + "\nby\n"
                        + result.path().stream().map(RuleText::describe).collect(Collectors.joining("\n")));
            }
            boolean byRules = result.path().stream().anyMatch(rules::contains);
            String how = byRules
                    ? out ? "out by rules" : "in by rules"
                    : network.log.isEmpty() ? "otherwise" : "by the software switch";
            SEEN.merge(kind + " " + mode + " " + how, 1, Integer::sum);
        }
    }

    /** Some of each offer. */
    private static Map<Binding, Offer> bindings(Scenario scenario, List<Offer> offers) {
        Map<Binding, Offer> bindings = new LinkedHashMap<>();
        Set<IpAddress> taken = new HashSet<>();
        for (Offer offer : offers) {
            for (int i = 0; i < 3; i++) {
                IpAddress inside = scenario.in(offer.inside());
                IpAddress outside = scenario.in(offer.outside()
                        .get(scenario.random.nextInt(offer.outside().size())));
                if (taken.add(inside) && taken.add(outside)) {
                    bindings.put(new Binding(offer.share(), inside, outside), offer);
                }
            }
        }
        return bindings;
    }

    /** From or to who has a binding, as a rule. */
    private static Arrival arrival(Scenario scenario, Capabilities capabilities, Binding binding, boolean out) {
        Arrival any = scenario.arrival(capabilities);
        List<ResolvedPort> ports = new ArrayList<>(ResolvedPort.of(scenario.device, capabilities));
        ports.removeIf(p -> p.side() != (out ? Side.INSIDE : Side.OUTSIDE));
        boolean ipv6 = any.packet() instanceof Ip ip && ip.src().isIp6();
        if (ports.isEmpty() || (!ipv6 && scenario.random.nextInt(8) == 0)) {
            return any;
        }
        ResolvedPort port = ports.get(scenario.random.nextInt(ports.size()));
        Ip own = scenario.ip(port.mac(), true);
        return new Arrival(
                port.number(),
                new Ip(
                        own.ethSrc(),
                        own.ethDst(),
                        out ? binding.inside() : own.src(),
                        out ? own.dst() : binding.outside(),
                        own.ttl(),
                        own.protocol(),
                        own.srcPort(),
                        own.dstPort()));
    }
}
