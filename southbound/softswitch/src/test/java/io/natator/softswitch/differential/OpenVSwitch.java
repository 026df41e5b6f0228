package io.natator.softswitch.differential;

import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.trace.Arrival;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real ovs-vswitchd on its dummy datapath, the userspace datapath of production with sockets for interfaces: frames go
 * in and come out as records with a length of two octets before (ovs-vswitchd's netdev-dummy.c, "pstream"). Needs no
 * root, and ends with the test.
 */
final class OpenVSwitch implements AutoCloseable {
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");
    private static final long PATIENCE_SECONDS = 30;

    private final Path dir;
    private final List<Process> daemons = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Thread atExit = new Thread(this::end);

    /** The wire of one port. */
    private static final class Line {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(1 << 18).flip();

        Line(Path socket) throws IOException {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
        }

        void send(byte[] frame) throws IOException {
            ByteBuffer out = ByteBuffer.allocate(2 + frame.length);
            out.putShort((short) frame.length).put(frame).flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** The next frame that left here; null if none is there yet. */
        byte[] poll() throws IOException {
            in.compact();
            int read = channel.read(in);
            in.flip();
            if (read < 0) {
                throw new IOException("ovs-vswitchd is gone");
            }
            if (in.remaining() < 2 || in.remaining() < 2 + (in.getShort(in.position()) & 0xFFFF)) {
                return null;
            }
            byte[] frame = new byte[in.getShort() & 0xFFFF];
            in.get(frame);
            return frame;
        }
    }

    /** A bridge {@code br0} without any rule, with ports 1 to {@code ports}. */
    OpenVSwitch(int ports) {
        if (!Files.exists(SCHEMA)) {
            throw new IllegalStateException("this test needs Open vSwitch: apt-get install openvswitch-switch");
        }
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            dir = Files.createTempDirectory("nat-ovs-" + ProcessHandle.current().pid() + "-");
            run("ovsdb-tool", "create", dir + "/conf.db", SCHEMA.toString());
            daemon(
                    "ovsdb-server",
                    dir + "/conf.db",
                    "--remote=punix:" + dir + "/db.sock",
                    "--unixctl=" + dir + "/db.ctl");
            await(dir.resolve("db.sock"));
            vsctl(List.of("--no-wait", "init"));
            vsctl(List.of("--no-wait", "set", "Open_vSwitch", ".", "other_config:vlan-limit=2"));
            daemon(
                    "ovs-vswitchd",
                    "unix:" + dir + "/db.sock",
                    "--enable-dummy",
                    "--disable-system",
                    "--log-file=" + dir + "/ovs-vswitchd.log",
                    "--unixctl=" + dir + "/vswitchd.ctl");
            await(dir.resolve("vswitchd.ctl"));
            bridge(ports);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bridge(int ports) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("add-br", "br0", "--", "set", "bridge", "br0", "datapath_type=dummy", "fail_mode=secure"));
        for (int i = 1; i <= ports; i++) {
            command.addAll(List.of("--", "add-port", "br0", "p" + i, "--", "set", "interface", "p" + i, "type=dummy"));
            command.addAll(List.of("ofport_request=" + i, "options:pstream=punix:" + dir + "/p" + i + ".sock"));
        }
        vsctl(command);
        // As OpenFlow says: a first fragment has ports (Open vSwitch's "normal" hides them).
        run("ovs-ofctl", "-O", "OpenFlow13", "set-frags", bridge(), "nx-match");
        for (int i = 1; i <= ports; i++) {
            await(dir.resolve("p" + i + ".sock"));
            lines.add(new Line(dir.resolve("p" + i + ".sock")));
        }
    }

    private String bridge() {
        return "unix:" + dir + "/br0.mgmt";
    }

    /** Replaces all rules and groups, and waits until no packet sees the old ones. */
    void install(List<Modification> mods) throws IOException {
        List<String> text = new ArrayList<>(List.of("flow delete", "group delete group_id=all"));
        for (Modification mod : mods) {
            switch (mod) {
                case FlowMod flow -> text.add(OvsText.flow(flow));
                case GroupMod group -> text.add(OvsText.group(group));
                default -> throw new IllegalArgumentException("cannot be written: " + mod);
            }
        }
        Path file = Files.write(dir.resolve("rules"), text);
        run("ovs-ofctl", "-O", "OpenFlow14", "bundle", bridge(), file.toString());
        forget();
    }

    /** No packet is handled by what became of one before. */
    void forget() {
        control("revalidator/purge");
    }

    void send(int port, byte[] frame) throws IOException {
        lines.get(port - 1).send(frame);
    }

    /** What has left since the last time, as far as it is there. */
    List<Departure> poll() throws IOException {
        List<Departure> left = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            byte[] frame = lines.get(i).poll();
            while (frame != null) {
                left.add(new Departure(i + 1, frame));
                frame = lines.get(i).poll();
            }
        }
        return left;
    }

    /** What it would do with a frame, in its own words. */
    String trace(Arrival arrival) {
        return control(
                "ofproto/trace",
                "br0",
                "in_port=" + arrival.inPort(),
                HexFormat.of().formatHex(arrival.frame()));
    }

    /** Runs a command as ovs-appctl does, by JSON-RPC, but without starting a program. */
    private String control(String method, String... parameters) {
        String list = Stream.of(parameters).map(p -> '"' + p + '"').collect(Collectors.joining(","));
        String request = "{\"id\":0,\"method\":\"%s\",\"params\":[%s]}".formatted(method, list);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(dir.resolve("vswitchd.ctl")));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            ByteBuffer reply = ByteBuffer.allocate(1 << 20);
            String text = "";
            while (!text.endsWith("}") && channel.read(reply) >= 0) {
                text = new String(reply.array(), 0, reply.position(), StandardCharsets.UTF_8);
            }
            if (!text.contains("\"error\":null")) {
                throw new IllegalStateException(method + ": " + text);
            }
            return text.replace("\\n", "\n");
        } catch (IOException e) {
            throw new IllegalStateException(method, e);
        }
    }

    private void vsctl(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + dir + "/db.sock"));
        command.addAll(arguments);
        run(command.toArray(String[]::new));
    }

    private void daemon(String... command) throws IOException {
        daemons.add(environment(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(command[0] + ".out").toFile())
                .start());
    }

    private ProcessBuilder environment(ProcessBuilder builder) {
        for (String name : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR")) {
            builder.environment().put(name, dir.toString());
        }
        return builder;
    }

    private String run(String... command) {
        try {
            Process process = environment(new ProcessBuilder(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
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
            throw new IllegalStateException(e);
        }
    }
}
