package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Compilation;
import io.natator.model.compile.Placement;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Outcome;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Fields;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/** Tables that are too small: what is said to be translated is, what is not does not pass, and the reason is told. */
class DegradationTest {
    private static final NatCompiler COMPILER = new NatCompiler();

    @ParameterizedTest
    @CsvSource({"4, false", "4, true", "1, false", "1, true"})
    void neverMoreThanFits(int tables, boolean masked) {
        Set<Feature> features = masked ? Fixtures.OVS : Fixtures.HARDWARE;
        int[] degraded = new int[3];
        Seeds.some().forEach(seed -> {
            for (Device.Mode mode : Device.Mode.values()) {
                Scenario scenario = new Scenario(seed, mode, tables == 1 ? 3 : 6);
                int capacity = 10 + new Random(seed).nextInt(tables == 1 ? 250 : 120);
                check(scenario, scenario.capabilities(features, tables, capacity), capacity, features, degraded);
            }
        });
        System.out.println(degraded[0] + " of " + degraded[1] + " translations were degraded, " + degraded[2]
                + " tables had no room for drops");
        assertThat(degraded[0]).isBetween(1, degraded[1] - 1);
    }

    private static void check(
            Scenario scenario, Capabilities capabilities, int capacity, Set<Feature> features, int[] degraded) {
        Compilation compilation =
                COMPILER.compile(scenario.device, capabilities, scenario.translations, scenario.nextHops);
        Map<Integer, Integer> counts = new TreeMap<>();
        compilation.rules().forEach(r -> counts.merge(r.table(), 1, Integer::sum));
        assertThat(counts.values()).as(scenario.toString()).allMatch(n -> n <= capacity);
        if (!compilation.problem().isEmpty()) {
            assertThat(compilation.rules()).isEmpty();
            assertThat(compilation.problem()).contains("needs a software switch");
        }
        List<IpPrefix> missing = new ArrayList<>();
        FakeTables tables = Judge.tables(compilation.rules());
        for (Translation t : scenario.translations) {
            Placement placement = compilation.placements().get(t.id());
            degraded[1]++;
            degraded[0] += placement.degraded().isEmpty() ? 0 : 1;
            placement(scenario, t, placement, compilation.rules());
            missing.addAll(missing(t, placement));
            probes(scenario, capabilities, t, placement, tables);
        }
        boolean leaks = compilation.placements().values().stream()
                .anyMatch(p -> p.degraded().contains("pass untranslated"));
        degraded[2] += leaks ? 1 : 0;
        if (compilation.problem().isEmpty() && !leaks) {
            boolean fewerHosts = compilation.placements().values().stream()
                    .anyMatch(p -> p.degraded().endsWith("hosts on the links"));
            packets(scenario, capabilities, features, tables, missing, fewerHosts);
        }
    }

    private static void placement(Scenario scenario, Translation t, Placement placement, List<Rule> rules) {
        BigInteger sum = placement.translated().stream().map(Addresses::size).reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(placement.translated()).allMatch(t.outside()::contains);
        assertThat(placement.translated()).isEqualTo(Addresses.minimal(placement.translated()));
        boolean whole = placement
                .degraded()
                .replaceFirst("(; )?[^;]*hosts on the links$", "")
                .isEmpty();
        assertThat(whole).as(scenario.toString()).isEqualTo(sum.equals(Addresses.size(t.outside())));
        assertThat(placement.rules()).isEqualTo((int)
                rules.stream().filter(r -> r.owner().equals(t.id())).count());
    }

    /** Addresses of both sides that are not translated. */
    private static List<IpPrefix> missing(Translation t, Placement placement) {
        List<IpPrefix> missing = new ArrayList<>();
        BigInteger size = Addresses.size(t.outside());
        for (BigInteger i = BigInteger.ZERO; i.compareTo(size) < 0; i = i.add(BigInteger.ONE)) {
            IpAddress outside = Addresses.nth(t.outside(), i);
            if (placement.translated().stream().noneMatch(p -> p.contains(outside))) {
                missing.add(outside.toIpPrefix());
                missing.add(Addresses.nth(t.inside(), i).toIpPrefix());
            }
        }
        return missing;
    }

