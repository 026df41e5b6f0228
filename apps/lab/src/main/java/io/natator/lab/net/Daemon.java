package io.natator.lab.net;

import io.grpc.ManagedChannel;
import io.natator.cli.client.Channels;
import io.natator.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code natator serve} as a process of its own, in a namespace, with its own configuration and store. */
public final class Daemon {
    private final Inventory inventory;
    private final Namespace namespace;
    private Pid process;

    private Daemon(Inventory inventory, Namespace namespace) {
        this.inventory = inventory;
        this.namespace = namespace;
    }

    /** Starts it, and waits until its API answers. */
    public static Daemon start(Inventory inventory, Namespace namespace) {
        return start(inventory, namespace, "");
    }

    /** As {@link #start(Inventory, Namespace)}, with further sections of its configuration. */
    public static Daemon start(Inventory inventory, Namespace namespace, String sections) {
        return write(inventory, namespace, config(inventory, Map.of()) + sections);
    }

    /** As {@link #start(Inventory, Namespace)}, with further keys of {@code bgp} in its configuration, by name. */
    public static Daemon start(Inventory inventory, Namespace namespace, Map<String, String> bgp) {
        return write(inventory, namespace, config(inventory, bgp));
    }

    private static Daemon write(Inventory inventory, Namespace namespace, String config) {
        Daemon daemon = new Daemon(inventory, namespace);
        try {
            Files.writeString(inventory.dir().resolve("natator.yaml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.start();
        return daemon;
    }

    /** Where the daemon of a lab listens, as {@code --server} takes it: a socket that every namespace reaches. */
    public static String address(Inventory inventory) {
        return "unix:" + socket(inventory);
    }

    private static String config(Inventory inventory, Map<String, String> bgp) {
        String more = bgp.entrySet().stream()
                .map(one -> "  " + one.getKey() + ": " + one.getValue() + "\n")
                .collect(Collectors.joining());
        return """
                grpc:
                  listen: %s
                openflow:
                  listen: 0.0.0.0:6653
                bgp:
                  router_id: 10.255.0.1
                %sstore:
                  path: %s
                """.formatted(address(inventory), more, inventory.dir().resolve("natator.db"));
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
                Program.command(
                        "serve", "-c", inventory.dir().resolve("natator.yaml").toString()));
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

    /** {@code natator ARGUMENTS} that goes on until it is killed; what it says is in {@code NAME.out}. */
    public Pid natatorThatGoesOn(String name, String... arguments) {
        return namespace.start(name, user(arguments));
    }

    /** The command line of {@link #natator}. */
    public List<String> cli(String... arguments) {
        return namespace.command(user(arguments));
    }

    private List<String> user(String... arguments) {
        List<String> all = new ArrayList<>(List.of("env", "NATATOR_SERVER=" + address()));
        all.addAll(Program.command(arguments));
        return all;
    }

    /** A channel to its API. */
    public ManagedChannel channel() {
        return Channels.open(address());
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new LabException("the daemon ended: " + tail(log()));
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket(inventory)))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path socket(Inventory inventory) {
        return inventory.dir().resolve("natator.sock");
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
