package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent.Changed;
import io.natator.model.southbound.SwitchEvent.Connected;
import io.natator.model.southbound.SwitchEvent.Disconnected;
import io.natator.model.southbound.SwitchEvent.RulesLost;
import io.natator.model.southbound.SwitchEvent.SyncFailed;
import io.natator.model.southbound.SwitchEvent.Synced;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.PortNumber;

/** What a session makes of switches that do not do as they should, on a clock of its own. */
class MisbehavingSwitchTest {
    private static final long DPID = 0x13;

    private final Simulation sim = new Simulation(DPID);
    private final FakeSwitch device = sim.device;

    @BeforeEach
    void warm() {
        sim.connect();
    }

    private Synced lastSynced() {
        return sim.events.all(Synced.class).getLast();
    }

    @Test
    void aGoodSwitchIsInSyncAtOnceAndStaysUntouched() {
        sim.desire(1, TestRules.perHost(100));
        assertThat(lastSynced()).isEqualTo(new Synced(DPID, 1, 100, 0, 0, List.of()));
        int flowMods = device.flowMods;
        sim.pass(Duration.ofMinutes(10));
        assertThat(device.flowMods).isEqualTo(flowMods);
        assertThat(sim.events.all(Synced.class)).hasSize(1);
        assertThat(sim.counts.get(Count.DUMPS)).isGreaterThan(15);
    }

    @Test
    void aPortThatComesWhileQuestionsAreOpenIsKnown() {
        sim.disconnect();
        device.getsPortMeanwhile = true;
        sim.connect();
        assertThat(sim.events.all(Connected.class).getLast().capabilities().ports())
                .singleElement()
                .satisfies(port -> assertThat(port.number() + port.name()).isEqualTo("5late"));
    }

    @Test
    void generationIdsGrow() {
        long first = device.roleGeneration;
        sim.disconnect();
        sim.connect();
        assertThat(device.roleGeneration).isEqualTo(first + 1);
    }

