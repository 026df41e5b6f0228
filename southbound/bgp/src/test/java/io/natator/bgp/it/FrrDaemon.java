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
import java.util.stream.Stream;

/** FRR: zebra, bgpd and bfdd, each started by itself with its files in one directory. */
final class FrrDaemon implements Daemon {
    private static final String PACKAGE = "frr";
    private static final List<String> FAMILIES = List.of("ipv4", "ipv6");

    private final Path directory;
    private final TwoNamespaces namespaces;
    private final List<Child> children = new ArrayList<>();

    FrrDaemon(TwoNamespaces namespaces) {
        this.namespaces = namespaces;
        try {
            // zebra and bfdd give up root before they make their sockets.
            directory = Files.createTempDirectory("nat-frr");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(directory.resolve("bgpd.conf"), configuration());
            Files.createFile(directory.resolve("none.conf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.run("chown", "-R", "frr:frr", directory.toString());
        start();
    }

    private static String configuration() {
        StringBuilder text = new StringBuilder("""
                hostname frr
                route-map ALL permit 10
                router bgp %d
                 bgp router-id %s
                """.formatted(Pairing.DAEMON_AS, TwoNamespaces.PEER_IPV4));
        for (Pairing pairing : Pairing.all()) {
            String neighbor = " neighbor " + pairing.ours() + " ";
            text.append(neighbor + "remote-as " + Pairing.AS + "\n");
            text.append(neighbor + "passive\n" + neighbor + "update-source " + pairing.theirs() + "\n");
            switch (pairing) {
                case SIGNED -> text.append(neighbor + "password " + Pairing.PASSWORD + "\n");
                case GTSM -> text.append(neighbor + "ttl-security hops 1\n");
                case MULTIHOP -> text.append(neighbor + "ebgp-multihop 2\n");
                case BFD -> text.append(neighbor + "bfd 3 100 100\n");
                case BFD_MULTIHOP -> text.append(neighbor + "ebgp-multihop 2\n" + neighbor + "bfd 3 100 100\n");
                case PLAIN, MANY, REFRESHED, RESET, OVER_IPV6, WITHOUT_POLICY, MISTAKEN -> {}
            }
        }
        for (String family : FAMILIES) {
            text.append(" address-family " + family + " unicast\n");
            for (Pairing pairing : Pairing.all()) {
                text.append("  neighbor " + pairing.ours() + " activate\n");
                if (pairing != Pairing.WITHOUT_POLICY) {
                    text.append("  neighbor " + pairing.ours() + " route-map ALL in\n");
                }
            }
            text.append(" exit-address-family\n");
        }
        return text.toString();
    }

    @Override
    public boolean can(Can what) {
        return true;
    }

    @Override
    public void start() {
        run("zebra", "none.conf", "-z", file("zserv.api"));
        run("bfdd", "none.conf", "-z", file("zserv.api"), "--bfdctl", file("bfdd.sock"));
        run("bgpd", "bgpd.conf", "-z", file("zserv.api"), "-S", "-l", "0.0.0.0", "-l", "::");
    }

    private void run(String name, String configuration, String... more) {
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("/usr/lib/frr/" + name, "-f", file(configuration), "-i", file(name + ".pid")));
        command.addAll(List.of("--vty_socket", directory.toString(), "-P", "0", "--log", "stdout"));
        command.addAll(List.of(more));
        Path socket = directory.resolve(name + ".vty");
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        children.add(
                new Child(directory.resolve(name + ".log"), PACKAGE, command).await(name, log -> Files.exists(socket)));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    /** Words for {@code vtysh}; more than one command is one word each. */
    String ask(String... commands) {
        List<String> command = new ArrayList<>(List.of("vtysh", "--vty_socket", directory.toString()));
        Stream.of(commands).forEach(one -> command.addAll(List.of("-c", one)));
        return Commands.run(command);
    }

    @Override
    public String version() {
        return ask("show version").lines().findFirst().orElse("");
    }

    @Override
    public int routes(Pairing pairing) {
        return FAMILIES.stream()
                .mapToInt(family -> Json.read(ask("show bgp " + family + " unicast summary json"))
                        .path("peers")
                        .path(pairing.ours())
                        .path("pfxRcd")
                        .asInt())
                .sum();
    }

    @Override
    public Optional<Route> route(Pairing pairing, String prefix) {
        String family = prefix.contains(":") ? "ipv6" : "ipv4";
        for (JsonNode path : Json.read(ask("show bgp " + family + " unicast " + prefix + " json"))
                .path("paths")) {
            if (path.path("peer").path("peerId").asText().equals(pairing.ours())) {
                return Optional.of(new Route(
                        path.path("nexthops").path(0).path("ip").asText(),
                        words(path.path("community").path("string").asText()),
                        words(path.path("largeCommunity").path("string").asText())));
            }
        }
        return Optional.empty();
    }

    private static List<String> words(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.replace("graceful-shutdown", "65535:0").split(" ", -1));
    }

    @Override
    public void reset(Pairing pairing) {
        ask("clear bgp " + pairing.ours());
    }

    @Override
    public void refresh(Pairing pairing) {
        ask("clear bgp ipv4 unicast " + pairing.ours() + " soft in");
    }

    @Override
    public void kill() {
        children.reversed().forEach(Child::kill);
        children.clear();
    }

    @Override
    public void close() {
        kill();
        Commands.run("rm", "-r", directory.toString());
    }

    @Override
    public String log() {
        return children.stream().map(Child::log).reduce("", String::concat);
    }
}
