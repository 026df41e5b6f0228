package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.Event;
import io.natator.core.status.PartState;
import io.natator.model.intent.Translation;
import io.natator.model.rule.RuleText;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Next hops and on-link hosts of a ROUTED device. */
class RoutedTest {
    private static final IpAddress HOST = IpAddress.valueOf("192.168.2.10");

    private static final IpPrefix EXEMPT = IpPrefix.valueOf("192.0.2.0/24");

    private final World world = new World(1, () -> {});
    private FakeSwitch sw;

    @BeforeEach
    void oneRouter() {
        sw = new FakeSwitch(1, Intents.ovs());
        world.switches.put(1L, sw);
        world.devices.put("sw", Intents.router("sw", 1));
        world.restart();
        world.connect(sw);
        world.put(Intents.translation("move", "192.168.2.0/24", "198.51.100.0/24", "sw"));
    }

    private PartState state() {
        return world.parts.get("move@sw").state();
    }

    private long rulesTo(IpAddress host) {
        return sw.rules().stream()
                .map(RuleText::describe)
                .filter(r -> r.contains("=" + host + ",") && r.contains("table=3"))
                .count();
    }

    private void wanted(IpAddress host) {
        world.tell(new Event.FromSwitch(new SwitchEvent.NeighborWanted(1, host)));
    }

    @Test
    void isPendingUntilItsNextHopAnswers() {
        world.silent.add(Intents.NEXT_HOP);
        world.restart();
        world.run(Duration.ofMinutes(2));
        assertThat(state()).isEqualTo(PartState.PENDING);
        assertThat(world.parts.get("move@sw").reason()).contains("203.0.113.1").contains("does not answer");
        assertThat(world.routes).isEmpty();
        world.silent.clear();
        world.run(Duration.ofSeconds(35));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(world.routes).hasSize(1);
    }

    @Test
    void isAnnouncedOnlyWhenTheRulesToItsNextHopAreIn() {
        for (int i = 0; i < 3_000 && world.routes.isEmpty(); i++) {
            world.run(Duration.ofMillis(1));
        }
        assertThat(world.routes).isNotEmpty();
        assertThat(sw.desired.generation()).isGreaterThan(1);
        assertThat(sw.synced).isEqualTo(sw.desired.generation());
    }

    @Test
    void keepsASilentNextHopAndSaysSo() {
        world.run(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        int changes = sw.changes;
        world.silent.add(Intents.NEXT_HOP);
        world.run(Duration.ofMinutes(10));
        assertThat(sw.changes).isEqualTo(changes);
        assertThat(state()).isEqualTo(PartState.ACTIVE);
    }

    @Test
    void learnsHostsOnDemandAndForgetsThoseThatFallSilent() {
        world.run(Duration.ofSeconds(5));
        assertThat(rulesTo(HOST)).isZero();
        wanted(HOST);
        world.run(Duration.ofSeconds(1));
        assertThat(rulesTo(HOST)).isPositive();
        world.run(Duration.ofMinutes(10));
        assertThat(rulesTo(HOST)).isPositive();
        world.silent.add(HOST);
        world.run(Duration.ofMinutes(3));
        assertThat(rulesTo(HOST)).isZero();
    }

    @Test
    void givesUpOnHostsThatDoNotAnswer() {
        world.run(Duration.ofSeconds(5));
        world.silent.add(HOST);
        wanted(HOST);
        world.run(Duration.ofMinutes(1));
        world.silent.clear();
        world.run(Duration.ofMinutes(1));
        assertThat(rulesTo(HOST)).isZero();
        wanted(HOST);
        world.run(Duration.ofSeconds(1));
        assertThat(rulesTo(HOST)).isPositive();
    }

    @Test
    void rewritesNothingWhenItRestarts() {
        world.run(Duration.ofSeconds(5));
        wanted(HOST);
        world.run(Duration.ofSeconds(5));
        int changes = sw.changes;
        world.restart();
        world.run(Duration.ofMinutes(3));
        assertThat(sw.changes).isEqualTo(changes);
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(rulesTo(HOST)).isPositive();
    }

    /** New hosts are collected for a while; what users change waits for none of that. */
    @Test
    void changesAreNotCollected() {
        world.run(Duration.ofSeconds(5));
        world.seen(1, HOST);
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        world.put(exempt());
        assertThat(state()).isEqualTo(PartState.INSTALLING);
    }

    /** While it is open what a device that is away still holds, nothing is changed. */
    @Test
    void isNotActiveWithWhatWasDeclaredBefore() {
        FakeSwitch away = new FakeSwitch(2, Intents.ovs());
        world.switches.put(2L, away);
        world.put(Intents.router("away", 2));
        world.connect(away);
        world.put(Intents.translation("other", "192.168.3.0/24", "198.51.101.0/24", "away"));
        world.run(Duration.ofSeconds(5));
        away.connected = false;
        world.restart();
        world.put(exempt());
        world.run(Duration.ofSeconds(10));
        assertThat(state()).isEqualTo(PartState.PENDING);
        assertThat(world.parts.get("move@sw").reason()).contains("declared before");
        world.run(Duration.ofSeconds(30));
        assertThat(state()).isEqualTo(PartState.ACTIVE);
        assertThat(sw.rules()).map(RuleText::describe).anyMatch(r -> r.contains("192.0.2.0"));
    }

    private static Translation exempt() {
        Translation all = Intents.translation("move", "192.168.2.0/24", "198.51.100.0/24", "sw");
        return new Translation(
                all.id(),
                all.kind(),
                all.inside(),
                all.outside(),
                List.of(EXEMPT),
                all.gateways(),
                all.devices(),
                all.announce(),
                all.perHostRules());
    }

    @Test
    void ignoresAddressesThatAreOnNoLink() {
        world.run(Duration.ofSeconds(5));
        int changes = sw.changes;
        world.seen(1, IpAddress.valueOf("172.16.0.1"));
        wanted(IpAddress.valueOf("172.16.0.2"));
        world.run(Duration.ofSeconds(5));
        assertThat(sw.changes).isEqualTo(changes);
    }
}
