package io.natator.bgp.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real BIRD 2 of the test's own: own configuration, own control socket, optionally in a network namespace. */
final class Bird implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;

    private final Path directory;
    private final List<String> prefix;
    private Process process;

    /** @param prefix of every command: empty, or {@code ip netns exec NAME} */
    private Bird(Path directory, List<String> prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    static Bird start(Path directory, String configuration, String... prefix) {
        Bird bird = new Bird(directory, List.of(prefix));
        bird.write(configuration);
        bird.start();
        return bird;
    }

    private void write(String configuration) {
        try {
            Files.writeString(directory.resolve("bird.conf"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        try {
            Files.deleteIfExists(control());
            process = new ProcessBuilder(command(
                            "bird",
                            "-f",
                            "-c",
                            directory.resolve("bird.conf").toString(),
                            "-s",
                            control().toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("bird.log").toFile()))
                    .start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!Files.exists(control())) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "bird does not start (is the Debian package bird2 installed?): " + log());
                }
                Thread.sleep(20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bird does not start (is the Debian package bird2 installed?)", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path control() {
        return directory.resolve("bird.ctl");
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    /** What {@code birdc} prints. */
    String ask(String... words) {
        List<String> command = command("birdc", "-s", control().toString());
        command.addAll(List.of(words));
        return Commands.run(command);
    }

    String routes(String... more) {
        List<String> words = new ArrayList<>(List.of("show", "route"));
        words.addAll(List.of(more));
        return ask(words.toArray(String[]::new));
    }

    /** Routes that the protocol {@code natator} brought. */
    int count() {
        return (int) ask("show", "route", "protocol", "natator", "table", "all")
                .lines()
                .filter(line -> line.contains("[natator "))
                .count();
    }

    String log() {
        try {
            return Files.readString(directory.resolve("bird.log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** As if its machine lost power, but for what the kernel does on behalf of the dead. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
