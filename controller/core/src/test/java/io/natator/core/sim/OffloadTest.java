package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.Event;
import io.natator.core.offload.Offloads;
import io.natator.core.plan.Plan;
import io.natator.core.plan.Planner;
import io.natator.hostroute.HostRoutePlanner;
import io.natator.model.compile.RoutePlanner.Origins;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Translation;
import io.natator.model.rule.RuleText;
import io.natator.model.session.Binding;
import io.natator.model.session.Share;
import io.natator.model.southbound.SwitchEvent;
import io.natator.nat.NatCompiler;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Bindings of a DYNAMIC translation whose work rules of the device do. */
class OffloadTest {
    private static final String OUTSIDE = "198.51.100.0/29";
    private static final Duration WHILE = Offloads.POLL.multipliedBy(3);

    private World world = new World(1, () -> {});
    private FakeSwitch sw;
    private FakeSwitch software;

    private void start() {
        ServedWorld served = new ServedWorld(world);
        sw = served.sw;
        software = served.first;
        pool(Pool.DEFAULT);
        world.connect(software);
        world.connect(sw);
        world.run(WHILE);
    }

    private Plan plan(Translation pool) {
        return new Planner(new NatCompiler(), new HostRoutePlanner())
                .plan(world.views(), List.of(), world.devices, Map.of(pool.id(), pool), Origins.UNKNOWN);
    }

    private static Plan.Table tableOne(Plan plan) {
        return plan.devices().stream()
                .filter(d -> d.device().equals("sw"))
                .findFirst()
                .orElseThrow()
                .tables()
                .get(1);
    }

    @Test
    void asManyComeAsThePlanSaid() {
        Translation pool = Intents.pooled(Kind.DYNAMIC, OUTSIDE, Pool.DEFAULT);
        new ServedWorld(world).connect();
        world.run(WHILE);
        Plan plenty = plan(pool);
        assertThat(plenty.steps())
                .last()
                .isEqualTo(
                        "later, up to 8 bindings of translations/pool, those used most, may get 2 rules each on devices/sw");
        long fixed = tableOne(plenty).after();

        world = new World(1, () -> {});
        ServedWorld served = new ServedWorld(world, Intents.ovs((int) fixed + 3));
        sw = served.sw;
        software = served.first;
        served.connect();
        world.run(WHILE);
        assertThat(plan(pool).steps().getLast()).startsWith("later, up to 3 bindings of translations/pool");
        pool(Pool.DEFAULT);
        world.run(WHILE);
        assertThat(plan(pool).steps()).as("nothing new").noneMatch(s -> s.startsWith("later"));
        for (int i = 0; i < 8; i++) {
            busy(10 + i, i, 600);
        }
        world.bindings.traffic = 50;
        world.run(WHILE);
        assertThat(standing()).hasSize(3);
    }

    private void pool(Pool pool) {
        world.put(Intents.pooled(Kind.DYNAMIC, OUTSIDE, pool));
    }

    private static IpAddress inside(int host) {
        return IpAddress.valueOf("10.0.0." + host);
    }

    private static IpAddress outside(int host) {
        return IpAddress.valueOf("198.51.100." + host);
    }

    private int share() {
        return software.shares.getFirst().id();
    }

    /** A host has an address, and its packets come by the software switch, so many a minute. */
    private Binding busy(int host, int address, long packets) {
        assertThat(world.bindings.bind(software, share(), inside(host), outside(address)))
                .isTrue();
        Binding binding = new Binding(share(), inside(host), outside(address));
        world.bindings.memory(software).rates.put(binding, packets);
        return binding;
    }

    private Set<IpAddress> standing() {
        return world.bindings.standing(sw).keySet();
    }

    /** A binding whose work rules of the device do. */
    private Binding onTheDevice() {
        start();
        Binding binding = busy(5, 1, 600);
        world.bindings.traffic = 50;
        world.run(WHILE);
        assertThat(standing()).containsExactly(outside(1));
        return binding;
    }

    /** Between two readings nothing is known of its packets. */
    @Test
    void staysWhileItIsUsedAlsoIfBindingsEndSoonerThanItIsRead() {
        start();
        pool(Pool.DEFAULT.but().idle(Duration.ofSeconds(4)).build());
        world.run(Duration.ofSeconds(5));
        busy(5, 1, 600);
        world.bindings.traffic = 50;
        world.run(Duration.ofMinutes(5));
        assertThat(standing()).containsExactly(outside(1));
        assertThat(world.bindings.released).isZero();
    }

