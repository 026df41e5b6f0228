package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.rule.Cookie;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent;
import io.natator.model.southbound.SwitchEvent.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules that go by themselves, beside those that are reconciled. */
class LeasesTest {
    private final Simulation sim = new Simulation(1);
    private final List<Rule> rules = TestRules.transparent().subList(0, 2);

    @BeforeEach
    void connected() {
        sim.connect();
    }

    private Map<Long, Lease> read() {
        sim.session.readLeases(7);
        sim.pass(Duration.ofMillis(100));
        SwitchEvent.Leases read = sim.events.next(SwitchEvent.Leases.class);
        assertThat(read.number()).isEqualTo(7);
        return read.byId();
    }

    @Test
    void areAddedReadAndReleased() {
        sim.session.lease(5, rules, 300);
        sim.session.lease(6, TestRules.transparent().subList(2, 3), 300);
        assertThat(read()).containsOnly(Map.entry(5L, new Lease(2, 0, 0)), Map.entry(6L, new Lease(1, 0, 0)));
        sim.session.release(List.of(5L));
        assertThat(read()).containsOnlyKeys(6L);
    }

    @Test
    void areNotTakenForRulesThatAreTooMany() {
        sim.session.lease(5, rules, 300);
        sim.desire(1, TestRules.transparent().subList(2, 4));
        sim.pass(Duration.ofSeconds(70));
        assertThat(read()).containsOnlyKeys(5L);
        assertThat(sim.counts.snapshot().get("rules_removed")).isZero();
    }

    @Test
    void areRemovedBeforeAnythingElseOnEveryConnect() {
        sim.session.lease(5, rules, 300);
        assertThat(read()).containsOnlyKeys(5L);
        sim.disconnect();
        sim.connect();
        assertThat(read()).isEmpty();
    }

    @Test
    void aRefusalIsCountedAndSeenWhenTheyAreRead() {
        sim.device.refuses = _ -> true;
        sim.session.lease(5, rules, 300);
        assertThat(read()).isEmpty();
        assertThat(sim.counts.snapshot())
                .containsEntry("leases", 1L)
                .containsEntry("leases_refused", 2L)
                .containsEntry("errors_unexpected", 0L)
                .containsEntry("messages_unexpected", 0L);
    }

    @Test
    void nothingIsConcludedFromAReadingThatWasCutShort() {
        sim.session.lease(5, rules, 300);
        sim.device.forgetsRulesInDump = true;
        sim.session.readLeases(8);
        sim.pass(Duration.ofMillis(100));
        assertThat(sim.events.all(SwitchEvent.Leases.class)).isEmpty();
        assertThat(Cookie.leaseId(Cookie.ofLease(5))).isEqualTo(5);
        assertThat(Cookie.isOurs(Cookie.ofLease(5))).isFalse();
    }
}
