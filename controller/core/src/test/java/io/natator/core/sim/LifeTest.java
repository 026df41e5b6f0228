package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.PartState;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a translation, one story a test. */
class LifeTest {
    private static final Duration HOLD = Duration.ofSeconds(10);

    private final World world = new World(1, () -> {});
    private FakeSwitch sw;

    @BeforeEach
    void oneSwitch() {
        sw = new FakeSwitch(1, Intents.ovs());
        world.switches.put(1L, sw);
        world.devices.put("sw", Intents.wire("sw", 1, HOLD));
        world.restart();
    }

    private void move(String inside, String outside) {
        world.put(Intents.translation("move", inside, outside, "sw"));
    }

    private PartState state() {
        return world.parts.get("move@sw").state();
    }

    private List<String> routes() {
        return world.routes.stream()
                .map(Announcement::prefix)
                .map(Object::toString)
                .toList();
    }

    private List<PartState> statesSeen() {
        List<PartState> states = new ArrayList<>();
        for (String line : world.log) {
            if (line.contains("event=state translation=move ")) {
                states.add(PartState.valueOf(line.replaceFirst(".* to=(\\w+) .*", "$1")));
            }
        }
        return states;
    }

    private void active() {
        move("192.168.2.0/24", "192.168.3.0/24");
        world.connect(sw);
        world.run(Duration.ofSeconds(3));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("192.168.3.0/24");
    }

    @Test
    void isPendingUntilTheDeviceConnects() {
        move("192.168.2.0/24", "192.168.3.0/24");
        world.run(Duration.ofSeconds(60));
        assertThat(state()).isEqualTo(PartState.PENDING);
        assertThat(world.parts.get("move@sw").reason()).contains("waits for the device to connect");
        assertThat(routes()).isEmpty();
    }

    @Test
    void isInstalledThenProvedThenAnnounced() {
        active();
        assertThat(statesSeen())
                .containsExactly(PartState.PENDING, PartState.INSTALLING, PartState.PROVING, PartState.ACTIVE);
    }

    @Test
    void drainsBeforeItsRulesGo() {
        active();
        int rules = sw.rules().size();
        world.delete("move");
        assertThat(state()).isEqualTo(PartState.DRAINING);
        assertThat(world.parts.get("move@sw").reason()).contains("GRACEFUL_SHUTDOWN");
        assertThat(world.routes)
                .singleElement()
                .matches(Announcement::draining)
                .extracting(Announcement::communities)
                .isEqualTo(List.of("65535:0"));
        world.run(Duration.ofMillis(1_900));
        assertThat(routes()).containsExactly("192.168.3.0/24");
        world.run(Duration.ofMillis(200));
        assertThat(routes()).isEmpty();
        assertThat(world.parts.get("move@sw").reason()).isEqualTo("waits for traffic to stop");
        world.run(Duration.ofMillis(800));
        assertThat(sw.rules()).hasSize(rules);
        world.run(Duration.ofSeconds(2));
        assertThat(world.parts).isEmpty();
        assertThat(sw.rules().stream().filter(r -> r.owner().equals("move"))).isEmpty();
    }

    @Test
    void drainsForTheDevicesLimitWhileTrafficGoesOn() {
        active();
        world.traffic = true;
        world.delete("move");
        world.run(Duration.ofMillis(6_900));
        assertThat(state()).isEqualTo(PartState.DRAINING);
        world.run(Duration.ofSeconds(1));
        assertThat(world.parts).isEmpty();
    }

    @Test
    void keepsRoutesForTheHoldWhenTheConnectionIsLost() {
        active();
        world.disconnect(sw);
        world.run(Duration.ofMillis(9_900));
        assertThat(routes()).containsExactly("192.168.3.0/24");
        assertThat(state()).isEqualTo(PartState.PENDING);
        world.run(Duration.ofMillis(200));
        assertThat(routes()).isEmpty();
        world.connect(sw);
        world.run(Duration.ofSeconds(3));
        assertThat(routes()).containsExactly("192.168.3.0/24");
        assertThat(state()).isEqualTo(PartState.ACTIVE);
    }

    @Test
    void keepsRoutesWhenRulesAreRestoredAndProvedWithinTheHold() {
        active();
        int before = world.log.size();
        world.loseRules(sw);
        world.run(Duration.ofSeconds(3));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("192.168.3.0/24");
        assertThat(world.log.subList(before, world.log.size()).stream().filter(l -> l.contains("announce")))
                .isEmpty();
    }

