package io.natator.lab.net;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.natator.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a lab has made, on disk before it is made, so that whoever comes later can remove all of it and
 * nothing else. One directory a lab, below {@link #ROOT}. Thread-safe.
 */
public final class Inventory {
    /** Where labs keep their files; short, because paths of UNIX sockets are limited to 107 bytes. */
    public static final Path ROOT = Path.of("/run/natator-lab");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final Path dir;
    private Contents contents;
    private boolean removed;

    /**
     * The file.
     *
     * @param id names the lab
     * @param owner who removes it at its end; if it has gone without, anybody may
     * @param kept stays after its owner's end ({@code lab up})
     * @param topology what it looks like, for {@code lab status}
     * @param namespaces in order of creation
     * @param processes in order of creation
     */
    record Contents(
            String id, Pid owner, boolean kept, String topology, List<String> namespaces, List<Pid> processes) {}

    private Inventory(Path dir, Contents contents) {
        this.dir = dir;
        this.contents = contents;
    }

    /** Begins a new lab; fails if there is one of that id. */
    public static Inventory create(String id, String topology, boolean kept) {
        Path dir = ROOT.resolve(id);
        try {
            Files.createDirectories(ROOT);
            Files.createDirectory(dir);
        } catch (IOException e) {
            throw new LabException(
                    Files.exists(dir)
                            ? "lab " + id + " is up already: natator lab down --id " + id
                            : "cannot make " + dir + ": " + e.getMessage() + " (the lab needs root)",
                    e);
        }
        Inventory inventory = new Inventory(dir, new Contents(id, Pid.self(), kept, topology, List.of(), List.of()));
        inventory.save();
        return inventory;
    }

    /** All labs there are, whoever made them. */
    public static List<Inventory> all() {
        if (!Files.isDirectory(ROOT)) {
            return List.of();
        }
        try (Stream<Path> dirs = Files.list(ROOT)) {
            return dirs.filter(d -> Files.exists(d.resolve("lab.json")))
                    .sorted()
                    .map(Inventory::load)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lab of that id. */
    public static Inventory of(String id) {
        return all().stream()
                .filter(lab -> lab.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new LabException("there is no lab " + id + ": natator lab up --id " + id));
    }

    /** Removes labs whose owner was killed before it could. */
    public static void sweep() {
        all().stream().filter(Inventory::isOrphan).forEach(Inventory::remove);
    }

    private static Inventory load(Path dir) {
        try {
            return new Inventory(dir, JSON.readValue(dir.resolve("lab.json").toFile(), Contents.class));
        } catch (IOException e) {
            throw new LabException(dir.resolve("lab.json") + " cannot be read: " + e.getMessage(), e);
        }
    }

    public synchronized String id() {
        return contents.id();
    }

    public synchronized String topology() {
        return contents.topology();
    }

    public synchronized boolean isOrphan() {
        return !contents.kept() && !contents.owner().isAlive();
    }

    public synchronized List<String> namespaces() {
        return contents.namespaces();
    }

    public synchronized List<Pid> processes() {
        return contents.processes();
    }

    /** For sockets, logs, configuration and data of the lab's daemons. */
    public Path dir() {
        return dir;
    }

    /** Makes a namespace; never while or after the lab is removed. */
    synchronized void make(String namespace, Runnable creation) {
        checkNotRemoved();
        contents = new Contents(
                contents.id(),
                contents.owner(),
                contents.kept(),
                contents.topology(),
                plus(contents.namespaces(), namespace),
                contents.processes());
        save();
        creation.run();
    }

    /** Starts a daemon in a namespace of the lab; never while or after the lab is removed. */
    synchronized Pid start(String name, ProcessBuilder builder) throws IOException {
        checkNotRemoved();
        long number = builder.start().pid();
        Pid pid = Pid.of(name, number).orElse(new Pid(name, number, -1));
        contents = new Contents(
                contents.id(),
                contents.owner(),
                contents.kept(),
                contents.topology(),
                contents.namespaces(),
                plus(contents.processes(), pid));
        save();
        return pid;
    }

    private void checkNotRemoved() {
        if (removed) {
            throw new LabException("lab " + contents.id() + " is being removed");
        }
    }

    /** Copies logs and configuration of the lab's daemons into {@code target}. */
    public void keepLogs(Path target) {
        try (Stream<Path> files = Files.walk(dir)) {
            Files.createDirectories(target);
            List<Path> logs = files.filter(file -> file.toString().matches(".*\\.(log|out|conf|yaml)"))
                    .toList();
            for (Path log : logs) {
                Files.copy(log, target.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LabException("cannot keep logs in " + target + ": " + e.getMessage(), e);
        }
    }

    /** Ends every process and removes every namespace and file of the lab. May be repeated. */
    public synchronized void remove() {
        removed = true;
        if (!Files.isDirectory(dir)) {
            return;
        }
        end(contents.processes());
        // Commands in flight, and what people run there.
        for (List<Pid> left = inNamespaces(); !left.isEmpty(); left = inNamespaces()) {
            end(left);
        }
        for (String namespace : contents.namespaces()) {
            Shell.attempt(List.of("ip", "netns", "del", namespace));
        }
        try (Stream<Path> files = Files.walk(dir)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
            // Fails as long as there are other labs.
            var _ = ROOT.toFile().delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Pid> inNamespaces() {
        return contents.namespaces().stream()
                .flatMap(namespace -> Namespace.processesIn(namespace).stream())
                .toList();
    }

    private static void end(List<Pid> processes) {
        processes.forEach(pid -> pid.kill(false));
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (processes.stream().anyMatch(Pid::isAlive) && System.nanoTime() < limit) {
            pause();
        }
        processes.forEach(pid -> pid.kill(true));
        while (processes.stream().anyMatch(Pid::isAlive) && System.nanoTime() < limit + PATIENCE.toNanos()) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            // Cleaning up is not interrupted: what is left would stay for ever.
        }
    }

    private void save() {
        try {
            Path next = dir.resolve("lab.json.next");
            JSON.writeValue(next.toFile(), contents);
            Files.move(next, dir.resolve("lab.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<T> plus(List<T> list, T last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
