package io.natator.nat;

import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real ovs-vswitchd on the dummy datapath, with a database and a directory of its own, that is asked what it would
 * do with packets. Needs no root. Ends with the test, by process.
 */
final class Tracer implements AutoCloseable {
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");
    private static final int PATIENCE_SECONDS = 30;

    private final Path dir;
    private final List<Process> daemons = new ArrayList<>();

    /** One bridge with ports 1 to {@code ports}. */
    Tracer(int ports) {
        if (!Files.exists(SCHEMA)) {
            throw new IllegalStateException("this test needs Open vSwitch: apt-get install openvswitch-switch");
        }
        try {
            dir = Files.createTempDirectory(
                    "nat-trace-" + ProcessHandle.current().pid() + "-");
            run("ovsdb-tool", "create", dir + "/conf.db", SCHEMA.toString());
            daemon(
                    "ovsdb-server",
                    dir + "/conf.db",
                    "--remote=punix:" + dir + "/db.sock",
                    "--unixctl=" + dir + "/db.ctl");
            await("db.sock");
            daemon(
                    "ovs-vswitchd",
                    "unix:" + dir + "/db.sock",
                    "--enable-dummy",
                    "--disable-system",
                    "--unixctl=" + dir + "/switch.ctl");
            await("switch.ctl");
            List<String> bridge =
                    new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + dir + "/db.sock", "add-br", "br"));
            bridge.addAll(List.of("--", "set", "bridge", "br", "datapath_type=dummy", "fail_mode=secure"));
            for (int i = 1; i <= ports; i++) {
                String port = "p" + i;
                bridge.addAll(List.of("--", "add-port", "br", port, "--", "set", "interface", port, "type=dummy"));
                bridge.add("ofport_request=" + i);
            }
            run(bridge.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces what the bridge holds. */
    void load(List<Rule> rules) {
        try {
            Path file = dir.resolve("rules");
            Files.write(file, rules.stream().map(RuleText::describe).toList());
            run(
                    "ovs-ofctl",
                    "-O",
                    "OpenFlow14",
                    "--bundle",
                    "replace-flows",
                    "unix:" + dir + "/br.mgmt",
                    file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code ofproto/trace} says of a packet. */
    String trace(String flow) {
        return run("ovs-appctl", "-t", dir + "/switch.ctl", "ofproto/trace", "br", flow);
    }

    private void daemon(String... command) throws IOException {
        Process process = builder(command)
                .redirectOutput(dir.resolve(command[0] + ".out").toFile())
                .start();
        daemons.add(process);
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String name : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR")) {
            builder.environment().put(name, dir.toString());
        }
        return builder;
    }

    private String run(String... command) {
        try {
            Process process = builder(command).start();
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

    private void await(String name) {
        try {
            for (int i = 0; !Files.exists(dir.resolve(name)); i++) {
                if (i > 50 * PATIENCE_SECONDS) {
                    throw new IllegalStateException(dir.resolve(name) + " did not appear");
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        daemons.reversed().forEach(Process::destroy);
        try {
            for (Process daemon : daemons) {
                if (!daemon.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
            }
            try (Stream<Path> files = Files.walk(dir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
