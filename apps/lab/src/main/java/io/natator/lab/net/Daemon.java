package io.natator.lab.net;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.natator.lab.LabException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code natator serve} as a process of its own, in a namespace, with its own configuration and store. */
public final class Daemon {
    private static final int PORT = 9653;

    private final Inventory inventory;
    private final Namespace namespace;
    private Pid process;

    private Daemon(Inventory inventory, Namespace namespace) {
        this.inventory = inventory;
        this.namespace = namespace;
    }

    /** Starts it, and waits until its API answers. */
    public static Daemon start(Inventory inventory, Namespace namespace) {
        Daemon daemon = new Daemon(inventory, namespace);
        try {
            Files.writeString(inventory.dir().resolve("natator.yaml"), config(inventory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.start();
        return daemon;
    }

    /** Where the daemon of a lab listens, as {@code --server} takes it: a socket that every namespace reaches. */
    public static String address(Inventory inventory) {
        return "unix:" + inventory.dir().resolve("natator.sock");
    }

    private static String config(Inventory inventory) {
        return """
                api:
                  listen: ["127.0.0.1:%d", "%s"]
                openflow:
                  listen: 0.0.0.0:6653
                bgp:
                  router_id: 10.255.0.1
                store: %s
                """.formatted(PORT, address(inventory), inventory.dir().resolve("natator.db"));
    }

    /** Starts it again after {@link #kill} or {@link #stop}. */
    public void start() {
        startWithoutWaiting();
        Wait.until("the daemon's API to listen", Duration.ofSeconds(30), this::listens);
    }

    /** As {@link #start()}, but returns at once. */
    public void startWithoutWaiting() {
        process = namespace.start(
                "natator",
                command("serve", "-c", inventory.dir().resolve("natator.yaml").toString()));
    }

    /** SIGKILL. */
    public void kill() {
        process.kill(true);
        Wait.until("the daemon to be gone", () -> !process.isAlive());
    }

    /** SIGTERM. */
    public void stop() {
        process.kill(false);
        Wait.until("the daemon to end on SIGTERM", () -> !process.isAlive());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process number. */
    public long pid() {
        return process.pid();
    }

    /** Where it listens. */
    public String address() {
        return address(inventory);
    }

    /** Its log. */
    public Path log() {
        return inventory.dir().resolve("natator.out");
    }

    /** {@code natator ARGUMENTS} against this daemon, as a user would call it. */
    public Shell.Result natator(String... arguments) {
        return Shell.attempt(cli(arguments), Duration.ofSeconds(60));
    }

    /** The command line of {@link #natator}. */
    public List<String> cli(String... arguments) {
        List<String> all = new ArrayList<>(List.of("env", "NATATOR_SERVER=" + "127.0.0.1:" + PORT));
        all.addAll(command(arguments));
        return namespace.command(all);
    }

    /** A channel to its API; TCP from this process into the daemon's namespace. */
    public ManagedChannel channel() {
        return NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT))
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(64 << 20)
                .eventLoopGroup(new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("lab-api", true), NioIoHandler.newFactory()))
                .channelFactory(() -> namespace.call(NioSocketChannel::new))
                .build();
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new LabException("the daemon ended: " + tail(log()));
        }
        try (Socket _ = namespace.call(() -> {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 1000);
            return socket;
        })) {
            return true;
        } catch (IOException | LabException e) {
            return false;
        }
    }

    /** This program, in a JVM like this one. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .forEach(command::add);
        command.add("-cp");
        // Surefire's own class path is one jar that names the others.
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("io.natator.lab.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