    @Test
    void countsRestoredRulesOfEachTranslationForItself() {
        active();
        world.put(Intents.translation("other", "192.168.8.0/24", "192.168.9.0/24", "sw"));
        world.run(Duration.ofSeconds(5));
        int lost = world.loseRules(sw, "other");
        assertThat(lost).isPositive();
        world.run(Duration.ofSeconds(5));
        assertThat(world.parts.get("other@sw").rulesRestored()).isEqualTo(lost);
        assertThat(world.parts.get("move@sw").rulesRestored()).isZero();
    }

    @Test
    void withdrawsWhenRulesAreRefused() {
        active();
        world.refuse(sw, Set.of("move"));
        world.run(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(PartState.DEGRADED);
        assertThat(world.parts.get("move@sw").reason()).contains("refused").contains("bad action");
        assertThat(routes()).isEmpty();
        world.refuse(sw, Set.of());
        world.run(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("192.168.3.0/24");
    }

    @Test
    void saysWhichProbeFailedAndTriesOn() {
        world.probeLoss = 1;
        move("192.168.2.0/24", "192.168.3.0/24");
        world.connect(sw);
        world.run(Duration.ofSeconds(30));
        assertThat(state()).isEqualTo(PartState.DEGRADED);
        assertThat(world.parts.get("move@sw").reason())
                .contains("probes did not come back")
                .contains("to-");
        assertThat(routes()).isEmpty();
        world.probeLoss = 0;
        world.run(Duration.ofSeconds(10));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("192.168.3.0/24");
    }

    @Test
    void changesItsOutsideByDrainingTheOldOne() {
        active();
        move("192.168.2.0/24", "198.51.100.0/24");
        assertThat(world.routes).singleElement().matches(Announcement::draining);
        assertThat(state()).isEqualTo(PartState.DRAINING);
        world.run(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("198.51.100.0/24");
    }

    @Test
    void growsWithoutWithdrawingWhatItHad() {
        world.connect(sw);
        move("192.168.2.0/24", "198.51.100.0/24");
        world.run(Duration.ofSeconds(5));
        int before = world.log.size();
        move("192.168.2.0/23", "198.51.100.0/23");
        world.run(Duration.ofSeconds(5));
        assertThat(routes()).containsExactly("198.51.100.0/23");
        assertThat(world.log.subList(before, world.log.size()).stream().filter(l -> l.contains(" announce [")))
                .hasSize(1);
    }

    @Test
    void shrinksByWithdrawingOnlyWhatGoes() {
        world.connect(sw);
        move("192.168.2.0/23", "198.51.100.0/23");
        world.run(Duration.ofSeconds(5));
        move("192.168.2.0/24", "198.51.100.0/24");
        assertThat(world.routes)
                .extracting(r -> r.prefix() + " " + r.draining())
                .containsExactly("198.51.100.0/23 true", "198.51.100.0/24 false");
        world.run(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("198.51.100.0/24");
    }

    @Test
    void keepsRoutesAndRulesOverARestart() {
        active();
        int changes = sw.changes;
        world.restart();
        assertThat(routes()).containsExactly("192.168.3.0/24");
        world.run(Duration.ofSeconds(10));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(routes()).containsExactly("192.168.3.0/24");
        assertThat(sw.changes).isEqualTo(changes);
    }

    @Test
    void doesNotWaitForADeviceThatStaysAwayForLongerThanTheStartupLimit() {
        active();
        world.disconnect(sw);
        world.restart();
        world.run(Duration.ofSeconds(29));
        assertThat(routes()).containsExactly("192.168.3.0/24");
        world.run(Duration.ofSeconds(2));
        assertThat(routes()).isEmpty();
    }

    @Test
    void withdrawsBeforeRulesGoAlsoWhenKilledInBetween() {
        active();
        world.delete("move");
        int rules = sw.rules().size();
        world.routes = List.of(new Announcement(
                org.onlab.packet.IpPrefix.valueOf("192.168.3.0/24"),
                org.onlab.packet.IpAddress.valueOf("203.0.113.1"),
                List.of(),
                List.of(),
                List.of("move")));
        world.restart();
        world.run(Duration.ofMillis(900));
        assertThat(sw.rules()).hasSize(rules);
        assertThat(routes()).isEmpty();
        world.run(Duration.ofSeconds(5));
        assertThat(sw.rules().stream().filter(r -> r.owner().equals("move"))).isEmpty();
        assertThat(world.parts).isEmpty();
    }

    @Test
    void staysWhatItWasWhenItsRemovalIsTakenBack() {
        active();
        world.delete("move");
        world.run(Duration.ofSeconds(1));
        move("192.168.2.0/24", "192.168.3.0/24");
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(world.routes).singleElement().matches(r -> !r.draining());
        world.run(Duration.ofSeconds(10));
        assertThat(world.routes).singleElement().matches(r -> !r.draining());
    }

    @Test
    void withdrawsAtOnceWhatNobodyTranslatesAnyMoreAlsoWhileItLeaves() {
        world.put(announced(new Announce(
                Announce.Routes.AGGREGATE,
                Optional.empty(),
                List.of(),
                List.of(),
                OptionalLong.of(50),
                Duration.ZERO,
                Duration.ofMinutes(10),
                false)));
        world.connect(sw);
        world.run(Duration.ofSeconds(3));
        world.delete("move");
        world.run(Duration.ofMinutes(9));
        assertThat(world.routes).singleElement().matches(Announcement::draining);
        world.disconnect(sw);
        world.run(HOLD.plusSeconds(1));
        assertThat(routes()).isEmpty();
    }

    @Test
    void isAnnouncedOnlyAfterTheHoldDown() {
        world.put(announced(new Announce(
                Announce.Routes.AGGREGATE,
                Optional.empty(),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                Duration.ofSeconds(30),
                Duration.ZERO,
                false)));
        world.connect(sw);
        world.run(Duration.ofSeconds(25));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(world.parts.get("move@sw").reason()).contains("not announced before", "hold_down is 30 s");
        assertThat(world.announcements)
                .singleElement()
                .matches(a -> a.state() == AnnouncementStatus.State.HELD_BACK
                        && a.reason().contains("hold_down"));
        assertThat(routes()).isEmpty();
        world.run(Duration.ofSeconds(10));
        assertThat(world.parts.get("move@sw").reason()).isEmpty();
        assertThat(world.announcements).singleElement().matches(a -> a.state() == AnnouncementStatus.State.ANNOUNCED);
        assertThat(routes()).containsExactly("192.168.3.0/24");
        // A restart must not withdraw what neighbours keep.
        world.restart();
        world.run(Duration.ofSeconds(10));
        assertThat(routes()).containsExactly("192.168.3.0/24");
        world.delete("move");
        assertThat(routes()).isEmpty();
    }

    private static Translation announced(Announce policy) {
        Translation plain = Intents.translation("move", "192.168.2.0/24", "192.168.3.0/24", "sw");
        return new Translation(
                plain.id(),
                plain.kind(),
                plain.inside(),
                plain.outside(),
                plain.exemptDestinations(),
                plain.gateways(),
                plain.devices(),
                policy,
                plain.perHostRules());
    }

    @Test
    void waitsLongerEachTimeThatItFlaps() {
        active();
        long before = 0;
        for (int i = 1; i <= 5; i++) {
            world.refuse(sw, Set.of("move"));
            world.run(Duration.ofSeconds(1));
            assertThat(routes()).isEmpty();
            world.refuse(sw, Set.of());
            long seconds = 0;
            while (routes().isEmpty() && seconds < 60) {
                world.run(Duration.ofSeconds(1));
                seconds++;
            }
            assertThat(seconds).as("return " + i).isGreaterThanOrEqualTo(before);
            before = seconds;
        }
        assertThat(before).isBetween(16L, 20L);
        world.refuse(sw, Set.of("move"));
        world.run(Duration.ofSeconds(1));
        world.refuse(sw, Set.of());
        world.run(Duration.ofSeconds(10));
        assertThat(world.parts.get("move@sw").reason())
                .contains("not announced before", "had to be withdrawn 6 times within 10 minutes");
        // What was long ago is forgotten.
        world.run(Duration.ofMinutes(11));
        assertThat(routes()).containsExactly("192.168.3.0/24");
        world.refuse(sw, Set.of("move"));
        world.run(Duration.ofSeconds(1));
        world.refuse(sw, Set.of());
        world.run(Duration.ofSeconds(5));
        assertThat(routes()).containsExactly("192.168.3.0/24");
    }
}
