package io.natator.bgp.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** OpenBGPD, portable. Its kernel routing table is left alone: on Linux it has only part of it. */
final class OpenBgpdDaemon implements Daemon {
    private static final String PACKAGE = "openbgpd";
    /** It locks itself in there; a service manager would make it. */
    private static final Path JAIL = Path.of("/run/openbgpd");

    private final Path directory;
    private final TwoNamespaces namespaces;
    private Child child;

    OpenBgpdDaemon(Path directory, TwoNamespaces namespaces) {
        this.directory = directory;
        this.namespaces = namespaces;
        try {
            Files.createDirectories(JAIL);
            Path file = Files.writeString(directory.resolve("bgpd.conf"), configuration());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private String configuration() {
        StringBuilder text = new StringBuilder("""
                AS %d
                router-id %s
                fib-update no
                socket "%s"
                """.formatted(Pairing.DAEMON_AS, TwoNamespaces.PEER_IPV4, socket()));
        for (Pairing pairing : Pairing.all()) {
            text.append("""
                    neighbor %s {
                      remote-as %d
                      local-address %s
                      %s
                      announce IPv4 unicast
                      announce IPv6 unicast
                      %s
                    }
                    """.formatted(
                            pairing.ours(),
                            Pairing.AS,
                            pairing.theirs(),
                            // On Linux its listening socket knows no keys: such a session must be of its making.
                            pairing == Pairing.SIGNED ? "" : "passive",
                            switch (pairing) {
                                case SIGNED -> "tcp md5sig password \"" + Pairing.PASSWORD + "\"";
                                case GTSM -> "ttl-security yes";
                                case MULTIHOP, BFD_MULTIHOP -> "multihop 2";
                                case PLAIN, BFD, MANY, REFRESHED, RESET, OVER_IPV6, WITHOUT_POLICY, MISTAKEN -> "";
                            }));
        }
        Pairing.all().stream()
                .filter(pairing -> pairing != Pairing.WITHOUT_POLICY)
                .forEach(pairing -> text.append("allow from " + pairing.ours() + "\n"));
        return text.toString();
    }

    @Override
    public boolean can(Can what) {
        return what == Can.REFRESH || what == Can.HELP_RESTART || what == Can.FILTER_BY_DEFAULT;
    }

    private Path socket() {
        return directory.resolve("bgpd.sock");
    }

    @Override
    public void start() {
        try {
            Files.deleteIfExists(socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(
                List.of("bgpd", "-d", "-f", directory.resolve("bgpd.conf").toString()));
        child = new Child(directory.resolve("bgpd.log"), PACKAGE, command)
                .await("bgpd", log -> log.contains("RDE reconfigured") && Files.exists(socket()));
    }

    private String ask(String... words) {
        List<String> command = new ArrayList<>(List.of("bgpctl", "-s", socket().toString()));
        command.addAll(List.of(words));
        return Commands.run(command);
    }

    @Override
    public String version() {
        return Commands.run("bgpd", "-V").strip();
    }

    @Override
    public int routes(Pairing pairing) {
        return (int) ask("show", "rib", "neighbor", pairing.ours())
                .lines()
                .filter(line -> line.contains(" " + Pairing.AS + " "))
                .count();
    }

    @Override
    public Optional<Route> route(Pairing pairing, String prefix) {
        JsonNode rib = Json.read(ask("-j", "show", "rib", "neighbor", pairing.ours(), "detail", prefix));
        for (JsonNode route : rib.path("rib")) {
            return Optional.of(new Route(
                    route.path("exit_nexthop").asText(),
                    texts(route.path("communities")),
                    texts(route.path("large_communities"))));
        }
        return Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText().replace("GRACEFUL_SHUTDOWN", "65535:0")));
        return texts;
    }

    @Override
    public void reset(Pairing pairing) {
        ask("neighbor", pairing.ours(), "clear");
    }

    @Override
    public void refresh(Pairing pairing) {
        ask("neighbor", pairing.ours(), "refresh");
    }

    @Override
    public void kill() {
        child.kill();
    }

    @Override
    public String log() {
        return child.log();
    }
}
