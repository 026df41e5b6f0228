package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code natator lab demo} as a process of its own. */
final class DemoRun {
    static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path target;
    private final Process process;

    private DemoRun(Path target, Process process) {
        this.target = target;
        this.process = process;
    }

    /** @param arguments what follows {@code lab demo} */
    static DemoRun start(Path target, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Program.command("lab", "demo", "--target", target.toString()));
        command.addAll(List.of(arguments));
        return new DemoRun(
                target,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(target.resolve("demo.txt").toFile())
                        .start());
    }

    /** What it measured, when it has ended and found everything as it should be. */
    JsonNode goodEnd(String scenario) throws IOException, InterruptedException {
        awaitEnd();
        assertThat(process.exitValue())
                .as(Files.readString(target.resolve("demo.txt")))
                .isZero();
        JsonNode result = new ObjectMapper()
                .readTree(target.resolve("lab").resolve(scenario + ".json").toFile());
        assertThat(result.path("scenario").asText()).isEqualTo(scenario);
        assertThat(result.path("ok").asBoolean()).isTrue();
        return result;
    }

    void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Its lab, while it is there. */
    Optional<Inventory> lab() {
        return Inventory.all().stream()
                .filter(lab -> lab.id().startsWith(pid() + "."))
                .findFirst();
    }

    void assertNothingStays() {
        String namespaces = Namespace.nameOf(pid() + ".", "").replaceAll("-$", "");
        assertThat(Shell.run("ip", "netns", "list")).doesNotContain(namespaces);
        assertThat(lab()).isEmpty();
        assertThat(Shell.run("ps", "-eo", "args")
                        .lines()
                        .filter(line -> line.contains(Inventory.ROOT + "/" + pid() + ".")))
                .isEmpty();
    }
}
