package io.natator.bgp.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** GoBGP. */
final class GobgpDaemon implements Daemon {
    private static final String PACKAGE = "gobgpd";
    private static final int COMMUNITIES = 8;
    private static final int LARGE_COMMUNITIES = 32;

    private final Path directory;
    private final TwoNamespaces namespaces;
    private Child child;

    GobgpDaemon(Path directory, TwoNamespaces namespaces) {
        this.directory = directory;
        this.namespaces = namespaces;
        try {
            Files.writeString(directory.resolve("gobgpd.conf"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private static String configuration() {
        StringBuilder text = new StringBuilder("""
                [global.config]
                  as = %d
                  router-id = "%s"
                """.formatted(Pairing.DAEMON_AS, TwoNamespaces.PEER_IPV4));
        for (Pairing pairing : Pairing.all()) {
            text.append("""
                    [[neighbors]]
                      [neighbors.config]
                        neighbor-address = "%s"
                        peer-as = %d
                        %s
                      [neighbors.transport.config]
                        passive-mode = true
                        local-address = "%s"
                      [neighbors.graceful-restart.config]
                        enabled = true
                        restart-time = 60
                      %s
                    """.formatted(
                    pairing.ours(),
                    Pairing.AS,
                    pairing.password()
                            .map(password -> "auth-password = \"" + password + "\"")
                            .orElse(""),
                    pairing.theirs(),
                    switch (pairing) {
                        case GTSM -> "[neighbors.ttl-security.config]\nenabled = true\nttl-min = 255";
                        case MULTIHOP, BFD_MULTIHOP ->
                            "[neighbors.ebgp-multihop.config]\nenabled = true\nmultihop-ttl = 2";
                        case PLAIN, BFD, MANY, REFRESHED, RESET, OVER_IPV6, SIGNED, WITHOUT_POLICY, MISTAKEN -> "";
                    }));
            for (String family : List.of("ipv4-unicast", "ipv6-unicast")) {
                text.append("""
                        [[neighbors.afi-safis]]
                          [neighbors.afi-safis.config]
                            afi-safi-name = "%s"
                          [neighbors.afi-safis.mp-graceful-restart.config]
                            enabled = true
                        """.formatted(family));
            }
        }
        return text.toString();
    }

    @Override
    public boolean can(Can what) {
        return what == Can.HELP_RESTART;
    }

    @Override
    public void start() {
        try {
            Files.deleteIfExists(socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("gobgpd", "-f", directory.resolve("gobgpd.conf").toString()));
        command.addAll(List.of("--api-hosts=unix://" + socket(), "--pprof-disable"));
        child = new Child(directory.resolve("gobgpd.log"), PACKAGE, command).await("gobgpd", log -> answers());
    }

    private Path socket() {
        return directory.resolve("gobgpd.sock");
    }

    private boolean answers() {
        try {
            return Json.read(ask("-j", "neighbor")).size() == Pairing.all().size();
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private String ask(String... words) {
        List<String> command = new ArrayList<>(List.of("gobgp", "--target", "unix://" + socket()));
        command.addAll(List.of(words));
        return Commands.run(command);
    }

    @Override
    public String version() {
        return Commands.run("gobgpd", "--version").strip();
    }

    @Override
    public int routes(Pairing pairing) {
        int routes = 0;
        for (JsonNode family : Json.read(ask("-j", "neighbor", pairing.ours())).path("afi_safis")) {
            routes += family.path("state").path("accepted").asInt();
        }
        return routes;
    }

    @Override
    public Optional<Route> route(Pairing pairing, String prefix) {
        String family = prefix.contains(":") ? "ipv6" : "ipv4";
        // The table of one neighbour is not shown while that is away.
        for (JsonNode path : Json.read(ask("-j", "global", "rib", "-a", family)).path(prefix)) {
            if (path.path("neighbor-ip").asText().equals(pairing.ours())) {
                return Optional.of(route(path));
            }
        }
        return Optional.empty();
    }

    private static Route route(JsonNode path) {
        String nextHop = "";
        List<String> communities = new ArrayList<>();
        List<String> large = new ArrayList<>();
        for (JsonNode attribute : path.path("attrs")) {
            nextHop = attribute.has("nexthop") ? attribute.path("nexthop").asText() : nextHop;
            switch (attribute.path("type").asInt()) {
                case COMMUNITIES ->
                    attribute
                            .path("communities")
                            .forEach(one -> communities.add((one.asLong() >> 16) + ":" + (one.asLong() & 0xffff)));
                case LARGE_COMMUNITIES ->
                    attribute
                            .path("value")
                            .forEach(one -> large.add(one.path("ASN").asLong() + ":"
                                    + one.path("LocalData1").asLong() + ":"
                                    + one.path("LocalData2").asLong()));
                default -> {}
            }
        }
        return new Route(nextHop, communities, large);
    }

    @Override
    public void reset(Pairing pairing) {
        ask("neighbor", pairing.ours(), "reset");
    }

    @Override
    public void refresh(Pairing pairing) {
        throw new UnsupportedOperationException("its command applies policies again without asking");
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
