package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code natator switch} in a namespace, with the options that {@code ./natator} gives it. */
record SwitchProcess(Namespace namespace, Pid process, Path gcLog) {
    private static final String TARGET = "tcp:127.0.0.1:6654";

    /**
     * Starts it, and waits until it answers.
     *
     * @param ports as {@code --ports} takes them
     * @param more options
     */
    static SwitchProcess start(Scratch scratch, Namespace namespace, long datapathId, String ports, String... more) {
        Path dir = scratch.inventory().dir();
        String name = "switch-" + namespace.role();
        Path gcLog = dir.resolve(name + ".gc");
        List<String> options = options(gcLog);
        List<String> arguments = new ArrayList<>(List.of(
                "switch",
                "--dpid=%x".formatted(datapathId),
                "--ports=" + ports,
                "--listen=" + TARGET,
                "--log=warn",
                "--control=" + dir.resolve(name + ".sock")));
        arguments.addAll(List.of(more));
        Pid process = namespace.start(name, Program.command(options, arguments.toArray(String[]::new)));
        SwitchProcess started = new SwitchProcess(namespace, process, gcLog);
        Wait.until(
                name + " to answer",
                Duration.ofSeconds(30),
                () -> started.ofctl("dump-ports").exit() == 0);
        return started;
    }

    /** Of its JVM, as {@code ./natator} gives them. */
    static List<String> options(Path gcLog) {
        return List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseSerialGC",
                "-Xms512m",
                "-Xmx512m",
                "-Xmn256m",
                "-XX:-UsePerfData",
                "-Xlog:gc:file=" + gcLog);
    }

    /** Installs rules, written as {@code ovs-ofctl} takes them. */
    void add(List<String> rules) throws IOException {
        Path file = Files.write(gcLog.resolveSibling(gcLog.getFileName() + ".rules"), rules);
        Shell.Result result = ofctl("add-flows", file.toString());
        if (result.exit() != 0) {
            throw new LabException("rules refused: " + result.all());
        }
    }

    private Shell.Result ofctl(String command, String... arguments) {
        // One transaction: without it ovs-ofctl waits for a barrier after every rule.
        List<String> all =
                new ArrayList<>(List.of("ovs-ofctl", "--no-names", "--bundle", "-O", "OpenFlow13", command, TARGET));
        all.addAll(List.of(arguments));
        return Shell.attempt(namespace.command(all));
    }

    /** Garbage collections since it was started. */
    long collections() {
        try {
            return Files.readAllLines(gcLog).stream()
                    .filter(line -> line.contains("Pause"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
