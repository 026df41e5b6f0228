package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.LabSwitch;
import io.natator.lab.net.Wait;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that can fail does, and traffic, intents and rules of others stay. */
@Tag("e2e")
abstract class ResilienceTests {
    abstract Live live();

    /** Without any controller Open vSwitch would forget all flows. */
    private static final String NOWHERE = "tcp:10.255.0.99:6653";

    private final String FOREIGN = "cookie=0x77,table=0,priority=9,in_port=7,actions=drop";

    @BeforeEach
    void translate() {
        live().applyExample();
    }

    @Test
    void restoresRulesThatVanish() {
        LabSwitch dataplane = live().lab().dataplane();
        List<String> before = dataplane.rules();
        long restored = restored();

        dataplane.deleteFlows("table=1");
        Wait.until(
                "the rules to be back",
                Duration.ofSeconds(5),
                () -> dataplane.rules().equals(before));
        live().awaitActive("office");
        live().api().await("the restored rules to be counted", SOON, () -> restored() > restored);
        assertPasses();

        dataplane.deleteFlows("");
        Wait.until(
                "the rules to be back",
                Duration.ofSeconds(5),
                () -> dataplane.rules().equals(before));
        live().awaitActive("office");
        assertPasses();
    }

    @Test
    void leavesRulesOfOthersAlone() {
        LabSwitch dataplane = live().lab().dataplane();
        dataplane.addFlow(FOREIGN);
        String foreign = foreign();
        live().deleteAndAwait("office");
        live().applyExample();
        live().lab().daemon().stop();
        live().lab().daemon().start();
        live().awaitActive("office");
        assertThat(foreign()).isEqualTo(foreign);
        dataplane.deleteFlows("in_port=7");
    }

