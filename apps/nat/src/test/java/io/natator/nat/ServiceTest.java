package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Placement;
import io.natator.model.compile.Refusal;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Outcome;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.RuleText;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/** A device and its software switches together do what the evaluator says, whatever the device can do itself. */
class ServiceTest {
    private static final int PACKETS = 150;
    private static final Map<String, Integer> SEEN = new java.util.TreeMap<>();

    private static final Set<Feature> ALONE_EXACT =
            EnumSet.complementOf(EnumSet.of(Feature.MASKED_SET_FIELD, Feature.MASKED_ARP_ND_MATCH));

    private static final Set<Feature> FORGETFUL =
            EnumSet.complementOf(EnumSet.of(Feature.SET_IN_PORT, Feature.TRANSLATE));

    private static final Set<Feature> PREFIXES =
            EnumSet.complementOf(EnumSet.of(Feature.MASKED_SET_FIELD, Feature.TRANSLATE));

    /** What the device can do, its tables and their room, and how many software switches there are. */
    @SuppressWarnings("ImmutableEnumChecker") // the sets are never changed
    enum Kind {
        MASKED(Fixtures.OVS, 254, Integer.MAX_VALUE, 0, 1),
        MASKED_THREE(Fixtures.OVS, 254, Integer.MAX_VALUE, 0, 3),
        EXACT_SMALL(Fixtures.HARDWARE, 4, 120, 6, 1),
        EXACT_TWO(Fixtures.HARDWARE, 4, 150, 4, 2),
        WITHOUT_IN_PORT(FORGETFUL, 254, Integer.MAX_VALUE, 0, 1),
        PREFIXES_EXACT(PREFIXES, 4, 1000, 4, 1),
        FLAT_MASKED(Fixtures.OVS, 1, Integer.MAX_VALUE, 0, 1),
        FLAT_EXACT(Fixtures.HARDWARE, 1, 1000, 3, 1),
        ALONE(Fixtures.SOFTWARE, 8, Integer.MAX_VALUE, 0, 0),
        ALONE_SMALL(Fixtures.SOFTWARE, 8, 70, 6, 0),
        ALONE_WITHOUT_MASKS(ALONE_EXACT, 8, 90, 6, 0);

        final Set<Feature> features;
        final int tables;
        final int capacity;
        final int hostBits;
        final int services;

        Kind(Set<Feature> features, int tables, int capacity, int hostBits, int services) {
            this.features = features;
            this.tables = tables;
            this.capacity = capacity;
            this.hostBits = hostBits;
            this.services = services;
        }

