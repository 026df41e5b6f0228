package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.hostroute.HostRoutePlanner;
import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.device.VirtualMac;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.validate.Validator;
import io.natator.nat.NatCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/**
 * Random orders of everything that can happen. After each effect: what neighbours hold is translated by the rules
 * that are on the switch. In the end, when failures stop: everything is as if nothing had ever gone wrong.
 */
class ChaosTest {
    private static final Duration HOLD = Duration.ofSeconds(4);
    /** The hold, and what a withdrawal takes to arrive everywhere. */
    private static final Duration NOTICE = HOLD.plusMillis(1_100);

    private static final List<String> INSIDE = List.of("10.1.0.0/24", "10.2.0.0/24", "10.2.0.0/25", "10.3.0.0/23");
    private static final List<String> OUTSIDE =
            List.of("198.51.100.0/24", "203.1.112.0/24", "203.1.112.0/25", "198.18.2.0/23");

    private World world;
    private boolean routed;

    /** As many as fit into a test run, or -Dnatator.seeds=N, from -Dnatator.seed=S on. */
    static Stream<Long> seeds() {
        long first = Long.getLong("natator.seed", System.nanoTime() & 0xFFFF_FFFFL);
        return LongStream.range(first, first + Long.getLong("natator.seeds", 60))
                .boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void convergesAndNeverAnnouncesWhatIsNotTranslated(long seed) {
        world = new World(seed, this::announcedIsTranslated);
        routed = seed % 2 == 0;
        try {
            for (long id = 1; id <= 3; id++) {
                world.switches.put(id, new FakeSwitch(id, Intents.ovs()));
                world.devices.put("sw" + id, device(id, HOLD));
            }
            world.restart();
            world.probeLoss = 4;
            for (int i = 0; i < 60; i++) {
                happen();
                world.run(Duration.ofMillis(world.random.nextInt(3_000)));
            }
            calmDown();
            assertEverythingIsRight();
            assertRestartChangesNothing();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\n" + String.join("\n", tail(world.log)), e);
        }
    }

    private Device device(long id, Duration hold) {
        return routed ? Intents.wideRouter("sw" + id, id, hold) : Intents.wire("sw" + id, id, hold);
    }

    private static List<String> tail(List<String> log) {
        return log.subList(Math.max(0, log.size() - 60), log.size());
    }

    private void happen() {
        FakeSwitch sw = world.switches.get(1L + world.random.nextInt(3));
        switch (world.random.nextInt(14)) {
            case 0, 1, 2 -> put();
            case 3 -> delete();
            case 4, 5 -> world.connect(sw);
            case 6 -> world.disconnect(sw);
            case 7 -> world.loseRules(sw);
            case 8 -> world.refuse(sw, world.random.nextBoolean() ? Set.of("t" + world.random.nextInt(4)) : Set.of());
            case 9 -> world.traffic = world.random.nextBoolean();
            case 10 -> world.restart();
            case 11 -> changeDevice();
            default -> links(sw);
        }
    }

    private void put() {
        List<String> on = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            if (world.random.nextBoolean()) {
                on.add("sw" + i);
            }
        }
        Translation candidate = Intents.translation(
                "t" + world.random.nextInt(4),
                INSIDE.get(world.random.nextInt(INSIDE.size())),
                OUTSIDE.get(world.random.nextInt(OUTSIDE.size())),
                on.toArray(String[]::new));
        if (Validator.check(candidate, world.stored()).isEmpty()) {
            world.log.add(world.now + " put " + candidate);
            world.put(candidate);
        }
    }

    private void delete() {
        if (!world.translations.isEmpty()) {
            List<String> ids = List.copyOf(world.translations.keySet());
            String id = ids.get(world.random.nextInt(ids.size()));
            world.log.add(world.now + " delete " + id);
            world.delete(id);
        }
    }

    private void changeDevice() {
        long id = 1L + world.random.nextInt(3);
        world.put(device(id, HOLD.minusMillis(world.random.nextInt(500))));
    }

    /** Hosts are looked for, next hops fall silent and come back. */
    private void links(FakeSwitch sw) {
        if (!routed) {
            return;
        }
        IpAddress host = IpAddress.valueOf("10.2.0." + (1 + world.random.nextInt(6)));
        switch (world.random.nextInt(4)) {
            case 0 -> world.silent.add(Intents.WIDE_NEXT_HOP);
            case 1 -> world.silent.add(host);
            case 2 -> world.silent.clear();
            default -> world.wanted(sw, host);
        }
    }

