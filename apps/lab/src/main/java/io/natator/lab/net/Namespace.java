package io.natator.lab.net;

import io.natator.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One network namespace of the lab, {@code nat-LAB-ROLE}. */
public final class Namespace {
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]+)");
    private static final Path RUN = Path.of("/run/netns");

    private final Inventory inventory;
    private final String role;
    private final String name;

    private Namespace(Inventory inventory, String role) {
        this.inventory = inventory;
        this.role = role;
        this.name = nameOf(inventory.id(), role);
    }

    /** Makes it, with its loopback up. */
    public static Namespace create(Inventory inventory, String role) {
        Namespace namespace = new Namespace(inventory, role);
        inventory.make(namespace.name, () -> Shell.run("ip", "netns", "add", namespace.name));
        namespace.ip("link", "set", "lo", "up");
        return namespace;
    }

    /** What the namespace of a role in a lab is called. */
    public static String nameOf(String lab, String role) {
        return "nat-" + lab + "-" + role;
    }

    static List<Pid> processesIn(String namespace) {
        Shell.Result result = Shell.attempt(List.of("ip", "netns", "pids", namespace));
        return result.exit() != 0
                ? List.of()
                : result.out()
                        .lines()
                        .flatMap(line -> Pid.of(namespace, Long.parseLong(line.strip())).stream())
                        // A thread of ours that has entered the namespace is not a process of the lab.
                        .filter(pid -> pid.pid() != ProcessHandle.current().pid())
                        .toList();
    }

    public String role() {
        return role;
    }

    public String name() {
        return name;
    }

    /** {@code ip -n NAME …}. */
    public String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        return Shell.run(command);
    }

    /** The command, to be run in this namespace. */
    public List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** Runs a command in this namespace; it may fail. */
    public Shell.Result attempt(String... command) {
        return Shell.attempt(command(List.of(command)));
    }

    /** Runs a command in this namespace; it must succeed. */
    public String run(String... command) {
        return Shell.run(command(List.of(command)));
    }

    /**
     * A veth pair between {@code device} here and {@code peerDevice} there, both up. Checksum offload is
     * off at both ends: Open vSwitch's userspace datapath would pass on checksums that nobody has computed.
     */
    public void wire(String device, Namespace peer, String peerDevice) {
        ip("link", "add", device, "type", "veth", "peer", "name", peerDevice, "netns", peer.name);
        for (var end : List.of(new End(this, device), new End(peer, peerDevice))) {
            end.namespace.run("ethtool", "-K", end.device, "tx", "off");
            end.namespace.ip("link", "set", end.device, "up");
        }
    }

    private record End(Namespace namespace, String device) {}

    /** A kernel bridge that joins devices of this namespace. */
    public void bridge(String bridge, List<String> devices) {
        ip("link", "add", bridge, "type", "bridge");
        ip("link", "set", bridge, "up");
        for (String device : devices) {
            ip("link", "set", device, "master", bridge);
        }
    }

    /** Adds addresses with prefix length; IPv6 ones without waiting for duplicate address detection. */
    public void address(String device, String... addresses) {
        for (String address : addresses) {
            if (address.indexOf(':') >= 0) {
                ip("addr", "add", address, "dev", device, "nodad");
            } else {
                ip("addr", "add", address, "dev", device);
            }
        }
    }

    /** Adds a route. */
    public void route(String prefix, String nextHop) {
        ip("route", "add", prefix, "via", nextHop);
    }

    /** The MAC of a device. */
    public String mac(String device) {
        Matcher matcher = MAC.matcher(ip("link", "show", "dev", device));
        if (!matcher.find()) {
            throw new LabException(name + ": " + device + " has no MAC");
        }
        return matcher.group(1);
    }

    /** Writes below {@code /proc/sys/net} of this namespace, {@code key} with slashes. */
    public void sysctl(String key, int value) {
        call(() -> Files.writeString(Path.of("/proc/sys/net", key), Integer.toString(value)));
    }

    /** The machine forwards IPv4 and IPv6, and sends no redirects. */
    public void forward() {
        sysctl("ipv4/ip_forward", 1);
        sysctl("ipv6/conf/all/forwarding", 1);
        sysctl("ipv4/conf/all/send_redirects", 0);
        sysctl("ipv4/conf/default/send_redirects", 0);
    }

    /** Starts a daemon in this namespace, in a session of its own, so that Ctrl-C does not reach it. */
    public Pid start(String daemon, List<String> command) {
        List<String> all = new ArrayList<>(List.of("setsid"));
        all.addAll(command(command));
        Path log = inventory.dir().resolve(daemon + ".out");
        try {
            // setsid and "ip netns exec" replace themselves: the number stays.
            return inventory.start(
                    daemon,
                    new ProcessBuilder(all)
                            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        } catch (IOException e) {
            throw new LabException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        }
    }

    /**
     * Calls {@code task} on a thread of its own that has entered this namespace. Sockets opened there stay in the
     * namespace, whichever thread uses them later.
     */
    public <T> T call(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(() -> {
            int fd = Libc.open(RUN.resolve(name).toString());
            try {
                Libc.setns(fd);
            } finally {
                Libc.close(fd);
            }
            return task.call();
        });
        Thread.ofPlatform().daemon().name(name).start(future);
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException lab ? lab : new LabException(name + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(name + ": interrupted", e);
        }
    }
}