        boolean isAlone() {
            return services == 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void togetherTheyDoWhatTheEvaluatorSays(Kind kind) {
        Seeds.some().forEach(seed -> {
            check(kind, Device.Mode.TRANSPARENT, seed);
            check(kind, Device.Mode.ROUTED, seed);
            check(kind, Device.Mode.NORMAL, seed);
        });
    }

    @AfterAll
    static void everythingWasSeen() {
        System.out.println(SEEN);
        assertThat(SEEN.keySet())
                .contains(
                        "NAPT by session",
                        "STATIC by share",
                        "SIIT by share",
                        "NAT64 by session",
                        "another IP version",
                        "done in full",
                        "probed",
                        "more than one switch",
                        "refused its rules",
                        "refused rules of",
                        "answered by the address it came to",
                        "answered a host of a pool",
                        "Arp under each address",
                        "Nd under each address",
                        "alone",
                        "NORMAL by a software switch",
                        "refused without in_port",
                        "no room for rules per host");
    }

    private static void check(Kind kind, Device.Mode mode, long seed) {
        Scenario scenario = new Scenario(seed, mode, kind.hostBits, kind.services, kind.isAlone());
        Capabilities capabilities = scenario.capabilities(kind.features, kind.tables, kind.capacity);
        Map<String, Refusal> refused = refused(scenario, seed);
        ServedNetwork network = new ServedNetwork(
                scenario.device, capabilities, scenario.translations, scenario.nextHops, List.of(), refused);
        String about = kind + " " + mode + " seed " + seed + "\n" + scenario;
        network.softwareCompilations.forEach(
                (id, c) -> assertThat(c.problem()).as(id + " " + about).isEmpty());
        boolean full = network.compilation.problem().isEmpty()
                && network.compilation.placements().values().stream()
                        .allMatch(p -> p.degraded().isEmpty());
        if (!full) {
            if (mode == Device.Mode.NORMAL && kind == Kind.WITHOUT_IN_PORT) {
                refuses(network, about);
            }
            return;
        }
        SEEN.merge("done in full", 1, Integer::sum);
        for (Placement placement : network.compilation.placements().values()) {
            for (String reason : List.of("refused its rules", "refused rules of", "no room for rules per host")) {
                if (placement.how().contains(reason)) {
                    SEEN.merge(reason, 1, Integer::sum);
                }
            }
        }
        Evaluator evaluator =
                new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops, network);
        Judge judge = new Judge(kind.features);
        Optional<Arrival> answer = Optional.empty();
        Optional<Ip> met = Optional.empty();
        Meetings meetings = new Meetings(scenario, capabilities);
        for (int i = 0; i < PACKETS; i++) {
            Arrival arrival = answer.orElseGet(() -> meetings.maybe().orElseGet(() -> scenario.arrival(capabilities)));
            if (isPartlyExempt(scenario, arrival)) {
                answer = Optional.empty();
                met = Optional.empty();
                continue; // docs/pipeline.md, "What no rule can do"
            }
            if (kind.isAlone() && isToPool(scenario, capabilities, arrival)) {
                answer = Optional.empty();
                met = Optional.empty();
                continue; // its sessions turn hairpins round themselves
            }
            network.log.clear();
            Outcome outcome = evaluator.evaluate(arrival);
            if (outcome instanceof Outcome.Copied copied) {
                String said = copied.packets().getFirst().getClass().getSimpleName() + " under each address";
                SEEN.merge(said, 1, Integer::sum);
            }
            if (met.isPresent() && Meetings.answered(met.get(), outcome, about)) {
                SEEN.merge("answered a host of a pool", 1, Integer::sum);
            }
            if (Meetings.got(outcome)
                    .filter(p -> p.dst().isIp4() != isIpv4(arrival))
                    .isPresent()) {
                SEEN.merge("another IP version", 1, Integer::sum);
            }
            met = answer.isEmpty() ? meetings.asked(arrival, outcome) : Optional.empty();
            answer = answer.isEmpty() ? answer(scenario, capabilities, outcome) : Optional.empty();
            FakeTables.Result result = execute(network, arrival, about);
            if (Meetings.got(outcome).isEmpty()) {
                network.endSessions();
            }
            note(scenario, network, arrival);
            if (outcome instanceof Outcome.Normal && !kind.isAlone() && !network.log.isEmpty()) {
                SEEN.merge("NORMAL by a software switch", 1, Integer::sum);
            }
            if (!judge.agrees(arrival, outcome, result)) {
                throw new AssertionError(report(about, arrival, outcome, result));
            }
        }
        for (Translation translation : scenario.translations) {
            List<ProbeCase> probes = new NatCompiler()
                    .probes(
                            scenario.device,
                            capabilities,
                            scenario.translations,
                            translation,
                            network.compilation.placements().get(translation.id()),
                            seed,
                            ServedNetwork.surroundings(scenario.device, capabilities, List.of()));
            for (ProbeCase probe : probes) {
                SEEN.merge("probed", 1, Integer::sum);
                FakeTables.Result result = execute(network, probe.sent(), about);
                if (!result.emissions()
                        .equals(List.of(new FakeTables.Emission(probe.expected(), PortNumber.CONTROLLER)))) {
                    throw new AssertionError(report(about + "\n" + probe, probe.sent(), null, result));
                }
            }
        }
    }

    /** The device's own forwarding would be misled by what comes back. */
    private static void refuses(ServedNetwork network, String about) {
        assertThat(network.compilation.placements().values())
                .as(about)
                .allMatch(p -> p.degraded().isEmpty() || p.degraded().contains("cannot set in_port"));
        assertThat(network.softwareCompilations.values())
                .as(about)
                .allMatch(c -> c.shares().isEmpty());
        SEEN.merge("refused without in_port", 1, Integer::sum);
    }

    private static boolean isIpv4(Arrival arrival) {
        return arrival.packet() instanceof Ip p && p.dst().isIp4();
    }

    /** The device takes not all rules of some translations. */
    private static Map<String, Refusal> refused(Scenario scenario, long seed) {
        Random random = new Random(seed);
        Map<String, Refusal> refused = new HashMap<>();
        for (Translation t : scenario.translations) {
            if (random.nextInt(3) == 0) {
                SortedSet<IpAddress> hosts = new TreeSet<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    hosts.add(Addresses.nth(t.inside(), new BigInteger(128, random).mod(Addresses.size(t.inside()))));
                }
                refused.put(t.id(), new Refusal(hosts, random.nextInt(4) == 0, "BAD_ACTION BAD_SET_TYPE"));
            }
        }
        return refused;
    }