    private void calmDown() {
        world.probeLoss = 0;
        world.traffic = false;
        world.silent.clear();
        world.switches.values().forEach(s -> world.refuse(s, Set.of()));
        world.switches.values().forEach(world::connect);
        // Longer than the longest wait of what flapped.
        world.run(Duration.ofMinutes(6));
    }

    // ---- what must always be true ----

    private void announcedIsTranslated() {
        world.fading.values().removeIf(until -> !world.now.isBefore(until));
        List<Announcement> used = new ArrayList<>(world.routes);
        used.addAll(world.fading.keySet());
        for (Announcement route : used) {
            for (IpAddress address : List.of(first(route), last(route))) {
                boolean translated = world.switches.values().stream()
                        .filter(s -> route.nextHop().equals(IpAddress.valueOf("203.0.113." + s.datapathId)))
                        .anyMatch(s -> translates(s, address) || isExcused(s));
                if (!translated) {
                    fail("announced but not translated: " + route.prefix() + " (" + address + ") by "
                            + route.nextHop());
                }
            }
        }
    }

    /**
     * Within the hold after a mishap routes may stay. And neighbours keep what an earlier process announced until
     * the first announcement of this one, even of a switch that refused rules in the meantime (docs/adr/0043).
     */
    private boolean isExcused(FakeSwitch sw) {
        Instant disturbed = world.disturbed.get(sw.datapathId);
        boolean withinHold = disturbed != null && world.now.isBefore(disturbed.plus(NOTICE));
        return withinHold || (world.now.isBefore(world.staleUntil) && world.broken.contains(sw.datapathId));
    }

    private static IpAddress first(Announcement route) {
        return route.prefix().address();
    }

    private static IpAddress last(Announcement route) {
        int hosts = (1 << (32 - route.prefix().prefixLength())) - 1;
        return IpAddress.valueOf(route.prefix().address().getIp4Address().toInt() | hosts);
    }

    /** A packet from outside leaves the inside port (or goes up, if its host is not known) with another destination. */
    private boolean translates(FakeSwitch sw, IpAddress address) {
        Packet packet = new Packet.Ip(
                MacAddress.valueOf("02:00:00:00:00:aa"),
                VirtualMac.of(sw.datapathId, 2),
                IpAddress.valueOf("192.0.2.9"),
                address,
                64,
                17,
                1,
                2);
        return sw.execute(new Arrival(2, packet)).emissions().stream()
                .anyMatch(e -> (e.port().toLong() == 1 || (routed && e.port().equals(PortNumber.CONTROLLER)))
                        && e.packet() instanceof Packet.Ip ip
                        && !ip.dst().equals(address));
    }

    // ---- what must be true in the end ----

    private void assertEverythingIsRight() {
        assertThat(world.parts.values().stream().map(PartStatus::state)).allMatch(s -> s == PartState.ACTIVE);
        long expected = world.translations.values().stream()
                .mapToLong(t -> t.devices().size())
                .sum();
        assertThat(world.parts).hasSize((int) expected);
        List<Proved> all = new ArrayList<>();
        for (FakeSwitch sw : world.switches.values()) {
            Device device = world.devices.get("sw" + sw.datapathId);
            List<Translation> here = world.translations.values().stream()
                    .filter(t -> t.devices().contains(device.id()))
                    .toList();
            var compilation = new NatCompiler().compile(device, sw.capabilities, here, world.nextHops(sw.datapathId));
            assertThat(world.nextHops(sw.datapathId).containsKey(Intents.WIDE_NEXT_HOP))
                    .isEqualTo(routed);
            assertThat(sw.rules()).containsExactlyInAnyOrderElementsOf(compilation.rules());
            here.forEach(t -> all.add(new Proved(t, device, List.of(t.outside()))));
        }
        assertThat(world.routes).containsExactlyInAnyOrderElementsOf(new HostRoutePlanner().announcements(all));
    }

    private void assertRestartChangesNothing() {
        int changes = world.switches.values().stream().mapToInt(s -> s.changes).sum();
        List<Announcement> routes = world.routes;
        Instant restarted = world.now;
        world.restart();
        world.run(Duration.ofSeconds(20));
        assertThat(world.switches.values().stream().mapToInt(s -> s.changes).sum())
                .isEqualTo(changes);
        assertThat(world.routes).containsExactlyInAnyOrderElementsOf(routes);
        assertThat(world.log.stream()
                        .filter(l -> l.contains(" announce [")
                                && Instant.parse(l.substring(0, l.indexOf(' '))).isAfter(restarted)))
                .hasSize(1);
    }
}
