package io.natator.openflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real ovs-vswitchd with its own database and run directory, on the dummy datapath: needs no root and no kernel
 * module. Ends with the test, by process, whatever happens.
 */
final class RealOvs implements AutoCloseable {
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");
    private static final long PATIENCE_SECONDS = 30;

    private final Path dir;
    private final List<Process> daemons = new ArrayList<>();

    RealOvs() {
        if (!Files.exists(SCHEMA)) {
            throw new IllegalStateException("these tests need Open vSwitch: apt-get install openvswitch-switch");
        }
        try {
            dir = Files.createTempDirectory("nat-ovs-" + ProcessHandle.current().pid() + "-");
            run("ovsdb-tool", "create", dir + "/conf.db", SCHEMA.toString());
            daemon(
                    "ovsdb-server",
                    dir + "/conf.db",
                    "--remote=punix:" + dir + "/db.sock",
                    "--unixctl=" + dir + "/db.ctl");
            await(dir.resolve("db.sock"));
            vsctl("--no-wait", "init");
            daemon(
                    "ovs-vswitchd",
                    "unix:" + dir + "/db.sock",
                    "--enable-dummy",
                    "--disable-system",
                    "--log-file=" + dir + "/ovs-vswitchd.log",
                    "--unixctl=" + dir + "/vswitchd.ctl");
            await(dir.resolve("vswitchd.ctl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bridge in secure mode with dummy ports 1 to {@code ports}. */
    void bridge(String name, long datapathId, int ports) {
        List<String> command = new ArrayList<>(List.of(
                "add-br",
                name,
                "--",
                "set",
                "bridge",
                name,
                "datapath_type=dummy",
                "fail_mode=secure",
                String.format("other-config:datapath-id=%016x", datapathId)));
        for (int i = 1; i <= ports; i++) {
            String port = name + "p" + i;
            command.addAll(List.of(
                    "--", "add-port", name, port, "--", "set", "interface", port, "type=dummy", "ofport_request=" + i));
        }
        vsctl(command.toArray(String[]::new));
    }

    void connect(String name, int port) {
        vsctl(
                "set-controller",
                name,
                "tcp:127.0.0.1:" + port,
                "--",
                "set",
                "controller",
                name,
                "max_backoff=1000",
                "inactivity_probe=5000");
    }

    /** Leaves the bridge with a controller that is not there: without any, it would flush its flows. */
    void disconnect(String name) {
        vsctl("set-controller", name, "tcp:127.0.0.1:1");
    }

    String vsctl(String... arguments) {
        return run(prepend(arguments, "ovs-vsctl", "--db=unix:" + dir + "/db.sock"));
    }

    /** Runs ovs-ofctl with the bridge's own socket as its first argument after the command. */
    String ofctl(String bridge, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow13,OpenFlow14"));
        all.addAll(List.of(command.split(" ")));
        all.add("unix:" + dir + "/" + bridge + ".mgmt");
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    String appctl(String... arguments) {
        return run(prepend(arguments, "ovs-appctl", "-t", dir + "/vswitchd.ctl"));
    }

    /** Flows of a bridge without statistics, sorted. */
    List<String> flows(String bridge) {
        return ofctl(bridge, "dump-flows --no-stats --no-names")
                .lines()
                .filter(l -> l.contains("actions="))
                .map(String::strip)
                .sorted()
                .toList();
    }

    /** From now on every message is logged. */
    void watchMessages() {
        appctl("vlog/set", "vconn:file:dbg");
        appctl("vlog/disable-rate-limit", "vconn");
    }

    /** Flow-mods and bundle messages that the daemon received since {@link #watchMessages}. */
    long flowModsSeen() {
        try (Stream<String> lines = Files.lines(dir.resolve("ovs-vswitchd.log"), StandardCharsets.ISO_8859_1)) {
            List<String> received =
                    lines.filter(line -> line.contains("received: OFPT_")).toList();
            if (received.isEmpty()) {
                throw new IllegalStateException("nothing was logged");
            }
            return received.stream()
                    .filter(l -> l.contains("OFPT_FLOW_MOD") || l.contains("OFPT_BUNDLE_ADD_MESSAGE"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path dir() {
        return dir;
    }

    private static String[] prepend(String[] arguments, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(arguments)).toArray(String[]::new);
    }

    private void daemon(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve(command[0] + ".out").toFile()));
        environment(builder.environment());
        daemons.add(builder.start());
    }

    private void environment(Map<String, String> environment) {
        for (String name : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR")) {
            environment.put(name, dir.toString());
        }
    }

    private String run(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            environment(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(Path path) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(path)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(path + " did not appear");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        for (Process daemon : daemons.reversed()) {
            daemon.destroy();
            try {
                if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
            } catch (InterruptedException e) {
                daemon.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(dir)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