    /** From inside to a pool, but from a host that rules translate, and nobody being exempt. */
    private static boolean isToPool(Scenario scenario, Capabilities capabilities, Arrival arrival) {
        return arrival.packet() instanceof Ip p
                && Meetings.isFromInside(scenario, capabilities, arrival)
                && scenario.translations.stream()
                        .filter(t -> t.kind() != io.natator.model.intent.Kind.STATIC)
                        .filter(t -> t.outsides().stream().anyMatch(o -> Addresses.in(o, p.dst())))
                        .anyMatch(pool -> scenario.device.mode() != Device.Mode.ROUTED || !isPlain(scenario, pool, p));
    }

    /** From IPv6 to the address of a pool whose exempt destinations may hold the sender's outside address. */
    private static boolean isPartlyExempt(Scenario scenario, Arrival arrival) {
        return arrival.packet() instanceof Ip p
                && scenario.translations.stream()
                        .flatMap(t -> t.embedding().stream())
                        .flatMap(e -> e.extract(p.dst()).stream())
                        .anyMatch(to -> scenario.translations.stream()
                                .filter(t -> !t.exempt().isEmpty())
                                .anyMatch(t -> t.outsides().stream().anyMatch(o -> Addresses.in(o, to))));
    }

    /** By whichever outside address the host speaks. */
    private static boolean isPlain(Scenario scenario, Translation pool, Ip packet) {
        List<Translation> owners = scenario.translations.stream()
                .filter(t -> t.kind() == io.natator.model.intent.Kind.STATIC && Addresses.in(t.inside(), packet.src()))
                .toList();
        return !owners.isEmpty() && owners.stream().allMatch(t -> isPlain(t, pool, packet));
    }

    private static boolean isPlain(Translation from, Translation to, Ip packet) {
        return from.exempt().stream().noneMatch(e -> Addresses.in(e, packet.dst()))
                && to.exempt().stream()
                        .noneMatch(e -> Addresses.in(e, Addresses.withNetwork(packet.src(), from.outside())));
    }

    /** What who got a packet says to it. */
    private static Optional<Arrival> answer(Scenario scenario, Capabilities capabilities, Outcome outcome) {
        Ip p = Meetings.got(outcome).orElse(null);
        if (p == null || isDiscovery(p.protocol(), p.dstPort())) {
            return Optional.empty();
        }
        boolean inside = scenario.translations.stream().anyMatch(t -> Addresses.in(t.inside(), p.dst()));
        return ResolvedPort.of(scenario.device, capabilities).stream()
                .filter(port -> port.side() == (inside ? Side.INSIDE : Side.OUTSIDE))
                .findFirst()
                .map(port -> {
                    MacAddress from = p.ethDst();
                    IpAddress host = p.dst();
                    int own = p.dstPort();
                    int remote = p.srcPort();
                    return new Arrival(
                            port.number(), new Ip(from, port.mac(), host, p.src(), 64, p.protocol(), own, remote));
                });
    }

    /** What has two ports turned round might by accident be neighbour discovery, which is not of this kind. */
    private static boolean isDiscovery(int protocol, int type) {
        return protocol == 58 && type >= 133 && type <= 137;
    }

    private static void note(Scenario scenario, ServedNetwork network, Arrival arrival) {
        for (String line : network.log) {
            Translation t = scenario.translations.stream()
                    .filter(o -> line.contains(" " + o.id() + " "))
                    .findFirst()
                    .orElseThrow();
            SEEN.merge(t.kind() + (t.kind().stateful() ? " by session" : " by share"), 1, Integer::sum);
            if (line.endsWith(" by another")) {
                SEEN.merge("answered by the address it came to", 1, Integer::sum);
            }
        }
        if (new TreeSet<>(network.log.stream().map(l -> l.substring(0, 3)).toList()).size() > 1) {
            SEEN.merge("more than one switch", 1, Integer::sum);
        }
        if (network.log.stream().anyMatch(l -> l.startsWith("own "))) {
            SEEN.merge("alone", 1, Integer::sum);
        }
        if (network.log.isEmpty() && arrival.packet() instanceof Ip) {
            SEEN.merge("by rules alone", 1, Integer::sum);
        }
    }

    private static FakeTables.Result execute(ServedNetwork network, Arrival arrival, String about) {
        try {
            return network.execute(arrival);
        } catch (IllegalStateException e) {
            throw new AssertionError(about + "\n" + arrival, e);
        }
    }

    private static String report(String about, Arrival arrival, Outcome outcome, FakeTables.Result result) {
        return about + "\narrival  " + arrival + "\nexpected " + outcome + "\ngot      " + result.emissions() + "\nby\n"
                + result.path().stream().map(RuleText::describe).collect(Collectors.joining("\n"));
    }
}
