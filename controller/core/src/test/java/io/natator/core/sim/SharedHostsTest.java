package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Announcement;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts that have an old and a new outside address, on a device that is served. */
class SharedHostsTest {
    private final ServedWorld served = new ServedWorld(Intents.router("sw", 1), Intents.ovs());
    private final World world = served.world;

    private void connect() {
        world.put(Intents.translation("old", "192.168.2.0/24", "198.51.100.0/24", "sw"));
        world.put(Intents.translation("new", "192.168.2.16/28", "198.51.101.16/28", "sw"));
        served.connect();
        world.run(Duration.ofSeconds(5));
    }

    private void assertActive() {
        for (String each : List.of("old@sw", "new@sw")) {
            PartStatus part = world.parts.get(each);
            assertThat(part.state()).as(each + " " + part.reason()).isEqualTo(PartState.ACTIVE);
        }
        assertThat(world.routes.stream().map(Announcement::prefix).map(Object::toString))
                .containsExactlyInAnyOrder("198.51.100.0/24", "198.51.101.16/28");
    }

    private String placement(String translation) {
        return world.parts.get(translation + "@sw").placement();
    }

    @Test
    void bothAddressesAreProvedAndAnnounced() {
        connect();
        assertActive();
        assertThat(placement("old"))
                .matches("masked set-field for 240 of 256 addresses, the others \\(shares inside hosts with"
                        + " translations/new\\) and ICMP errors devices/ss[12]");
        assertThat(placement("new")).matches("devices/ss[12]: shares inside hosts with translations/old");
        String whose = "devices/ss[12]";
        assertThat(placement("old").replaceFirst(".*(" + whose + ").*", "$1"))
                .as("one remembers the flows of both")
                .isEqualTo(placement("new").replaceFirst("(" + whose + ").*", "$1"));
        assertThat(served.first.shares).hasSize(2).allMatch(Share::affine);
        assertThat(served.second.shares).isEqualTo(served.first.shares);
    }

    @Test
    void theySurviveASoftwareSwitch() {
        connect();
        FakeSwitch dead = placement("new").startsWith("devices/ss1") ? served.first : served.second;
        world.disconnect(dead);
        world.run(Duration.ofSeconds(40));
        assertActive();
        assertThat(placement("new")).startsWith(dead == served.first ? "devices/ss2" : "devices/ss1");
    }

    /** What hosts begin goes on by the preferred one; the other would answer by a wrong address, and is withdrawn. */
    @Test
    void withNobodyToRememberThePreferredOneGoesOn() {
        connect();
        world.disconnect(served.first);
        world.disconnect(served.second);
        world.run(Duration.ofSeconds(40));
        assertThat(world.parts.get("new@sw").state()).isEqualTo(PartState.ACTIVE);
        assertThat(world.parts.get("old@sw").state()).isEqualTo(PartState.DEGRADED);
        assertThat(world.parts.get("old@sw").reason())
                .startsWith(
                        "needs a software switch: shares inside hosts with translations/new: 240 of 256 addresses are"
                                + " translated: devices/ss1 is not connected");
        world.connect(served.second);
        world.run(Duration.ofSeconds(40));
        assertActive();
    }

    @Test
    void anEndOfTheOldOneLeavesTheNewOneAlone() {
        connect();
        world.delete("old");
        world.run(Duration.ofSeconds(40));
        assertThat(world.routes.stream().map(Announcement::prefix).map(Object::toString))
                .containsExactly("198.51.101.16/28");
        assertThat(placement("new")).startsWith("masked set-field, ICMP errors devices/ss");
        assertThat(served.first.shares).hasSize(1).noneMatch(Share::affine);
    }
}
