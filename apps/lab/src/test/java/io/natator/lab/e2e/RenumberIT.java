package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code natator lab demo} as its users run it: to its end, with Ctrl-C, and killed. */
@Tag("e2e")
class RenumberIT {
    @TempDir
    private Path target;

    @ParameterizedTest
    @EnumSource
    void renumbersAndRollsBackWithNothingLost(SwitchKind kind) throws Exception {
        DemoRun demo = DemoRun.start(target, "--switch", kind.word());
        JsonNode result = demo.goodEnd("renumber");
        assertThat(result.path("ping_sent").asInt()).isGreaterThan(300);
        assertThat(result.path("ping_lost_during_restart").asInt(-1)).isZero();
        assertThat(result.path("rules_before_restart").asInt()).isGreaterThan(10);
        assertThat(result.path("rules_rewritten_on_restart").asInt(-1)).isZero();
        assertThat(result.path("routes_in_bird").asInt()).isEqualTo(2);
        demo.assertNothingStays();
    }

    @Test
    void leavesNothingBehindAfterCtrlC() throws Exception {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        Random random = new Random(seed);
        // While the network is built, while the daemon starts, and amid traffic.
        for (int latest : List.of(1500, 5000, 15000)) {
            DemoRun demo = DemoRun.start(target);
            Wait.until("the demo to begin", DemoRun.LIMIT, () -> demo.lab().isPresent() || !demo.isAlive());
            Wait.pause(Duration.ofMillis(random.nextInt(latest)));
            Shell.Result _ = Shell.attempt(List.of("kill", "-INT", Long.toString(demo.pid())));
            demo.awaitEnd();
            demo.assertNothingStays();
        }
    }

    @Test
    void nextLabSweepsUpAfterOneThatWasKilled() throws Exception {
        DemoRun demo = DemoRun.start(target);
        Wait.until(
                "the daemon to run",
                DemoRun.LIMIT,
                () -> demo.lab()
                        .filter(lab ->
                                lab.processes().stream().anyMatch(p -> p.name().equals("natator")))
                        .isPresent());
        Inventory left = demo.lab().orElseThrow();
        demo.kill();
        assertThat(left.isOrphan()).isTrue();
        List<Pid> processes = demo.lab().orElseThrow().processes();
        assertThat(processes).anyMatch(Pid::isAlive);

        Shell.Result down = Shell.attempt(Program.command("lab", "down", "--id", "nothing"));
        assertThat(down.out()).contains("removed lab " + left.id());
        assertThat(processes).noneMatch(Pid::isAlive);
        demo.assertNothingStays();
    }
}
