package io.natator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.DeviceView;
import io.natator.core.sim.Intents;
import io.natator.hostroute.HostRoutePlanner;
import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner.Origins;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import io.natator.nat.NatCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final Planner planner = new Planner(new NatCompiler(), new HostRoutePlanner());

    private static Device device(String id, long datapathId) {
        return Intents.wire(id, datapathId, Duration.ofSeconds(10));
    }

    private static Capabilities capabilities(int capacity) {
        return Intents.capabilities(4, Set.of(Feature.METADATA, Feature.SET_ARP, Feature.NORMAL), capacity);
    }

    private static DeviceView view(Device device, Capabilities capabilities, List<Translation> translations) {
        List<Rule> rules = new NatCompiler()
                .compile(device, capabilities, translations, Map.of())
                .rules();
        return new DeviceView(device, true, Optional.of(capabilities), translations, rules, Map.of(), Map.of());
    }

    @Test
    void whatIsAppliedIsWhatWasPlanned() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        Capabilities capabilities = capabilities(100_000);
        Device device = device("sw", 1);
        for (int round = 0; round < 50; round++) {
            List<Translation> before = some(random);
            List<Translation> after = some(random);
            DeviceView now = view(device, capabilities, before);
            List<Announcement> announced = new HostRoutePlanner().announcements(proved(device, before));
            TreeMap<String, Translation> wanted = new TreeMap<>();
            after.forEach(t -> wanted.put(t.id(), t));

            Plan plan = planner.plan(List.of(now), announced, Map.of("sw", device), wanted, Origins.UNKNOWN);

            Set<Rule> applied = new HashSet<>(now.rules());
            Plan.OfDevice change = plan.devices().getFirst();
            assertThat(applied).as("seed %d", seed).containsAll(change.removed());
            change.removed().forEach(applied::remove);
            assertThat(applied).as("seed %d", seed).hasSize((int) change.kept());
            applied.addAll(change.added());
            assertThat(applied)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            view(device, capabilities, after).rules());
            List<Announcement> routes = new ArrayList<>(announced);
            routes.removeAll(plan.routes().removed());
            assertThat(routes).hasSize((int) plan.routes().kept());
            routes.addAll(plan.routes().added());
            assertThat(routes.stream().map(Announcement::prefix))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(new HostRoutePlanner()
                            .announcements(proved(device, after)).stream()
                                    .map(Announcement::prefix)
                                    .toList());
        }
    }

    private static List<Proved> proved(Device device, List<Translation> translations) {
        return translations.stream()
                .map(t -> new Proved(t, device, List.of(t.outside())))
                .toList();
    }

    private static List<Translation> some(Random random) {
        List<Translation> some = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                int length = 27 + random.nextInt(6);
                some.add(Intents.translation(
                        "t" + i, "10.0." + i + ".0/" + length, "198.51.100." + 32 * i + "/" + length, "sw"));
            }
        }
        return some;
    }

    @Test
    void saysWhatWillNotBeTranslated() {
        Device device = device("sw", 1);
        Plan plan = planner.plan(
                List.of(view(device, capabilities(100), List.of())),
                List.of(),
                Map.of("sw", device),
                Map.of("big", Intents.translation("big", "10.0.0.0/24", "198.51.100.0/24", "sw")),
                Origins.UNKNOWN);
        assertThat(plan.problems()).hasSize(1);
        assertThat(plan.problems().getFirst()).contains("translations/big on devices/sw", "needs a software switch");
        plan.devices()
                .getFirst()
                .tables()
                .values()
                .forEach(t -> assertThat(t.after()).isLessThanOrEqualTo(100));
    }

    @Test
    void plansForADeviceThatIsNotThereYet() {
        Device device = device("new", 7);
        Plan plan = planner.plan(
                List.of(),
                List.of(),
                Map.of("new", device),
                Map.of("move", Intents.translation("move", "192.168.2.0/24", "192.168.3.0/24", "new")),
                Origins.UNKNOWN);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.devices().getFirst().connected()).isFalse();
        assertThat(plan.devices().getFirst().added()).isNotEmpty();
        assertThat(plan.steps())
                .satisfiesExactly(
                        s -> assertThat(s).contains("wait until devices/new connects", "as for Open vSwitch"),
                        s -> assertThat(s).contains("devices/new: add"),
                        s -> assertThat(s).contains("prove translations/move on devices/new"),
                        s -> assertThat(s).contains("announce 1 route"));
    }

    @Test
    void plansTheEndOfADevice() {
        Device device = device("old", 7);
        Translation move = Intents.translation("move", "192.168.2.0/24", "192.168.3.0/24", "old");
        DeviceView view = view(device, capabilities(100_000), List.of(move));
        Plan plan = planner.plan(
                List.of(view),
                new HostRoutePlanner().announcements(proved(device, List.of(move))),
                Map.of(),
                Map.of(),
                Origins.UNKNOWN);
        assertThat(plan.devices().getFirst().removed()).hasSameSizeAs(view.rules());
        assertThat(plan.steps())
                .satisfiesExactly(
                        s -> assertThat(s).contains("withdraw 1 route"),
                        s -> assertThat(s).contains("drain translations/move on devices/old, at most 5 s"),
                        s -> assertThat(s).contains("devices/old: add 0 rules, keep 0, remove"));
    }
}
