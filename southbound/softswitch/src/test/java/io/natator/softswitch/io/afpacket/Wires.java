package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Three namespaces in a row, joined by veth pairs with all offloads on: host a ({@code g0}, 10.9.1.2) – switch s
 * ({@code i0}, {@code o0}) – host b ({@code k0}, 10.9.1.3).
 */
public final class Wires {
    private static final String PREFIX = "nat-io" + ProcessHandle.current().pid() + "-";
    private static final int NEW_NETWORK = 0x4000_0000;
    private static final int CLOEXEC = 0x80000;
    private static final long PATIENCE_SECONDS = 30;

    private static final MethodHandle OPEN = handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETNS = handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    public Wires() throws Exception {
        close();
        for (String role : List.of("a", "s", "b")) {
            run("ip", "netns", "add", PREFIX + role);
            ip(role, "link set lo up");
            in(role, "sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0");
        }
        in("s", "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
        wire("a", "g0", "i0");
        wire("b", "k0", "o0");
        ip("a", "addr add 10.9.1.2/24 dev g0");
        ip("b", "addr add 10.9.1.3/24 dev k0");
    }

    /** A veth pair between a host and the switch, both ends up. */
    void wire(String host, String device, String port) throws Exception {
        ip(host, "link add " + device + " type veth peer name " + port + " netns " + PREFIX + "s");
        ip(host, "link set " + device + " up");
        ip("s", "link set " + port + " up");
    }

    public String ip(String role, String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "-n", PREFIX + role));
        command.addAll(List.of(arguments.split(" ")));
        return run(command.toArray(String[]::new));
    }

    /** Output of a command in a namespace; it must succeed. */
    public String in(String role, String... command) throws Exception {
        return run(inside(role, command).toArray(String[]::new));
    }

    /** True if a command in a namespace succeeds. */
    boolean works(String role, String... command) throws Exception {
        Process process = start(role, command);
        String _ = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0;
    }

    /** Starts a command in a namespace. */
    public Process start(String role, String... command) throws IOException {
        return new ProcessBuilder(inside(role, command))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> inside(String role, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", PREFIX + role));
        all.addAll(List.of(command));
        return all;
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    /** Calls {@code task} on a thread in a namespace; threads that it starts are there, too. */
    public static <T> T call(String role, Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(() -> {
            enter(PREFIX + role);
            return task.call();
        });
        Thread.ofPlatform().daemon().start(future);
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void enter(String namespace) {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) OPEN.invokeExact(arena.allocateFrom("/run/netns/" + namespace), CLOEXEC);
            if (fd < 0 || (int) SETNS.invokeExact(fd, NEW_NETWORK) != 0) {
                throw new IllegalStateException("cannot enter " + namespace + ": these tests need root");
            }
            int _ = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    public void close() throws Exception {
        for (String role : List.of("a", "s", "b")) {
            Process _ = new ProcessBuilder("ip", "netns", "del", PREFIX + role)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
}
