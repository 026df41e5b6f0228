package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Announcement;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.rule.Rule;
import io.natator.model.rule.SetAddress;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;

/** What a device refuses is done by its software switches. */
class RefusedTest {
    private final ServedWorld served = new ServedWorld(Intents.capabilities(
            8, EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE, Feature.MASKED_SET_FIELD)), 1_000));
    private final World world = served.world;
    private final FakeSwitch sw = served.sw;

    private void connect() {
        world.put(Intents.translation("move", "192.168.2.0/28", "192.168.3.0/28", "sw"));
        served.connect();
        world.run(Duration.ofSeconds(3));
    }

    private void connectRefusing() {
        sw.refuses = RefusedTest::rewrites;
        connect();
    }

    /** As hardware that has no such action. */
    private static boolean rewrites(Rule rule) {
        return rule.treatment().immediate().stream()
                .anyMatch(i ->
                        i instanceof ExtensionInstructionWrapper w && w.extensionInstruction() instanceof SetAddress);
    }

    private static boolean isOf(Rule rule, String host) {
        return rule.selector().criteria().stream().anyMatch(c -> c.toString().contains(host + "/32"));
    }

    private PartStatus status() {
        return world.parts.get("move@sw");
    }

    private void assertActive() {
        assertThat(status().state()).as(status().reason()).isEqualTo(PartState.ACTIVE);
        assertThat(world.routes.stream().map(Announcement::prefix)).containsExactly(IpPrefix.valueOf("192.168.3.0/28"));
    }

    @Test
    void allOfItGoesToASoftwareSwitch() {
        connectRefusing();
        assertActive();
        assertThat(status().placement())
                .matches("devices/ss[12]: the switch refused its rules: bad action: set by test");
        assertThat(sw.rules()).noneMatch(RefusedTest::rewrites);
    }

    @Test
    void onlyTheHostsWhoseRulesAreRefusedMove() {
        sw.refuses = r -> rewrites(r) && (isOf(r, "192.168.2.5") || isOf(r, "192.168.3.7"));
        connect();
        assertActive();
        assertThat(status().placement())
                .matches("set-field per host for 14 of 16 addresses, the others \\(the switch refused rules of 2: bad"
                        + " action: set by test\\) and ICMP errors devices/ss[12]");
        assertThat(sw.rules()).anyMatch(r -> rewrites(r) && isOf(r, "192.168.2.6"));
        assertThat(sw.rules()).noneMatch(r -> rewrites(r) && (isOf(r, "192.168.2.5") || isOf(r, "192.168.2.7")));
    }

    @Test
    void itIsNotTriedAgain() {
        connectRefusing();
        assertActive();
        int changes = sw.changes;
        world.disconnect(sw);
        world.connect(sw);
        world.run(Duration.ofMinutes(30));
        assertActive();
        assertThat(sw.changes).isEqualTo(changes);
    }

    @Test
    void anotherTranslationIsTried() {
        connectRefusing();
        sw.refuses = r -> false;
        world.put(Intents.translation("move", "192.168.2.0/28", "192.168.4.0/28", "sw"));
        world.run(Duration.ofSeconds(30));
        assertThat(status().placement()).startsWith("set-field per host, ICMP errors devices/ss");
    }

    @Test
    void anotherDeviceIsTried() {
        connectRefusing();
        world.disconnect(sw);
        FakeSwitch better = new FakeSwitch(1, withMasks());
        world.switches.put(1L, better);
        better.desired = sw.desired;
        world.connect(better);
        world.run(Duration.ofSeconds(30));
        assertActive();
        assertThat(status().placement()).startsWith("masked set-field, ICMP errors devices/ss");
    }

    private Capabilities withMasks() {
        var c = sw.capabilities;
        return new Capabilities(
                c.openflow(),
                c.manufacturer(),
                c.hardware(),
                c.software(),
                EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)),
                c.tables(),
                c.ports());
    }

    @Test
    void withNobodyToDoItItIsToldAsBefore() {
        connectRefusing();
        world.disconnect(served.first);
        world.disconnect(served.second);
        world.run(Duration.ofSeconds(30));
        assertThat(status().state()).isEqualTo(PartState.DEGRADED);
        assertThat(status().reason()).contains("rules refused; first: ").endsWith("bad action: set by test");
        assertThat(world.routes).isEmpty();
        world.connect(served.second);
        world.run(Duration.ofSeconds(30));
        assertActive();
        assertThat(status().placement()).startsWith("devices/ss2: the switch refused its rules");
    }

    /** Not even rules that lead to a software switch are taken. */
    @Test
    void whatCannotBeHelpedComesToRest() {
        sw.refuses = r -> r.owner().equals("move");
        connect();
        assertThat(status().state()).isEqualTo(PartState.DEGRADED);
        assertThat(status().reason()).contains("rules refused; first: ");
        long generations = sw.desired.generation();
        world.run(Duration.ofMinutes(30));
        assertThat(sw.desired.generation()).isEqualTo(generations);
    }

    @Test
    void aRestartedControllerLearnsItAgain() {
        connectRefusing();
        world.restart();
        world.run(Duration.ofSeconds(60));
        assertActive();
        assertThat(status().placement()).contains("the switch refused its rules");
    }
}
