package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** A device that forwards by itself, and a software switch at its SERVICE port. */
class NormalTest {
    private static final Capabilities WITHOUT_IN_PORT = Intents.capabilities(
            8, EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE, Feature.SET_IN_PORT)), Integer.MAX_VALUE);

    private final World world = new World(1, () -> {});

    private ServedWorld served(Device.Profile profile, Capabilities capabilities) {
        Device wire = Intents.wire("sw", 1, Duration.ofSeconds(10));
        Device device = new Device(
                wire.id(),
                wire.datapathId(),
                Device.Mode.NORMAL,
                profile,
                wire.ports(),
                wire.routes(),
                wire.nextHops(),
                wire.hold(),
                wire.drain());
        ServedWorld served = new ServedWorld(world, device, capabilities);
        world.put(Intents.pooled(Kind.NAPT, "198.51.100.0/30", Pool.DEFAULT));
        served.connect();
        world.run(Duration.ofSeconds(3));
        return served;
    }

    private PartStatus status() {
        return world.parts.get("pool@sw");
    }

    private void assertRefused(FakeSwitch software, String why) {
        assertThat(status().state()).isEqualTo(PartState.DEGRADED);
        assertThat(status().reason())
                .startsWith("needs a software switch: NAPT needs sessions, which rules have not: devices/ss1 does not"
                        + " help: devices/sw is NORMAL" + why);
        assertThat(software.shares).isEmpty();
        assertThat(world.routes).isEmpty();
    }

    @Test
    void isServedIfItCanSetInPort() {
        ServedWorld served = served(Device.Profile.AUTO, Intents.ovs());
        assertThat(status().state()).as(status().reason()).isEqualTo(PartState.ACTIVE);
        assertThat(status().placement()).isEqualTo("devices/ss1: NAPT needs sessions");
        assertThat(served.first.shares).hasSize(1);
    }

    @Test
    void isNotServedElse() {
        ServedWorld served = served(Device.Profile.AUTO, WITHOUT_IN_PORT);
        assertRefused(served.first, " and cannot set in_port, ");
    }

    @Test
    void isNotServedIfItMustNotUseExtensions() {
        ServedWorld served = served(Device.Profile.EXACT, Intents.ovs());
        assertRefused(served.first, ", and its profile EXACT keeps it from setting in_port, ");
    }

    @Test
    void isNotServedAnyMoreOnceItIsKnownNotToDoWhatItClaimed() {
        ServedWorld served = served(Device.Profile.AUTO, Intents.ovs());
        world.fromSwitch(new SwitchEvent.Changed(1, without(served.sw.capabilities)));
        world.run(Duration.ofSeconds(30));
        assertRefused(served.first, " and cannot set in_port, ");
    }

    private static Capabilities without(Capabilities all) {
        return new Capabilities(
                all.openflow(),
                all.manufacturer(),
                all.hardware(),
                all.software(),
                WITHOUT_IN_PORT.features(),
                all.tables(),
                all.ports());
    }
}