    @Test
    void barriersThatAreNotAnsweredEndInAClearState() {
        device.answerBarriers = false;
        sim.desire(1, TestRules.perHost(10));
        sim.pass(Duration.ofSeconds(15));
        assertThat(sim.events.all(SyncFailed.class))
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("barrier"));
        assertThat(sim.events.all(Synced.class)).isEmpty();
        sim.pass(Duration.ofSeconds(30));
        assertThat(sim.events.all(Disconnected.class))
                .singleElement()
                .satisfies(d -> assertThat(d.reason()).contains("barriers"));
        assertThat(sim.open).isFalse();
        device.answerBarriers = true;
        sim.connect();
        assertThat(lastSynced().kept() + lastSynced().added()).isEqualTo(10);
    }

    @Test
    void aRefusedRuleIsReportedOnceAndNotTriedInALoop() {
        Rule bad = new Rule("bad", 3, 9, Match.any().inPort(9), Actions.output(99));
        device.refuses = instructions ->
                new String(instructions, java.nio.charset.StandardCharsets.ISO_8859_1).contains("\0\0\0c");
        List<Rule> rules = new java.util.ArrayList<>(TestRules.perHost(10));
        rules.add(bad);
        sim.desire(1, rules);
        assertThat(lastSynced().added()).isEqualTo(10);
        assertThat(lastSynced().failures()).singleElement().satisfies(f -> {
            assertThat(f.owner()).isEqualTo("bad");
            assertThat(f.rule()).isEqualTo("table=3,priority=9,in_port=9 actions=output:99");
            assertThat(f.reason()).isEqualTo("BAD_ACTION BAD_SET_TYPE");
        });
        int flowMods = device.flowMods;
        sim.pass(Duration.ofMinutes(4));
        assertThat(device.flowMods).isEqualTo(flowMods);
        device.refuses = _ -> false;
        sim.pass(Duration.ofMinutes(2)); // it is tried once more every five minutes
        assertThat(device.flows).hasSize(11);
        assertThat(lastSynced().failures()).isEmpty();
    }

    @Test
    void aRefusedMaskedRewriteTeaches() {
        Simulation capable = sim;
        device.refuses = instructions ->
                new String(instructions, java.nio.charset.StandardCharsets.ISO_8859_1).contains("\0\0# ");
        capable.desire(1, TestRules.transparent());
        assertThat(lastSynced().failures()).hasSize(2);
        assertThat(sim.events.all(Connected.class).getFirst().capabilities().can(Feature.METADATA))
                .isTrue();
        device.refuses = _ -> true;
        device.refusalType = Wire.BAD_INSTRUCTION;
        device.refusalCode = 3;
        sim.desire(2, List.of(new Rule("", 0, 9, Match.any().inPort(7), Actions.metadataThenGoTo(1, 1))));
        Changed changed = sim.events.all(Changed.class).getLast();
        assertThat(changed.capabilities().can(Feature.METADATA)).isFalse();
    }

    @Test
    void aRefusedInPortTeaches() {
        sim.disconnect();
        device.setsInPort = true;
        sim.connect();
        assertThat(sim.events.all(Connected.class).getLast().capabilities().can(Feature.SET_IN_PORT))
                .isTrue();
        Actions back = Actions.output(PortNumber.NORMAL).after(Actions.setInPort(1));
        sim.desire(1, List.of(new Rule("", 3, 9, Match.any().metadata(16), back)));
        assertThat(lastSynced().failures()).isEmpty();
        device.refuses = _ -> true;
        device.refusalCode = 15;
        sim.desire(2, List.of(new Rule("", 3, 8, Match.any().metadata(17), back)));
        assertThat(sim.events.all(Changed.class).getLast().capabilities().can(Feature.SET_IN_PORT))
                .isFalse();
    }

    @Test
    void aLieAboutCapacityIsFoundOut() {
        device.realCapacity = 30;
        sim.desire(1, TestRules.perHost(50));
        assertThat(lastSynced().failures()).hasSize(20);
        assertThat(lastSynced().added()).isEqualTo(30);
        assertThat(sim.events
                        .all(Changed.class)
                        .getLast()
                        .capabilities()
                        .tables()
                        .get(2)
                        .capacity())
                .isEqualTo(30);
        sim.desire(2, TestRules.perHost(30));
        assertThat(lastSynced().failures()).isEmpty();
    }

    @Test
    void aFullTableIsEmptiedFirstIfItMustBe() {
        device.realCapacity = 50;
        sim.desire(1, TestRules.perHost(50));
        List<Rule> others = TestRules.perHost(100).subList(50, 100);
        sim.desire(2, others);
        assertThat(lastSynced().failures()).isEmpty();
        assertThat(device.flows).hasSize(50);
    }

    @Test
    void aDumpThatIsCutShortChangesNothing() {
        sim.desire(1, TestRules.perHost(200));
        int flowMods = device.flowMods;
        device.losesLastPartOfDump = true;
        sim.pass(Duration.ofSeconds(60));
        assertThat(sim.events.all(SyncFailed.class)).isNotEmpty();
        device.losesLastPartOfDump = false;
        device.forgetsRulesInDump = true;
        sim.pass(Duration.ofSeconds(60));
        assertThat(sim.events.all(SyncFailed.class).getLast().reason())
                .isEqualTo("dump cut short: 100 rules, the device counts 200");
        device.forgetsRulesInDump = false;
        device.endsDumpWithoutBody = true;
        sim.pass(Duration.ofSeconds(60));
        assertThat(sim.events.all(SyncFailed.class).getLast().reason()).contains("not readable");
        device.endsDumpWithoutBody = false;
        device.refusesDump = true;
        sim.pass(Duration.ofSeconds(60));
        assertThat(sim.events.all(SyncFailed.class).getLast().reason()).contains("refused");
        device.refusesDump = false;
        sim.pass(Duration.ofSeconds(60));
        assertThat(device.flowMods).isEqualTo(flowMods);
        assertThat(device.flows).hasSize(200);
        assertThat(lastSynced().kept()).isEqualTo(200);
        assertThat(sim.open).isTrue();
    }

    @Test
    void failedDumpsAreTriedAgainEverMoreSlowly() {
        device.refusesDump = true;
        sim.desire(1, TestRules.perHost(1));
        sim.pass(Duration.ofMinutes(5));
        assertThat(sim.events.all(SyncFailed.class)).hasSizeBetween(8, 20);
    }

    @Test
    void rulesThatVanishAreBackWithinASecond() {
        sim.desire(1, TestRules.perHost(20));
        List<FakeSwitch.Identity> victims = List.copyOf(device.flows.keySet()).subList(3, 8);
        victims.forEach(v -> sim.fromSwitch(device.lose(v)));
        assertThat(device.flows).hasSize(15);
        sim.pass(Duration.ofSeconds(1));
        assertThat(device.flows).hasSize(20);
        assertThat(sim.events.all(RulesLost.class)).containsExactly(new RulesLost(DPID, 5));
        assertThat(lastSynced()).isEqualTo(new Synced(DPID, 1, 5, 15, 0, Map.of("hosts", 5), List.of()));
    }

    @Test
    void rulesThatVanishUntoldAreBackWithTheNextDump() {
        sim.desire(1, TestRules.perHost(20));
        device.flows.clear();
        sim.pass(Duration.ofSeconds(31));
        assertThat(device.flows).hasSize(20);
        assertThat(sim.events.all(RulesLost.class)).containsExactly(new RulesLost(DPID, 20));
    }

    @Test
    void ourOwnDeletesAreNoLosses() {
        sim.desire(1, TestRules.perHost(20));
        FakeSwitch.Identity gone = List.copyOf(device.flows.keySet()).getLast();
        FakeSwitch.Entry entry = device.flows.get(gone);
        sim.desire(2, TestRules.perHost(19));
        device.flows.put(gone, entry);
        sim.fromSwitch(device.lose(gone)); // the late echo of our own delete
        sim.pass(Duration.ofSeconds(1));
        assertThat(sim.events.all(RulesLost.class)).isEmpty();
    }

    @Test
    void aSwitchWithWordsOfItsOwnIsUnderstood() {
        device.echoesInItsOwnWords = true;
        sim.desire(1, TestRules.perHost(20));
        sim.pass(Duration.ofSeconds(40));
        int flowMods = device.flowMods; // one harmless rewrite of the same rules
        assertThat(flowMods).isLessThanOrEqualTo(40);
        sim.pass(Duration.ofMinutes(10));
        assertThat(device.flowMods).isEqualTo(flowMods);
    }

    @Test
    void garbageCostsNothingButACount() {
        sim.desire(1, TestRules.perHost(5));
        for (int type = 0; type < 60; type++) {
            sim.fromSwitch(FakeSwitch.message(type, 77, Unpooled.wrappedBuffer(new byte[] {1, 2, 3})));
        }
        assertThat(sim.counts.get(Count.MESSAGES_UNDECODABLE)).isPositive();
        assertThat(device.types).contains(Wire.ERROR);
        sim.desire(2, TestRules.perHost(6));
        assertThat(lastSynced().kept()).isEqualTo(5);
        assertThat(sim.open).isTrue();
    }

    @Test
    void aSilentSwitchIsGivenUp() {
        sim.desire(1, TestRules.perHost(5));
        device.silent = true;
        sim.pass(Duration.ofSeconds(25));
        assertThat(sim.events.all(Disconnected.class))
                .singleElement()
                .satisfies(d -> assertThat(d.reason()).contains("silent"));
        device.silent = false;
        sim.connect();
        assertThat(lastSynced()).isEqualTo(new Synced(DPID, 1, 0, 5, 0, List.of()));
    }

    @Test
    void aConnectionLostInTheMiddleOfADumpStartsOver() {
        sim.desire(1, TestRules.perHost(200));
        device.losesLastPartOfDump = true;
        sim.pass(Duration.ofSeconds(31));
        sim.disconnect();
        device.losesLastPartOfDump = false;
        sim.connect();
        assertThat(lastSynced().kept()).isEqualTo(200);
    }

    @Test
    void withoutTableFeaturesTheTablesAreCounted() {
        device.claimsTableFeatures = false;
        sim.disconnect();
        sim.connect();
        Connected connected = sim.events.all(Connected.class).getLast();
        assertThat(connected.capabilities().tables()).hasSize(4);
        assertThat(connected.capabilities().can(Feature.METADATA)).isFalse();
    }

    @Test
    void aConnectionThatTakesNoBytesIsNotFlooded() {
        sim.blocked = true;
        sim.desire(1, TestRules.perHost(5000));
        assertThat(device.flowMods).isZero();
        sim.blocked = false;
        sim.session.onWritable(1_000_000_000L);
        sim.pass(Duration.ofMillis(200));
        assertThat(device.flows).hasSize(5000);
    }

    @Test
    void whatIsRefusedDoesNotCostWhatItWasToReplace() {
        sim.desire(1, TestRules.perHost(10));
        device.refuses = _ -> true;
        sim.desire(2, TestRules.transparent());
        assertThat(lastSynced().failures()).hasSize(TestRules.transparent().size());
        assertThat(lastSynced().removed()).isZero();
        assertThat(device.flows).hasSize(10);
        sim.desire(3, TestRules.perHost(12)); // the compiler thinks again
        assertThat(device.flows).hasSize(10);
        device.refuses = _ -> false;
        sim.desire(4, TestRules.perHost(13));
        assertThat(lastSynced().kept()).isEqualTo(10);
        sim.pass(Duration.ofSeconds(31));
        assertThat(sim.events.all(RulesLost.class)).isEmpty();
    }

    @Test
    void staleRulesGoWithTheNextDumpIfTheCompilerHasNoBetterIdea() {
        sim.desire(1, TestRules.perHost(10));
        device.refuses = _ -> true;
        sim.desire(2, TestRules.transparent());
        assertThat(device.flows).hasSize(10);
        sim.pass(Duration.ofSeconds(31));
        assertThat(device.flows).isEmpty();
    }

    @Test
    void whatErrorsTaughtOutlivesTheConnection() {
        device.realCapacity = 30;
        sim.desire(1, TestRules.perHost(50));
        sim.disconnect();
        sim.connect();
        assertThat(sim.events
                        .all(Connected.class)
                        .getLast()
                        .capabilities()
                        .tables()
                        .get(2)
                        .capacity())
                .isEqualTo(30);
    }

    @Test
    void aPortThatFlapsIsToldTenTimesASecondAtMost() {
        int before = sim.events.all(Changed.class).size();
        for (int i = 0; i < 1000; i++) {
            ByteBuf body =
                    Unpooled.buffer().writeByte(2).writeZero(7).writeInt(9).writeZero(4);
            body.writeBytes(new byte[] {2, 0, 0, 0, 0, 9})
                    .writeZero(2)
                    .writeBytes(new byte[] {'p', '9'})
                    .writeZero(14);
            body.writeInt(0).writeInt(i & 1).writeZero(24);
            sim.fromSwitch(FakeSwitch.message(Wire.PORT_STATUS, 0, body));
        }
        sim.pass(Duration.ofSeconds(1));
        assertThat(sim.events.all(Changed.class)).hasSize(before + 1);
        assertThat(sim.events.all(Changed.class).getLast().capabilities().port("p9"))
                .isPresent();
    }

    @Test
    void whoIsNoLongerMasterSaysSo() {
        device.refuses = _ -> true;
        device.refusalType = Wire.BAD_REQUEST;
        device.refusalCode = Wire.IS_SLAVE;
        sim.desire(1, TestRules.perHost(3));
        assertThat(sim.events.all(Disconnected.class))
                .singleElement()
                .satisfies(d -> assertThat(d.reason()).contains("master"));
        assertThat(sim.events.all(Synced.class)).isEmpty();
    }
}
