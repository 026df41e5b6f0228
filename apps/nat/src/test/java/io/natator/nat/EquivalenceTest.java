package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Compilation;
import io.natator.model.compile.Placement;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Outcome;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Arrival;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.RuleText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onosproject.net.PortNumber;

/** For any valid set of translations, rules do what the evaluator says, whatever the device. */
class EquivalenceTest {
    private static final int PACKETS = 150;
    private static final Set<Feature> NO_LINK_PREFIXES =
            EnumSet.complementOf(EnumSet.of(Feature.MASKED_ARP_ND_MATCH, Feature.MOVE, Feature.TRANSLATE));

    /** A kind of device: what it can do, how many tables it has, and how large blocks may be there. */
    @SuppressWarnings("ImmutableEnumChecker") // the sets are never changed
    enum Kind {
        PIPELINE_MASKED(Fixtures.OVS, 254, 0),
        PIPELINE_EXACT(Fixtures.HARDWARE, 4, 4),
        PIPELINE_NO_LINK_PREFIXES(NO_LINK_PREFIXES, 8, 4),
        FLAT_MASKED(Fixtures.OVS, 1, 0),
        FLAT_EXACT(Fixtures.HARDWARE, 1, 2);

        private final Set<Feature> features;
        private final int tables;
        private final int hostBits;

        Kind(Set<Feature> features, int tables, int hostBits) {
            this.features = features;
            this.tables = tables;
            this.hostBits = hostBits;
        }
    }

    @ParameterizedTest
    @EnumSource
    void rulesDoWhatTheEvaluatorSays(Kind kind) {
        Seeds.some().forEach(seed -> {
            for (Device.Mode mode : Device.Mode.values()) {
                check(kind, mode, seed);
            }
        });
    }

    private static void check(Kind kind, Device.Mode mode, long seed) {
        Scenario scenario = new Scenario(seed, mode, kind.hostBits);
        Capabilities capabilities = scenario.capabilities(kind.features, kind.tables, Integer.MAX_VALUE);
        NatCompiler compiler = new NatCompiler();
        Compilation compilation =
                compiler.compile(scenario.device, capabilities, scenario.translations, scenario.nextHops);
        assertThat(compilation.problem()).as(kind + " seed " + seed).isEmpty();
        List<Translation> done = scenario.translations.stream()
                .filter(t -> compilation.placements().get(t.id()).degraded().isEmpty())
                .toList();
        FakeTables tables = Judge.tables(compilation.rules());
        // What cannot be done at all (no gateway, no prefixes in ARP) is dropped; it is another test's business.
        if (done.size() == scenario.translations.size()) {
            Evaluator evaluator =
                    new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops);
            Judge judge = new Judge(kind.features);
            for (int i = 0; i < PACKETS; i++) {
                Arrival arrival = scenario.arrival(capabilities);
                Outcome outcome = evaluator.evaluate(arrival);
                FakeTables.Result result = execute(tables, arrival, scenario, seed);
                if (!judge.agrees(arrival, outcome, result)) {
                    throw new AssertionError(report(kind, seed, scenario, arrival, outcome, result));
                }
            }
        }
        for (Translation translation : done) {
            probe(
                    kind,
                    seed,
                    scenario,
                    capabilities,
                    translation,
                    compilation.placements().get(translation.id()),
                    tables);
        }
    }

    private static FakeTables.Result execute(FakeTables tables, Arrival arrival, Scenario scenario, long seed) {
        try {
            return tables.execute(arrival);
        } catch (IllegalStateException e) {
            throw new AssertionError("seed " + seed + "\n" + scenario, e);
        }
    }

    private static void probe(
            Kind kind,
            long seed,
            Scenario scenario,
            Capabilities capabilities,
            Translation translation,
            Placement placement,
            FakeTables tables) {
        List<ProbeCase> probes = new NatCompiler()
                .probes(scenario.device, capabilities, scenario.translations, translation, placement, seed);
        boolean everythingExempt = translation.exemptDestinations().stream().anyMatch(e -> e.prefixLength() == 0);
        if (!everythingExempt && scenario.device.mode() != Device.Mode.ROUTED) {
            assertThat(probes.stream().map(ProbeCase::direction).collect(Collectors.toSet()))
                    .as("seed " + seed + "\n" + scenario)
                    .containsExactlyInAnyOrder("to-inside", "to-outside");
        }
        for (ProbeCase probe : probes) {
            FakeTables.Result result = execute(tables, probe.sent(), scenario, seed);
            if (!result.emissions().equals(List.of(new FakeTables.Emission(probe.expected(), PortNumber.CONTROLLER)))) {
                throw new AssertionError("probe " + probe + "\n"
                        + report(kind, seed, scenario, probe.sent(), new Outcome.NotOurs(), result));
            }
        }
    }

    private static String report(
            Kind kind, long seed, Scenario scenario, Arrival arrival, Outcome outcome, FakeTables.Result result) {
        return kind + " " + scenario.device.mode() + ": run again with -Dnatator.seed=" + seed + "\n" + scenario
                + "\narrival  " + arrival + "\nexpected " + outcome + "\ngot      " + result.emissions() + "\nby\n"
                + result.path().stream().map(RuleText::describe).collect(Collectors.joining("\n"));
    }
}
