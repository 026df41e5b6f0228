package io.natator.cli;

import static org.awaitility.Awaitility.await;

import io.natator.cli.client.Channels;
import io.natator.cli.fake.FakeDaemon;
import io.natator.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Runs commands against a daemon in memory and keeps what they print. */
abstract class CommandTest {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    final FakeDaemon daemon = new FakeDaemon();
    String out = "";
    String err = "";
    String stdin = "";
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    boolean interactive;
    boolean colours;

    @AfterEach
    void stop() {
        daemon.close();
    }

    /** Runs {@code natator args…}; returns its exit code. */
    int natator(String... args) {
        return run(Map.of("NATATOR_SERVER", daemon.address()), args);
    }

    /** What the running command has printed so far. */
    String printed() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    /** Watches while {@code during} runs, until {@code last} was printed. */
    void watch(String last, Runnable during, String... args) {
        Thread watching = Thread.ofVirtual().start(() -> natator(args));
        during.run();
        await().until(() -> printed().contains(last));
        watching.interrupt();
        await().until(() -> !watching.isAlive());
    }

    int run(Map<String, String> environment, String... args) {
        outBytes.reset();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                interactive,
                colours);
        Context context = new Context(
                terminal,
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                environment,
                InstantSource.fixed(NOW),
                Channels::open);
        int code = NatatorCommand.run(context, Map.of(), args);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