    @Test
    void goesToTheDeviceWhileItIsUsedAndComesBack() {
        start();
        busy(5, 1, 600);
        busy(6, 2, 10);
        world.bindings.traffic = 50;
        world.run(WHILE);
        assertThat(world.bindings.standing(sw)).isEqualTo(Map.of(outside(1), Set.of(inside(5))));
        assertThat(world.parts.get("pool@sw").hardwareBindings()).isEqualTo(1);
        assertThat(world.parts.get("pool@sw").placement())
                .isEqualTo("devices/ss1: DYNAMIC needs sessions; rules for bindings used most");
        assertThat(world.bindings.end(software, outside(1))).as("held").isFalse();
        world.run(Duration.ofHours(2));
        assertThat(standing()).as("prolonged").containsExactly(outside(1));

        world.bindings.traffic = 0;
        world.run(Duration.ofSeconds(6));
        long packets = world.bindings.packets(sw);
        assertThat(packets).isPositive();
        assertThat(world.parts.get("pool@sw").packets()).isEqualTo(packets);
        assertThat(world.parts.get("pool@sw").bytes()).isEqualTo(100 * packets);

        world.bindings.memory(software).rates.clear();
        world.run(Duration.ofSeconds(90));
        assertThat(standing()).isEmpty();
        assertThat(world.parts.get("pool@sw").packets()).as("still counted").isEqualTo(packets);
        assertThat(world.parts.get("pool@sw").hardwareBindings()).isZero();
        assertThat(world.bindings.end(software, outside(1))).as("released").isTrue();
    }

    @Test
    void whoIsUsedMoreTakesThePlace() {
        start();
        pool(Pool.DEFAULT.but().hardwareBindings(1).build());
        world.run(WHILE);
        busy(5, 1, 100);
        world.bindings.traffic = 8; // 96 a minute
        world.run(WHILE);
        busy(6, 2, 150);
        world.run(Duration.ofMinutes(1));
        assertThat(standing()).as("not so much more").containsExactly(outside(1));
        busy(7, 3, 600);
        world.run(Duration.ofMinutes(1));
        assertThat(standing()).containsExactly(outside(3));
        pool(Pool.DEFAULT.but().hardwareBindings(0).build());
        world.run(WHILE);
        assertThat(standing()).isEmpty();
        assertThat(software.shares.getFirst().offered()).isFalse();
    }

    /** OpenFlow 1.3 and nothing more, and one table of 1,000 rules. */
    private void startSmall(Device device) {
        Set<Feature> exact = EnumSet.of(Feature.SET_ARP, Feature.SET_ND, Feature.METADATA);
        ServedWorld served = new ServedWorld(world, device, Intents.capabilities(1, exact, 1000));
        sw = served.sw;
        software = served.first;
        pool(Pool.DEFAULT);
        served.connect();
        world.run(WHILE);
    }

