package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Cookie;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent.Changed;
import io.natator.model.southbound.SwitchEvent.Connected;
import io.natator.model.southbound.SwitchEvent.Counters;
import io.natator.model.southbound.SwitchEvent.Disconnected;
import io.natator.model.southbound.SwitchEvent.ProbeReturned;
import io.natator.model.southbound.SwitchEvent.RulesLost;
import io.natator.model.southbound.SwitchEvent.Synced;
import io.natator.openflow.reconcile.ReconcileLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Everything against a real ovs-vswitchd. */
class OpenVSwitchIT {
    private static final long DPID = 0xA1;

    private final EventLog events = new EventLog();
    private RealOvs ovs;
    private OpenFlowSwitches switches;
    private int port;

    @BeforeEach
    void start() throws IOException {
        ovs = new RealOvs();
        ovs.bridge("br0", DPID, 2);
        ovs.disconnect("br0");
        switches = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), events);
        port = switches.start().getPort();
        switches.devices(List.of(TestRules.device("edge", DPID)));
    }

    @AfterEach
    void stop() {
        switches.close();
        ovs.close();
    }

    @Test
    void discovers() {
        ovs.connect("br0", port);
        Connected connected = events.next(Connected.class);
        assertThat(connected.datapathId()).isEqualTo(DPID);
        assertThat(connected.capabilities().openflow()).isEqualTo(5);
        assertThat(connected.capabilities().hardware()).isEqualTo("Open vSwitch");
        assertThat(connected.capabilities().features())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)));
        assertThat(connected.capabilities().tables()).hasSize(254);
        assertThat(connected.capabilities().port("br0p1").orElseThrow().number())
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(20)) // ovs-vswitchd refreshes this column every few seconds
                .untilAsserted(() -> assertThat(ovs.vsctl("get", "controller", "br0", "role"))
                        .contains("master"));
    }

    @Test
    void installsEveryKindOfRule() {
        switches.desire(DPID, TestRules.set(7, TestRules.everyKind()));
        ovs.connect("br0", port);
        Synced synced = events.next(Synced.class);
        assertThat(synced.failures()).isEmpty();
        assertThat(synced.generation()).isEqualTo(7);
        assertThat(synced.added()).isEqualTo(TestRules.everyKind().size());
        assertThat(ovs.flows("br0")).hasSize(TestRules.everyKind().size());
    }

    @Test
    void probesComeBackTranslated() {
        switches.desire(DPID, TestRules.set(1, TestRules.transparent()));
        ovs.connect("br0", port);
        events.next(Synced.class);
        Packet.Ip sent = new Packet.Ip(
                ProbeCase.MAC,
                MacAddress.valueOf("02:00:00:00:00:09"),
                IpAddress.valueOf("192.168.2.10"),
                IpAddress.valueOf("198.51.100.1"),
                64,
                17,
                40000,
                40001);
        switches.probe(DPID, 0x1234_5678_9ABC_DEF0L, new ProbeCase(new Arrival(1, sent), sent, "to-outside"));
        ProbeReturned returned = events.next(ProbeReturned.class);
        assertThat(returned.nonce()).isEqualTo(0x1234_5678_9ABC_DEF0L);
        assertThat(returned.problem()).isEmpty();
        assertThat(returned.packet())
                .isEqualTo(new Packet.Ip(
                        sent.ethSrc(),
                        sent.ethDst(),
                        IpAddress.valueOf("192.168.3.10"),
                        sent.dst(),
                        64,
                        17,
                        40000,
                        40001));
    }

    private Synced install(long generation, List<Rule> rules) {
        switches.desire(DPID, TestRules.set(generation, rules));
        return events.next(Synced.class, s -> s.generation() == generation);
    }

    @Test
    void anotherSetChangesOnlyTheDifference() {
        ovs.connect("br0", port);
        List<Rule> rules = TestRules.everyKind();
        install(1, rules);
        List<Rule> changed = new ArrayList<>(rules.subList(2, rules.size()));
        changed.add(new Rule("new", 3, 7, Match.any().inPort(2), Actions.drop()));
        Synced synced = install(2, changed);
        assertThat(synced).isEqualTo(new Synced(DPID, 2, 1, rules.size() - 2, 2, List.of()));
        assertThat(ovs.flows("br0")).hasSize(changed.size());
        assertThat(install(3, List.of())).isEqualTo(new Synced(DPID, 3, 0, 0, changed.size(), List.of()));
        assertThat(ovs.flows("br0")).isEmpty();
    }

    @Test
    void anotherControllerProcessFindsEverythingInPlace() throws IOException {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        ovs.watchMessages();
        switches.close();

        EventLog later = new EventLog();
        try (OpenFlowSwitches restarted = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), later)) {
            restarted.devices(List.of(TestRules.device("edge", DPID)));
            restarted.desire(DPID, TestRules.set(9, TestRules.everyKind()));
            restarted.start();
            assertThat(later.next(Synced.class))
                    .isEqualTo(new Synced(DPID, 9, 0, TestRules.everyKind().size(), 0, List.of()));
        }
        assertThat(ovs.flowModsSeen()).isZero();
    }

    @Test
    void rulesOfOthersAreNotTouched() {
        String almostOurs = String.format("0x%x", (Cookie.MARK ^ (1L << 52)) | 5);
        for (String cookie : List.of("0", "1", almostOurs, "0xffffffffffffffff")) {
            int n = Math.floorMod(cookie.hashCode(), 1000);
            ovs.ofctl(
                    "br0",
                    "add-flow",
                    "cookie=" + cookie + ",table=2,priority=" + n + ",ip,nw_src=10.1.0.0/16,actions=drop");
        }
        ovs.ofctl(
                "br0",
                "add-flow",
                "cookie=0x77,table=1,priority=100,metadata=2,ip,nw_dst=192.168.3.0/24,actions=output:2");
        List<String> foreign = ovs.flows("br0");
        ovs.connect("br0", port);
        Synced synced = install(1, TestRules.transparent());
        assertThat(synced.failures()).singleElement().satisfies(f -> {
            assertThat(f.owner()).isEqualTo("office");
            assertThat(f.reason()).contains("somebody else").contains("0x77");
        });
        assertThat(ovs.flows("br0")).containsAll(foreign);
        install(2, List.of());
        assertThat(ovs.flows("br0")).isEqualTo(foreign);
    }

    @Test
    void aDeletedRuleIsBackAtOnce() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        List<String> before = ovs.flows("br0");
        long start = System.nanoTime();
        ovs.ofctl("br0", "del-flows", "table=1");
        long gone = before.stream().filter(f -> f.contains("table=1,")).count();
        assertThat(events.next(RulesLost.class).count()).isEqualTo((int) gone);
        Synced synced = events.next(Synced.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(synced.restored()).isEqualTo((int) gone);
        assertThat(synced.restoredByOwner()).containsEntry("office", 1);
        assertThat(synced.added()).isEqualTo((int) gone);
        assertThat(ovs.flows("br0")).isEqualTo(before);
    }

    @Test
    void anAlteredRuleIsRepairedAtOnce() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        List<String> before = ovs.flows("br0");
        long start = System.nanoTime();
        ovs.ofctl("br0", "mod-flows", "table=1,actions=drop"); // keeps the cookies
        assertThat(ovs.flows("br0")).isNotEqualTo(before);
        Synced synced = events.next(Synced.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(synced.restored()).isPositive();
        assertThat(ovs.flows("br0")).isEqualTo(before);
        assertThat(switches.counters().get("rules_altered_behind_our_back")).isEqualTo(synced.restored());
    }

    @Test
    void anAlteredRuleIsRepairedByTheRegularDumpWhereNobodyTells() {
        ReconcileLimits d = ReconcileLimits.DEFAULT;
        restart(new ReconcileLimits(
                Duration.ofSeconds(1), d.debounce(), d.dump(), d.barrier(), d.retry(), d.retryRefused()));
        ovs.vsctl("set", "bridge", "br0", "protocols=OpenFlow13");
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        List<String> before = ovs.flows("br0");
        ovs.ofctl("br0", "mod-flows", "table=1,actions=drop");
        assertThat(events.next(Synced.class).restored()).isPositive();
        assertThat(ovs.flows("br0")).isEqualTo(before);
    }

    @Test
    void aRuleReplacedByAnotherCookieIsRestoredAtOnce() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        List<String> before = ovs.flows("br0");
        ovs.ofctl(
                "br0", "add-flow", "cookie=0x5,table=1,priority=100,metadata=2,ip,nw_dst=192.168.3.0/24,actions=drop");
        assertThat(events.next(Synced.class).restored()).isEqualTo(1);
        assertThat(ovs.flows("br0")).isEqualTo(before);
        assertThat(switches.counters()).containsEntry("rules_altered_behind_our_back", 1L);
    }

    @Test
    void rulesMadeUpToBeOursAreRemovedAtOnce() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        List<String> before = ovs.flows("br0");
        ovs.ofctl(
                "br0",
                "add-flow",
                String.format("cookie=0x%x,table=1,priority=9,ip,nw_dst=192.168.9.0/24,actions=drop", Cookie.MARK));
        assertThat(events.next(Synced.class).removed()).isEqualTo(1);
        assertThat(ovs.flows("br0")).isEqualTo(before);
    }

    @Test
    void neitherOurOwnChangesNorThoseOfOthersToTheirRulesMakeUsLook() {
        ovs.connect("br0", port);
        install(1, TestRules.perHost(20_000));
        install(2, TestRules.perHost(10_000));
        install(3, TestRules.everyKind());
        ovs.ofctl("br0", "add-flow", "cookie=0x5,table=1,priority=9,ip,nw_dst=192.168.9.0/24,actions=drop");
        ovs.ofctl("br0", "mod-flows", "cookie=0x5/-1,actions=output:1");
        install(4, TestRules.transparent()); // answered after all that was told before
        assertThat(switches.counters())
                .containsEntry("rules_altered_behind_our_back", 0L)
                .containsEntry("messages_undecodable", 0L)
                .containsEntry("dumps", 1L);
    }

    @Test
    void aReconnectedSwitchKeepsItsRules() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        ovs.watchMessages();
        ovs.disconnect("br0");
        events.next(Disconnected.class);
        ovs.connect("br0", port);
        events.next(Connected.class);
        assertThat(events.next(Synced.class).kept())
                .isEqualTo(TestRules.everyKind().size());
        assertThat(ovs.flowModsSeen()).isZero();
    }

    @Test
    void rulesThatVanishedWhileDisconnectedAreRestored() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        ovs.disconnect("br0");
        events.next(Disconnected.class);
        ovs.ofctl("br0", "del-flows");
        ovs.connect("br0", port);
        events.next(RulesLost.class);
        assertThat(events.next(Synced.class).restored())
                .isEqualTo(TestRules.everyKind().size());
    }

    @Test
    void refusedRulesAreReportedAndTheOthersStand() {
        ovs.vsctl(
                "--",
                "--id=@t",
                "create",
                "Flow_Table",
                "flow_limit=10",
                "--",
                "set",
                "bridge",
                "br0",
                "flow_tables:2=@t");
        ovs.connect("br0", port);
        assertThat(events.next(Connected.class).capabilities().tables().get(2).capacity())
                .isEqualTo(10);
        List<Rule> rules = new ArrayList<>(TestRules.perHost(15));
        rules.add(new Rule("other", 3, 7, Match.any().inPort(2), Actions.drop()));
        Synced synced = install(1, rules);
        assertThat(synced.failures())
                .hasSize(5)
                .allSatisfy(f -> assertThat(f.reason()).contains("TABLE_FULL"));
        assertThat(synced.added()).isEqualTo(11);
        assertThat(ovs.flows("br0")).hasSize(11);
    }

    @Test
    void aWrongRuleDoesNotHoldUpTheOthersNorTeachAnything() {
        ovs.connect("br0", port);
        install(1, TestRules.perHost(5));
        List<Rule> rules = new ArrayList<>(TestRules.transparent());
        Actions withoutPrerequisite = Actions.setThen(AddressField.IPV4_SRC, TestRules.OUTSIDE, Actions.goTo(3));
        rules.add(new Rule("wrong", 1, 50, Match.any(), withoutPrerequisite));
        Synced synced = install(2, rules);
        assertThat(synced.failures()).singleElement().satisfies(f -> {
            assertThat(f.owner()).isEqualTo("wrong");
            assertThat(f.reason()).isEqualTo("BAD_ACTION MATCH_INCONSISTENT");
        });
        assertThat(synced.added()).isEqualTo(TestRules.transparent().size());
        assertThat(ovs.flows("br0")).hasSize(TestRules.transparent().size() + 5); // the old ones go later
        assertThat(events.all(Changed.class)).isEmpty();
    }

    @Test
    void anotherMasterIsNoticed() throws IOException {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        EventLog theirs = new EventLog();
        try (OpenFlowSwitches other = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), theirs)) {
            other.devices(List.of(TestRules.device("edge", DPID)));
            String both = "tcp:127.0.0.1:" + port;
            ovs.vsctl(
                    "set-controller",
                    "br0",
                    both,
                    "tcp:127.0.0.1:" + other.start().getPort());
            theirs.next(Connected.class);
            assertThat(events.next(Disconnected.class).reason()).contains("master");
        }
    }

    @Test
    void portsComeAndGo() {
        ovs.connect("br0", port);
        events.next(Connected.class);
        ovs.vsctl("add-port", "br0", "late", "--", "set", "interface", "late", "type=dummy", "ofport_request=9");
        assertThat(events.next(Changed.class)
                        .capabilities()
                        .port("late")
                        .orElseThrow()
                        .number())
                .isEqualTo(9);
        ovs.vsctl("del-port", "late");
        events.next(Changed.class, c -> c.capabilities().port("late").isEmpty());
    }

    @Test
    void countersOfOneOwner() {
        ovs.connect("br0", port);
        install(1, TestRules.everyKind());
        switches.readCounters(DPID, "office");
        assertThat(events.next(Counters.class).rules()).isEqualTo(2);
    }

    @Test
    void openFlow13IsEnough() {
        ovs.vsctl("set", "bridge", "br0", "protocols=OpenFlow13");
        ovs.connect("br0", port);
        assertThat(events.next(Connected.class).capabilities().openflow()).isEqualTo(4);
        assertThat(install(1, TestRules.everyKind()).failures()).isEmpty();
        assertThat(install(2, TestRules.transparent()).failures()).isEmpty();
        assertThat(ovs.flows("br0")).hasSize(TestRules.transparent().size());
        assertThat(switches.counters()).containsEntry("bundles_failed", 0L);
    }

    @Test
    void unknownDatapathsAreTurnedAway() {
        ovs.bridge("br1", 0xBAD, 1);
        ovs.connect("br1", port);
        ovs.connect("br0", port);
        events.next(Connected.class);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(switches.counters().get("connections_turned_away_unknown_datapath"))
                        .isPositive());
        assertThat(events.all(Connected.class)).hasSize(1);
    }

    @Test
    void sixtyFiveThousandRules() {
        ovs.connect("br0", port);
        events.next(Connected.class);
        List<Rule> rules = TestRules.perHost(65_536);
        assertThat(install(1, rules).added()).isEqualTo(65_536);
        ovs.watchMessages();
        ovs.disconnect("br0");
        events.next(Disconnected.class);
        ovs.connect("br0", port);
        assertThat(events.next(Synced.class).kept()).isEqualTo(65_536);
        assertThat(ovs.flowModsSeen()).isZero();
    }

    private void restart(ReconcileLimits limits) {
        switches.close();
        switches = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withReconcile(limits),
                events);
        switches.devices(List.of(TestRules.device("edge", DPID)));
        try {
            port = switches.start().getPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
