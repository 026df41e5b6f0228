package io.natator.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.status.PartState;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.IpPrefix;

/** A pool on a device that is served by software switches. */
class PoolTest {
    private final ServedWorld served = new ServedWorld(Intents.ovs());
    private final World world = served.world;
    private final FakeSwitch sw = served.sw;
    private final FakeSwitch first = served.first;
    private final FakeSwitch second = served.second;

    private void pool(String... also) {
        Pool pool = Pool.DEFAULT
                .but()
                .also(Arrays.stream(also).map(IpPrefix::valueOf).toList())
                .build();
        world.put(Intents.pooled(Kind.NAPT, "198.51.100.0/30", pool));
    }

    private List<String> routes() {
        return world.routes.stream()
                .map(Announcement::prefix)
                .map(Object::toString)
                .toList();
    }

    private void active() {
        pool();
        served.connect();
        world.run(Duration.ofSeconds(3));
        assertActive();
    }

    private void assertActive() {
        assertThat(world.parts.get("pool@sw").state())
                .as(world.parts.get("pool@sw").reason())
                .isEqualTo(PartState.ACTIVE);
        assertThat(routes()).contains("198.51.100.0/30");
    }

    @Test
    void isProvedThroughBothAndAnnounced() {
        active();
        assertThat(world.parts.get("pool@sw").placement())
                .isEqualTo("devices/ss1, devices/ss2: NAPT needs sessions; the pool is divided into 2");
        List<Share> shares = new ArrayList<>(first.shares);
        shares.addAll(second.shares);
        assertThat(shares.stream().map(s -> s.inside().toString() + s.outside()))
                .containsExactlyInAnyOrder("10.0.0.0/17[198.51.100.0/31]", "10.0.128.0/17[198.51.100.2/31]");
    }

    @Test
    void theShareOfOneThatIsGoneMoves() {
        active();
        List<Share> kept = List.copyOf(first.shares);
        world.disconnect(second);
        world.run(Duration.ofSeconds(9));
        assertThat(first.shares).as("within the hold").isEqualTo(kept);
        world.run(Duration.ofSeconds(30));
        assertThat(first.shares).hasSize(2).containsAll(kept);
        assertActive();
        world.log.clear();
        world.connect(second);
        world.run(Duration.ofSeconds(30));
        assertThat(first.shares).isEqualTo(kept);
        assertActive();
        List<String> order = world.log.stream()
                .filter(l ->
                        l.contains("event=share-moved") || (l.contains("event=synced") && l.endsWith("device=ss2")))
                .toList();
        assertThat(order.getFirst()).as("its rules first").contains("event=synced");
    }

    /**
     * Both holds end at the same time: what has moved is not withdrawn, for somebody does it. If they are longer than probes are tried, that
     * these fail before tells nothing new.
     */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 30})
    void theOthersShareGoesOn(int hold) {
        ServedWorld quick = new ServedWorld(Intents.ovs(), Duration.ofSeconds(hold));
        quick.world.put(Intents.pooled(Kind.NAPT, "198.51.100.0/30", Pool.DEFAULT));
        quick.connect();
        quick.world.run(Duration.ofSeconds(3));
        quick.world.disconnect(quick.second);
        quick.world.run(Duration.ofSeconds(hold + 20));
        assertThat(quick.first.shares).hasSize(2);
        assertThat(quick.world.log).noneMatch(l -> l.contains("event=withdraw"));
    }

    @Test
    void whatIsLostWithASoftwareSwitchIsCounted() {
        active();
        int share = second.shares.getFirst().id();
        second.sessions = Map.of(share, 1234L);
        world.run(Duration.ofSeconds(60));
        world.disconnect(second);
        world.run(Duration.ofSeconds(30));
        assertActive();
        assertThat(world.parts.get("pool@sw").sessionsLost()).isEqualTo(1234);
        assertThat(world.parts.get("pool@sw").uncountedMoves()).isZero();
        assertThat(world.log)
                .anyMatch(l -> l.endsWith("event=share-moved translation=pool from=devices/ss2 to=devices/ss1"
                        + " sessions_lost=1234 device=sw"));
        // It returns before anybody counted what the other had for it.
        world.connect(second);
        world.run(Duration.ofSeconds(20));
        assertThat(world.parts.get("pool@sw").sessionsLost()).isEqualTo(1234);
        assertThat(world.parts.get("pool@sw").uncountedMoves()).isEqualTo(1);
    }

    @Test
    void isWithdrawnWhenNobodyIsLeft() {
        active();
        world.disconnect(first);
        world.disconnect(second);
        world.run(Duration.ofSeconds(30));
        assertThat(routes()).isEmpty();
        assertThat(world.parts.get("pool@sw").state()).isEqualTo(PartState.DEGRADED);
        assertThat(world.parts.get("pool@sw").reason())
                .isEqualTo("needs a software switch: NAPT needs sessions, which rules have not: devices/ss1 is not"
                        + " connected, devices/ss2 is not connected");
        world.connect(first);
        world.run(Duration.ofSeconds(30));
        assertActive();
    }

    @Test
    void growsWhileItIsInUse() {
        active();
        List<Integer> before = first.shares.stream().map(Share::id).toList();
        world.log.clear();
        pool("198.51.100.4/30");
        world.run(Duration.ofSeconds(3));
        assertThat(routes()).containsExactly("198.51.100.0/29");
        assertThat(first.shares.stream().map(Share::id)).isEqualTo(before);
        assertThat(world.log).noneMatch(l -> l.contains("event=draining"));
    }

    @Test
    void aRestartTouchesNothing() {
        active();
        int changes = sw.changes + first.changes + second.changes;
        world.restart();
        world.run(Duration.ofSeconds(60));
        assertActive();
        assertThat(sw.changes + first.changes + second.changes).isEqualTo(changes);
    }
}
