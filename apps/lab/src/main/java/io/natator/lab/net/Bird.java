package io.natator.lab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** BIRD 2 as the router of a namespace: what it hears from Natator by BGP, its kernel forwards. */
public final class Bird {
    /** AS number of the router. */
    public static final long AS = 65001;

    private final Namespace namespace;
    private final Path dir;
    private Pid process;

    private Bird(Namespace namespace, Path dir) {
        this.namespace = namespace;
        this.dir = dir;
    }

    /**
     * Starts BIRD, which waits for Natator to connect.
     *
     * @param local the router's address on the management network, and its router id
     * @param neighbor Natator's address
     * @param neighborAs Natator's AS number
     */
    public static Bird start(Inventory inventory, Namespace namespace, String local, String neighbor, long neighborAs) {
        Path dir = inventory.dir().resolve("bird-" + namespace.role());
        dir.toFile().mkdirs();
        try {
            Files.writeString(dir.resolve("bird.conf"), config(dir, local, neighbor, neighborAs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Bird bird = new Bird(namespace, dir);
        bird.start();
        return bird;
    }

    /** Starts it again after {@link #kill}. */
    public void start() {
        process = namespace.start(
                "bird",
                List.of(
                        "bird",
                        "-f",
                        "-c",
                        dir.resolve("bird.conf").toString(),
                        "-s",
                        dir.resolve("bird.ctl").toString(),
                        "-P",
                        dir.resolve("bird.pid").toString()));
        Wait.until("bird to start", () -> Files.exists(dir.resolve("bird.ctl")));
    }

    /** Kills it without warning; its kernel keeps the routes. */
    public void kill() {
        process.kill(true);
        Wait.until("bird to end", () -> !process.isAlive());
        var _ = dir.resolve("bird.ctl").toFile().delete();
    }

    /** {@code birdc COMMAND}. */
    public String birdc(String... command) {
        var all = new java.util.ArrayList<>(
                List.of("birdc", "-s", dir.resolve("bird.ctl").toString()));
        all.addAll(List.of(command));
        return Shell.run(namespace.command(all))
                .lines()
                .filter(line -> !line.startsWith("BIRD ") && !line.startsWith("Access restricted"))
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    /** Prefixes that BIRD holds by BGP, sorted. */
    public List<String> routes() {
        return birdc("show", "route", "protocol", "natator")
                .lines()
                .filter(line -> line.matches("^[0-9a-f].*/.*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .sorted()
                .toList();
    }

    /** True while the session with Natator stands. */
    public boolean isEstablished() {
        return birdc("show", "protocols", "natator").contains("Established");
    }

    /** Waits until exactly these prefixes are there, in any order. */
    public void awaitRoutes(Duration limit, String... prefixes) {
        List<String> expected = List.of(prefixes).stream().sorted().toList();
        Wait.until("BIRD to hold " + expected, limit, () -> routes().equals(expected));
    }

    /** BIRD's log. */
    public Path log() {
        return dir.resolve("bird.log");
    }

    private static String config(Path dir, String local, String neighbor, long neighborAs) {
        return """
            log "%1$s/bird.log" all;
            router id %2$s;
            protocol device { scan time 1; }
            protocol direct { ipv4; }
            protocol kernel { ipv4 { import none; export where source = RTS_BGP; }; }
            protocol kernel { ipv6 { import none; export where source = RTS_BGP; }; }
            protocol bgp natator {
              local %2$s as %3$d;
              neighbor %4$s as %5$d;
              passive on;
              ipv4 { import all; export where source = RTS_DEVICE; };
              ipv6 { import all; export none; };
            }
            """.formatted(dir, local, AS, neighbor, neighborAs);
    }
}