    private static void probes(
            Scenario scenario, Capabilities capabilities, Translation t, Placement placement, FakeTables tables) {
        List<ProbeCase> probes = COMPILER.probes(scenario.device, capabilities, scenario.translations, t, placement, 7);
        assertThat(placement.translated().isEmpty() && !probes.isEmpty()).isFalse();
        for (ProbeCase probe : probes) {
            assertThat(tables.execute(probe.sent()).emissions())
                    .as(scenario + "\n" + probe)
                    .containsExactly(new FakeTables.Emission(probe.expected(), PortNumber.CONTROLLER));
        }
    }

    private static void packets(
            Scenario scenario,
            Capabilities capabilities,
            Set<Feature> features,
            FakeTables tables,
            List<IpPrefix> missing,
            boolean fewerHosts) {
        Evaluator evaluator = new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops);
        Evaluator hostless = new Evaluator(scenario.device, capabilities, scenario.translations, routers(scenario));
        Judge judge = new Judge(features);
        for (int i = 0; i < 60; i++) {
            Arrival arrival = scenario.arrival(capabilities);
            boolean concerned = Fields.of(arrival.packet()).stream()
                    .map(f -> Fields.get(arrival.packet(), f).orElseThrow())
                    .anyMatch(a -> missing.stream().anyMatch(m -> Addresses.in(m, a)));
            Outcome outcome = evaluator.evaluate(arrival);
            FakeTables.Result result = tables.execute(arrival);
            boolean agrees = judge.agrees(arrival, outcome, result);
            boolean held = concerned && result.emissions().isEmpty();
            boolean untranslatedGateway = concerned && missingGateway(scenario, arrival, missing);
            // A host for which there was no room is resolved once more, or reached by a route that holds it.
            boolean forwarded =
                    outcome instanceof Outcome.Sent || outcome.equals(new Outcome.Dropped(Outcome.Drop.TTL_EXCEEDED));
            boolean unreached = forwarded
                    && (result.emissions().stream().allMatch(e -> e.port().equals(PortNumber.CONTROLLER))
                            || judge.agrees(arrival, hostless.evaluate(arrival), result));
            // Nor is such a host heard when it announces itself.
            boolean unheard = outcome instanceof Outcome.Controlled c
                    && c.cause() == Outcome.Cause.LINK
                    && result.emissions().isEmpty();
            assertThat(agrees || held || untranslatedGateway || ((unreached || unheard) && fewerHosts))
                    .as(scenario + "\n" + arrival + "\nexpected " + outcome + "\ngot " + result)
                    .isTrue();
        }
    }

    /** Of what is resolved, what routes need. */
    private static Map<IpAddress, MacAddress> routers(Scenario scenario) {
        Map<IpAddress, MacAddress> routers = new HashMap<>(scenario.nextHops);
        routers.keySet()
                .retainAll(scenario.device.routes().stream().map(Route::nextHop).toList());
        return routers;
    }

    /** There may be no room even for gateways: then hosts see the router under its outside address. */
    private static boolean missingGateway(Scenario scenario, Arrival arrival, List<IpPrefix> missing) {
        return Fields.of(arrival.packet()).stream()
                .map(f -> Fields.get(arrival.packet(), f).orElseThrow())
                .filter(a -> missing.stream().anyMatch(m -> Addresses.in(m, a)))
                .anyMatch(a -> scenario.translations.stream()
                        .anyMatch(t -> t.gateways().stream()
                                .anyMatch(g -> g.equals(a)
                                        || Addresses.withNetwork(g, t.outside()).equals(a))));
    }

    @Test
    void tellsNumbersAndKeepsGateways() {
        Translation t =
                Fixtures.translation("t", "192.168.2.0/24", "192.168.3.0/24", List.of(), List.of("192.168.2.254"));
        Compilation c = COMPILER.compile(
                Fixtures.wire(Device.Mode.TRANSPARENT),
                Fixtures.capabilities(Fixtures.HARDWARE, 4, 200, 2),
                List.of(t),
                Map.of());
        Placement placement = c.placements().get("t");
        assertThat(placement.degraded())
                .isEqualTo("needs a software switch: 64 of 256 addresses are translated (table 1 holds 200 rules)");
        assertThat(placement.how()).isEqualTo("set-field per host");
        assertThat(placement.translated()).contains(IpPrefix.valueOf("192.168.3.254/32"));
    }

    @Test
    void tellsWhoIsMissingBetweenIpv6AndIpv4() {
        Translation siit = new Translation(
                "t",
                Kind.SIIT,
                IpPrefix.valueOf("2001:db8:1::10/128"),
                IpPrefix.valueOf("198.51.100.10/32"),
                List.of(),
                List.of(),
                List.of("sw"),
                Announce.none(),
                false,
                Pool.DEFAULT,
                Optional.of(Embedding.DEFAULT));
        Compilation without = compile(siit, "2001:db8:1::1/64");
        assertThat(without.placements().get("t").degraded())
                .isEqualTo("needs a software switch: SIIT changes the IP version, which rules cannot; give devices/sw a"
                        + " SERVICE port that leads to one");
        assertThat(without.placements().get("t").how()).isEqualTo("nobody");
        assertThat(without.placements().get("t").translated()).isEmpty();
        assertThat(compile(siit, "10.0.0.1/24").problem()
                        + compile(siit, "10.0.0.1/24").placements())
                .contains("no IPv6 gateway on an inside and no IPv4 gateway on an outside port of devices/sw: add"
                        + " ports[].gateways");
    }

    private static Compilation compile(Translation translation, String gateway) {
        return COMPILER.compile(
                Fixtures.device(
                        Device.Mode.ROUTED,
                        List.of(
                                Fixtures.port("p1", Side.INSIDE, gateway),
                                Fixtures.port("p2", Side.OUTSIDE, "203.0.113.2/30"))),
                Fixtures.capabilities(Fixtures.OVS, 254, Integer.MAX_VALUE, 2),
                List.of(translation),
                Map.of());
    }

    @Test
    void whatOneTakesLeavesRoomForTheDropsOfOthers() {
        List<Translation> two = List.of(
                Fixtures.translation("a", "192.168.2.0/24", "192.168.3.0/24"),
                Fixtures.translation("b", "10.1.0.0/24", "10.2.0.0/24"));
        Compilation c = COMPILER.compile(
                Fixtures.wire(Device.Mode.NORMAL), Fixtures.capabilities(Fixtures.HARDWARE, 4, 50, 2), two, Map.of());
        assertThat(c.placements().get("a").translated()).isNotEmpty();
        assertThat(c.placements().get("b").translated()).isEmpty();
        assertThat(c.placements().get("b").degraded())
                .isEqualTo("needs a software switch: 0 of 256 addresses are translated (table 1 holds 50 rules)");
        assertThat(c.rules().stream().map(RuleText::describe))
                .contains(
                        "table=1,priority=150,ip,metadata=0x2,nw_dst=10.2.0.0/24,actions=drop",
                        "table=2,priority=150,ip,metadata=0x1,nw_src=10.1.0.0/24,actions=drop");
    }

    @Test
    void tellsHowManyHostsAreReached() {
        Map<IpAddress, MacAddress> nextHops = new HashMap<>();
        for (int i = 2; i < 102; i++) {
            nextHops.put(IpAddress.valueOf("192.168.2." + i), MacAddress.valueOf(0x020000000000L + i));
        }
        IpAddress router = IpAddress.valueOf("203.0.113.1");
        nextHops.put(router, MacAddress.valueOf("02:00:00:00:01:01"));
        Translation t = Fixtures.translation("t", "192.168.2.0/24", "192.168.3.0/24");
        Compilation c = COMPILER.compile(
                Fixtures.router(), Fixtures.capabilities(Fixtures.OVS, 4, 100, 2), List.of(t), nextHops);
        assertThat(c.problem()).isEmpty();
        assertThat(c.placements().get("t").degraded())
                .isEqualTo("needs a software switch: there is room for rules to 45 of 100 hosts on the links");
        assertThat(c.placements().get("t").translated()).containsExactly(t.outside());
        assertThat(c.rules().stream().map(RuleText::describe))
                .anyMatch(r -> r.startsWith("table=3,priority=100,ip,actions=")); // the way out stays
    }

    /** Hairpins, and ARP between hosts of the block: 20 hosts would take more than 800 rules. */
    @ParameterizedTest
    @CsvSource({
        "ROUTED, '2.. of 1024 addresses, the others, hairpins and ICMP errors devices/ss, one table'",
        "TRANSPARENT, '4.. of 1024 addresses, the others, ARP and ICMP errors devices/ss, one table'"
    })
    void inOneTableWhatTakesEveryPairIsLeftToTheSoftwareSwitch(Device.Mode mode, String how) {
        DevicePort service = DevicePort.service("p3", "ss", "s1");
        Device plain = mode == Device.Mode.ROUTED ? Fixtures.router() : Fixtures.wire(mode);
        Device device = Fixtures.device(
                mode,
                Stream.concat(plain.ports().stream(), Stream.of(service)).toList(),
                plain.routes().toArray(Route[]::new));
        Translation t = Fixtures.translation("t", "10.1.0.0/22", "10.2.0.0/22");
        Map<IpAddress, MacAddress> nextHops = new HashMap<>();
        nextHops.put(IpAddress.valueOf("203.0.113.1"), MacAddress.valueOf("02:00:00:00:01:01"));
        Capabilities capabilities = Fixtures.capabilities(Fixtures.HARDWARE, 1, 1000, 3);
        Compilation c = COMPILER.compile(
                device,
                capabilities,
                List.of(t),
                nextHops,
                ServedNetwork.surroundings(device, capabilities, List.of()));
        Placement placement = c.placements().get("t");
        assertThat(c.rules()).hasSizeLessThanOrEqualTo(1000);
        assertThat(placement.degraded()).isEmpty();
        assertThat(placement.how()).matches("set-field per host for " + how);
    }

    @Test
    void tellsWhatTheDeviceLacks() {
        Set<Feature> features = Set.of(Feature.METADATA);
        Translation t = Fixtures.translation("t", "192.168.2.0/24", "192.168.3.0/24");
        Compilation c = COMPILER.compile(
                Fixtures.wire(Device.Mode.TRANSPARENT),
                Fixtures.capabilities(features, 4, 1000, 2),
                List.of(t),
                Map.of());
        assertThat(c.placements().get("t").degraded())
                .isEqualTo("needs a software switch: the device cannot rewrite ARP");
        assertThat(c.placements().get("t").translated()).isEmpty();
        Compilation normal = COMPILER.compile(
                Fixtures.wire(Device.Mode.NORMAL), Fixtures.capabilities(features, 4, 1000, 2), List.of(t), Map.of());
        assertThat(normal.problem()).contains("set mode to TRANSPARENT or ROUTED");
        assertThat(normal.placements().get("t").translated()).isEmpty();
    }

    @Test
    void tellsWhichPortIsMissing() {
        Translation t = Fixtures.translation("t", "192.168.2.0/24", "192.168.3.0/24");
        Compilation c = COMPILER.compile(
                Fixtures.wire(Device.Mode.TRANSPARENT),
                Fixtures.capabilities(Fixtures.OVS, 254, 1000, 1),
                List.of(t),
                Map.of());
        assertThat(c.problem()).isEqualTo("OUTSIDE port p2 is missing: the device has p1");
        assertThat(c.placements().get("t").translated()).isEmpty();
    }
}
