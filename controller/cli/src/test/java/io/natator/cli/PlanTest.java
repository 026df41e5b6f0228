package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.cli.fake.Refusal;
import io.natator.v1.DevicePlan;
import io.natator.v1.PlanResponse;
import io.natator.v1.Resource;
import io.natator.v1.RouteChange;
import io.natator.v1.RoutePlan;
import io.natator.v1.RuleChange;
import io.natator.v1.RuleChange.Change;
import io.natator.v1.TableUse;
import org.junit.jupiter.api.Test;

class PlanTest extends CommandTest {

    private static RuleChange rule(Change change, String rule) {
        return RuleChange.newBuilder()
                .setChange(change)
                .setRule(rule)
                .setTranslation("translations/office")
                .build();
    }

    private static PlanResponse plan() {
        return PlanResponse.newBuilder()
                .addDevices(DevicePlan.newBuilder()
                        .setDevice("devices/edge")
                        .setConnected(true)
                        .setRulesAdded(65_538)
                        .setRulesKept(12)
                        .setRulesRemoved(2)
                        .addTables(TableUse.newBuilder()
                                .setTable(1)
                                .setTitle("to-inside")
                                .setRulesNow(2)
                                .setRulesAfter(65_538)
                                .setCapacity(1_000_000))
                        .addTables(TableUse.newBuilder()
                                .setTable(3)
                                .setTitle("forward")
                                .setRulesNow(12)
                                .setRulesAfter(12))
                        .addChanges(rule(Change.ADD, "table=1,ip,nw_dst=192.168.3.1 actions=a"))
                        .addChanges(rule(Change.REMOVE, "table=1,ip,nw_dst=192.168.3.2 actions=b"))
                        .addChanges(rule(Change.ADD, "table=1,ip,nw_dst=192.168.3.2 actions=c"))
                        .addChanges(rule(Change.REMOVE, "table=1,ip,nw_dst=192.168.9.9 actions=d")))
                .setRoutes(RoutePlan.newBuilder()
                        .setAdded(1)
                        .setRemoved(7)
                        .setKept(3)
                        .addChanges(RouteChange.newBuilder()
                                .setChange(Change.ADD)
                                .setPrefix("192.168.3.0/24")
                                .setNextHop("10.0.0.2")
                                .addNeighbors("neighbors/upstream")))
                .addSteps("install 65,538 rules on edge")
                .addSteps("announce 192.168.3.0/24")
                .build();
    }

    @Test
    void printsADiff() {
        daemon.onPlan(request -> plan());
        stdin = ApplyTest.SITE;

        assertThat(natator("plan", "-f", "-", "--max", "4")).isZero();

        assertThat(out).isEqualTo("""
                        Device edge: +65,538 -2 rules, 12 kept
                          + table=1,ip,nw_dst=192.168.3.1 actions=a   # office
                          ~ table=1,ip,nw_dst=192.168.3.2 actions=b -> actions=c   # office
                          - table=1,ip,nw_dst=192.168.9.9 actions=d   # office
                          ... and 65,536 more added (--max lists more)
                          TABLE         RULES   AFTER    CAPACITY    USE
                          1 to-inside   2       65,538   1,000,000   [##..................]
                          3 forward     12      12       unknown     -
                        Routes: +1 -7 routes, 3 kept
                          + 192.168.3.0/24 via 10.0.0.2 to upstream
                          ... and 7 more removed (--max lists more)
                        Steps:
                          1. install 65,538 rules on edge
                          2. announce 192.168.3.0/24
                        """);
        assertThat(daemon.lastPlan().getMaxListed()).isEqualTo(4);
        assertThat(daemon.lastPlan().getResourcesList())
                .extracting(Resource::getResourceCase)
                .containsExactly(
                        Resource.ResourceCase.DEVICE,
                        Resource.ResourceCase.NEIGHBOR,
                        Resource.ResourceCase.TRANSLATION);
    }

    @Test
    void problemsAreNotTheWishedState() {
        daemon.onPlan(request -> PlanResponse.newBuilder()
                .addProblems("office on edge: needs a software switch: 300 hosts, room for 100")
                .build());
        stdin = ApplyTest.SITE;

        assertThat(natator("plan", "-f", "-")).isEqualTo(ExitCode.NOT_AS_WISHED);

        assertThat(out).contains("  ! office on edge: needs a software switch: 300 hosts, room for 100\n");
    }

    @Test
    void asksForDeletions() {
        stdin = ApplyTest.SITE;

        assertThat(natator("plan", "--delete", "-f", "-")).isZero();

        assertThat(daemon.lastPlan().getDeletionsList())
                .containsExactly("devices/edge", "neighbors/upstream", "translations/office");
        assertThat(daemon.lastPlan().getResourcesList()).isEmpty();
    }

    @Test
    void namesTheLineOfEachViolation() {
        daemon.onPlan(request -> {
            throw Refusal.invalid("resources[0].device.ports[1].side", "is the second INSIDE port");
        });
        stdin = ApplyTest.SITE;

        assertThat(natator("plan", "-f", "-")).isEqualTo(ExitCode.FAILURE);

        assertThat(err).contains("standard input:12: ports[1].side: is the second INSIDE port");
    }

    @Test
    void asJson() {
        daemon.onPlan(request -> plan());
        stdin = ApplyTest.SITE;

        natator("plan", "-f", "-", "-o", "json");

        assertThat(out).contains("\"rulesAdded\": \"65538\"");
    }
}
