package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code natator lab demo} as its users run it: to its end, with Ctrl-C, and killed. */
@Tag("e2e")
class RenumberIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path target;

    @ParameterizedTest
    @EnumSource
    void renumbersAndRollsBackWithNothingLost(SwitchKind kind) throws Exception {
        Process demo = demo("--switch", kind.word());
        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        JsonNode result = new ObjectMapper()
                .readTree(target.resolve("lab").resolve("renumber.json").toFile());
        assertThat(demo.exitValue()).as(told()).isZero();
        assertThat(result.path("scenario").asText()).isEqualTo("renumber");
        assertThat(result.path("ok").asBoolean()).isTrue();
        assertThat(result.path("ping_sent").asInt()).isGreaterThan(300);
        assertThat(result.path("ping_lost_during_restart").asInt(-1)).isZero();
        assertThat(result.path("rules_before_restart").asInt()).isGreaterThan(10);
        assertThat(result.path("rules_rewritten_on_restart").asInt(-1)).isZero();
        assertThat(result.path("routes_in_bird").asInt()).isEqualTo(2);
        assertNothingStays(demo.pid());
    }

    @Test
    void leavesNothingBehindAfterCtrlC() throws Exception {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        Random random = new Random(seed);
        // While the network is built, while the daemon starts, and amid traffic.
        for (int latest : List.of(1500, 5000, 15000)) {
            Process demo = demo();
            Wait.until("the demo to begin", LIMIT, () -> lab(demo.pid()).isPresent() || !demo.isAlive());
            Wait.pause(Duration.ofMillis(random.nextInt(latest)));
            Shell.Result _ = Shell.attempt(List.of("kill", "-INT", Long.toString(demo.pid())));
            assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertNothingStays(demo.pid());
        }
    }

    @Test
    void nextLabSweepsUpAfterOneThatWasKilled() throws Exception {
        Process demo = demo();
        Wait.until(
                "the daemon to run",
                LIMIT,
                () -> lab(demo.pid())
                        .filter(lab ->
                                lab.processes().stream().anyMatch(p -> p.name().equals("natator")))
                        .isPresent());
        Inventory left = lab(demo.pid()).orElseThrow();
        demo.destroyForcibly().waitFor();
        assertThat(left.isOrphan()).isTrue();
        List<Pid> processes = lab(demo.pid()).orElseThrow().processes();
        assertThat(processes).anyMatch(Pid::isAlive);

        Shell.Result down = Shell.attempt(Program.command("lab", "down", "--id", "nothing"));
        assertThat(down.out()).contains("removed lab " + left.id());
        assertThat(processes).noneMatch(Pid::isAlive);
        assertNothingStays(demo.pid());
    }

    private Process demo(String... further) throws IOException {
        List<String> command = new ArrayList<>(Program.command("lab", "demo", "--target", target.toString()));
        command.addAll(List.of(further));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("demo.txt").toFile())
                .start();
    }

    private String told() throws IOException {
        return Files.readString(target.resolve("demo.txt"));
    }

    private static java.util.Optional<Inventory> lab(long pid) {
        return Inventory.all().stream()
                .filter(lab -> lab.id().startsWith(pid + "."))
                .findFirst();
    }

    private static void assertNothingStays(long pid) {
        String namespaces = Namespace.nameOf(pid + ".", "").replaceAll("-$", "");
        assertThat(Shell.run("ip", "netns", "list")).doesNotContain(namespaces);
        assertThat(lab(pid)).isEmpty();
        assertThat(Shell.run("ps", "-eo", "args")
                        .lines()
                        .filter(line -> line.contains(Inventory.ROOT + "/" + pid + ".")))
                .isEmpty();
    }
}