    private String foreign() {
        return live().lab().dataplane().rules().stream()
                .filter(rule -> rule.startsWith("cookie=0x77,"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bringsRulesBackToSwitchThatRestarts() {
        LabSwitch dataplane = live().lab().dataplane();
        List<String> before = dataplane.rules();
        dataplane.kill();
        dataplane.start();
        Wait.until("the rules to be back", SOON, () -> dataplane.rules().equals(before));
        live().awaitActive("office");
        live().awaitActive("office-v6");
        live().lab().bird().awaitRoutes(SOON, Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
        assertPasses();
    }

    @Test
    void announcesAgainToRouterThatRestarts() {
        live().lab().bird().kill();
        live().lab().bird().start();
        live().lab().bird().awaitRoutes(Duration.ofSeconds(30), Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
        live().lab().bird().birdc("restart", "natator");
        live().lab().bird().awaitRoutes(Duration.ofSeconds(30), Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
        assertPasses();
    }

    @Test
    void withdrawsWhenSwitchIsLostForLongerThanHold() {
        live().lab().dataplane().connect(NOWHERE);
        try {
            live().api().awaitDevice("s1", SOON, "lost", d -> !d.getStatus().getConnected());
            // The hold is 3 s: the switch goes on translating, so its routes stay that long.
            Wait.pause(Duration.ofSeconds(1));
            assertThat(live().lab().bird().routes()).hasSize(2);
            live().lab().bird().awaitRoutes(SOON);
        } finally {
            live().lab().connectSwitch();
        }
        live().lab().bird().awaitRoutes(SOON, Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
        live().awaitActive("office");
    }

    @Test
    void keepsRoutesWhileSwitchIsAwayForShorterThanHold() {
        assertPasses();
        try (Pinger pinger = Pinger.start(live().network().client(), Family.IPV4.h1Outside, Duration.ofMillis(10))) {
            live().lab().dataplane().connect(NOWHERE);
            live().api().awaitDevice("s1", SOON, "lost", d -> !d.getStatus().getConnected());
            live().lab().connectSwitch();
            live().api().awaitDevice("s1", SOON, "in sync", d -> d.getStatus().getInSync());
            live().awaitActive("office");
            assertThat(pinger.stop().lost()).isEmpty();
        }
        assertThat(live().lab().bird().routes()).hasSize(2);
    }

    @Test
    void removesRouteBeforeRules() {
        LabSwitch dataplane = live().lab().dataplane();
        assertPasses();
        try (Pinger pinger = Pinger.start(live().network().client(), Family.IPV4.h1Outside, Duration.ofMillis(10))) {
            live().delete("office");
            live().lab().bird().awaitRoutes(SOON, Family.IPV6.outsideBlock);
            assertThat(translating(dataplane))
                    .as("rules when the route was gone")
                    .isTrue();
            live().api().awaitGone("office", SOON);
            assertThat(translating(dataplane)).isFalse();
            var _ = pinger.stop();
        }
        live().applyExample();
        assertPasses();
    }

    private static boolean translating(LabSwitch dataplane) {
        return dataplane.rules().stream().anyMatch(rule -> rule.contains("nw_dst=" + Family.IPV4.outsideBlock));
    }

    @Test
    void leavesDataPlaneAloneOnSigterm() {
        LabSwitch dataplane = live().lab().dataplane();
        assertPasses();
        List<String> before = dataplane.rules();
        try (Pinger pinger = Pinger.start(live().network().client(), Family.IPV4.h1Outside, Duration.ofMillis(10))) {
            live().lab().daemon().stop();
            Wait.pause(Duration.ofSeconds(1));
            assertThat(dataplane.rules()).isEqualTo(before);
            live().lab().daemon().start();
            live().awaitActive("office");
            live().lab().bird().awaitRoutes(SOON, Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
            assertThat(pinger.stop().lost()).isEmpty();
        }
        assertThat(dataplane.rules()).isEqualTo(before);
    }

    @Test
    void keepsEveryAcknowledgedIntentWhenKilled() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            acknowledged.addAll(applyUntilKilled(round, Duration.ofMillis(random.nextInt(1, 400))));
            live().lab().daemon().start();
            List<String> stored = live().api().allTranslations().stream()
                    .map(Translation::getName)
                    .toList();
            assertThat(stored).as("after round " + round).containsAll(acknowledged);
        }
        assertThat(acknowledged).isNotEmpty();
        live().awaitActive(acknowledged.getLast().substring("translations/".length()));
        acknowledged.forEach(name -> live().delete(name.substring("translations/".length())));
        acknowledged.forEach(name -> live().api().awaitGone(name.substring("translations/".length()), SOON));
        assertPasses();
    }

    /** Applies one translation after the other while, after so long, the daemon is killed; names of those acknowledged. */
    private List<String> applyUntilKilled(int round, Duration after) {
        List<String> acknowledged = new ArrayList<>();
        Thread killer = null;
        try {
            for (int i = 0; i < 100; i++) {
                // The first time maybe before anything is acknowledged; then, however busy the machine is, after.
                if (killer == null && (round == 0 || i > 0)) {
                    killer = Thread.startVirtualThread(() -> {
                        Wait.pause(after);
                        live().lab().daemon().kill();
                    });
                }
                String name = "translations/r" + round + "-" + i;
                live().apply("""
                        name: %s
                        inside: "172.16.%d.%d"
                        outside: "172.17.%d.%d"
                        devices: [devices/s1]
                        announce: {routes: NONE}
                        """.formatted(name, round, i, round, i));
                acknowledged.add(name);
            }
        } catch (io.grpc.StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
        }
        try {
            killer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return acknowledged;
    }

    @Test
    void translatesSeveralBlocksOnOneDevice() {
        live().network().h2().address("eth0", "192.168.7.5/28");
        live().network().gateway().orElseThrow().address("lan", "192.168.7.1/28");
        live().apply("""
                name: translations/printers
                inside: "192.168.7.0/28"
                outside: "198.51.100.0/28"
                devices: [devices/s1]
                announce: {routes: HOST_ROUTES, communities: ["65000:100"]}
                """);
        live().awaitActive("printers");
        Wait.until("16 host routes", SOON, () -> live().lab().bird().routes().size() == 18);
        assertThat(live().lab().bird().birdc("show", "route", "all", "198.51.100.5/32"))
                .contains("(65000,100)")
                .contains("10.0.0.2");
        assertThat(live().ping(live().network().client(), "198.51.100.5").lost())
                .isEmpty();
        assertPasses();
        live().deleteAndAwait("printers");
        live().lab().bird().awaitRoutes(SOON, Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
        assertPasses();
    }

    private long restored() {
        return live().api().device("s1").getStatus().getRulesRestored();
    }

    private void assertPasses() {
        Pinger.Report v4 = live().ping(live().network().client(), Family.IPV4.h1Outside);
        Pinger.Report v6 = live().ping(live().network().client(), Family.IPV6.h1Outside);
        assertThat(v4.lost()).as("client -> h1, %s", v4).isEmpty();
        assertThat(v6.lost()).as("client -> h1, %s", v6).isEmpty();
        assertThat(live().api().translation("office").orElseThrow().getStatusesList())
                .extracting(TranslationStatus::getState)
                .containsOnly(State.ACTIVE);
    }
}