    private String rules() {
        return world.bindings.on(sw).values().stream()
                .flatMap(l -> l.rules().stream())
                .map(RuleText::describe)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void oneTableIsEnough() {
        startSmall(Intents.wire("sw", 1, Duration.ofSeconds(10)));
        busy(5, 1, 600);
        world.bindings.traffic = 50;
        world.run(WHILE);
        assertThat(standing()).containsExactly(outside(1));
        assertThat(rules().lines()).hasSize(2).allMatch(r -> r.contains("table=0,") && r.contains("output:"));
        assertThat(world.parts.get("pool@sw").placement())
                .isEqualTo("devices/ss1: DYNAMIC needs sessions, one table; rules for bindings used most");
    }

    @Test
    void inOneTableTheyFollowTheWaysOn() {
        startSmall(Intents.wideRouter("sw", 1, Duration.ofSeconds(10)));
        world.seen(1, inside(5));
        world.run(WHILE);
        busy(5, 1, 600);
        world.bindings.traffic = 50;
        world.run(WHILE);
        assertThat(rules().lines()).as(rules()).hasSize(2);
        int released = world.bindings.released;

        world.seen(1, inside(6));
        world.run(WHILE);
        assertThat(world.bindings.released)
                .as("of others nothing is to be known")
                .isEqualTo(released);

        MacAddress moved = MacAddress.valueOf("02:00:00:00:77:77");
        world.tell(new Event.FromSwitch(new SwitchEvent.NeighborSeen(1, inside(5), moved)));
        world.run(Duration.ofSeconds(2));
        assertThat(rules())
                .as("never to where it was")
                .doesNotContain("10.0.0.5")
                .isEmpty();
        world.run(WHILE);
        assertThat(rules()).contains(moved.toString().toLowerCase(Locale.ROOT));
        assertThat(standing()).containsExactly(outside(1));
    }

    @Test
    void aDeviceThatIsFullIsLeftInPeace() {
        world.bindings.room = 2;
        start();
        for (int i = 1; i <= 4; i++) {
            busy(i, i, 600);
        }
        world.bindings.traffic = 50;
        world.run(WHILE);
        assertThat(standing()).hasSize(2);
        int rounds = world.bindings.rounds;
        world.run(Duration.ofSeconds(50));
        assertThat(standing()).hasSize(2);
        assertThat(world.bindings.rounds - rounds).isLessThanOrEqualTo(24);
    }

    @Test
    void withoutTheControllerRulesGoByThemselves() {
        Binding binding = onTheDevice();
        world.disconnect(sw);
        world.disconnect(software);
        world.run(Offloads.TIME.minusSeconds(20));
        assertThat(standing()).as("still there").hasSize(1);
        assertThat(world.bindings.end(software, outside(1)))
                .as("held meanwhile")
                .isFalse();
        world.run(Duration.ofSeconds(30));
        assertThat(standing()).isEmpty();
        world.run(Offloads.HOLD.minus(Offloads.TIME));
        assertThat(world.bindings.end(software, binding.outside())).isTrue();
    }

    @Test
    void aSoftwareSwitchThatBeganAnewMakesNoneBeforeTheRulesAreGone() {
        onTheDevice();
        world.bindings.memories.clear();
        world.disconnect(sw);
        world.disconnect(software);
        world.connect(software);
        world.run(WHILE);
        assertThat(standing()).hasSize(1);
        assertThat(world.bindings.bind(software, share(), inside(6), outside(1)))
                .as("the device is not there to be asked")
                .isFalse();
        world.connect(sw);
        world.run(WHILE);
        assertThat(standing()).isEmpty();
        assertThat(world.bindings.bind(software, share(), inside(6), outside(1)))
                .isTrue();
    }

    @Test
    void whatDrainsIsLeftToTheSoftwareSwitch() {
        onTheDevice();
        world.delete("pool");
        world.run(Duration.ofMillis(2500));
        assertThat(standing()).isEmpty();
    }

    /** Whatever happens, no rule gives an address to one host that another host has. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.natator.core.sim.ChaosTest#seeds")
    void noRuleOutlivesItsBinding(long seed) {
        world = new World(seed, this::noTwoHosts);
        start();
        for (int step = 0; step < 60; step++) {
            act();
            noTwoHosts();
            world.run(Duration.ofMillis(world.random.nextInt(20_000)));
        }
        world.connect(software);
        world.connect(sw);
        world.bindings.room = Integer.MAX_VALUE;
        pool(Pool.DEFAULT);
        world.bindings.traffic = 0;
        world.bindings.memories.values().forEach(m -> m.rates.clear());
        world.run(Offloads.HOLD.plusMinutes(1)); // of what an earlier controller had held, this one knows nothing
        assertThat(standing()).as("seed " + seed).isEmpty();
        for (int i = 0; i < 8; i++) {
            assertThat(world.bindings.end(software, outside(i)))
                    .as("released, seed " + seed)
                    .isTrue();
        }
    }

    private void act() {
        FakeBindings.Memory memory = world.bindings.memory(software);
        int host = 1 + world.random.nextInt(12);
        IpAddress address = outside(world.random.nextInt(8));
        switch (world.random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> {
                boolean has = memory.byOutside.values().stream()
                        .anyMatch(b -> b.inside().equals(inside(host)));
                for (Share share : has ? List.<Share>of() : software.shares) {
                    world.bindings.bind(software, share.id(), inside(host), address);
                    memory.rates.put(new Binding(share.id(), inside(host), address), (long) world.random.nextInt(2000));
                }
            }
            case 6, 7 -> world.bindings.end(software, address);
            case 8 -> memory.byOutside.remove(address); // cleared
            case 9 -> world.bindings.traffic = world.random.nextInt(100);
            case 10 -> world.disconnect(sw);
            case 11 -> world.connect(sw);
            case 12 -> {
                world.disconnect(software);
                if (world.random.nextBoolean()) {
                    world.bindings.memories.clear();
                }
            }
            case 13 -> world.connect(software);
            case 14 -> {
                if (world.random.nextInt(3) == 0) {
                    world.restart();
                } else {
                    world.bindings.room = 1 + world.random.nextInt(5);
                }
            }
            default -> {
                if (world.random.nextInt(3) == 0) {
                    world.run(Offloads.HOLD.multipliedBy(world.random.nextInt(3)));
                } else {
                    pool(Pool.DEFAULT
                            .but()
                            .hardwareBindings(world.random.nextInt(4))
                            .build());
                }
            }
        }
    }

    private void noTwoHosts() {
        if (sw == null) {
            return;
        }
        Map<IpAddress, Binding> bound = world.bindings.memory(software).byOutside;
        world.bindings.standing(sw).forEach((address, hosts) -> {
            assertThat(hosts).as("of %s", address).hasSize(1);
            if (bound.containsKey(address)) {
                assertThat(hosts)
                        .as("of %s", address)
                        .containsExactly(bound.get(address).inside());
            }
        });
    }
}
