package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.status.PartState;
import io.natator.model.compile.Announcement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(routes()).isEmpty();
        assertThat(state()).isEqualTo(PartState.DRAINING);
        world.run(Duration.ofMillis(900));
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
        world.run(Duration.ofMillis(4_900));
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
        assertThat(routes()).isEmpty();
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
        assertThat(routes()).containsExactly("198.51.100.0/24");
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
}
