package io.natator.bgp.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ExaBGP. It keeps no table: what it heard is read from the reports that it writes to a file. */
final class ExabgpDaemon implements Daemon {
    private static final Pattern STATE = Pattern.compile("\"type\": \"state\".*\"peer\": \"([0-9a-f.:]+)\"");
    private static final String PACKAGE = "exabgp";

    private final Path directory;
    private final TwoNamespaces namespaces;
    /** By address of ours, then prefix. */
    private final Map<String, Map<String, Route>> heard = new HashMap<>();

    private long read;
    private Child child;

    ExabgpDaemon(Path directory, TwoNamespaces namespaces) {
        this.directory = directory;
        this.namespaces = namespaces;
        List<String> ttl = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        // It cannot set the TTL of what its listening socket answers (GTSM).
        ttl.addAll(List.of("sysctl", "-qw", "net.ipv4.ip_default_ttl=255"));
        Commands.run(ttl.toArray(String[]::new));
        try {
            Files.writeString(directory.resolve("exabgp.conf"), configuration());
            Files.createFile(commands());
            Files.createFile(reports());
            // An end of its standard output would count as its end.
            Path script = Files.writeString(
                    directory.resolve("sink"),
                    "#!/bin/sh\ntail -n 0 -f %s &\nexec 3>&1\nexec cat >>%s\n".formatted(commands(), reports()));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private String configuration() {
        StringBuilder text =
                new StringBuilder("process sink { run " + directory.resolve("sink") + "; encoder json; }\n");
        for (Pairing pairing : Pairing.all()) {
            text.append("""
                    neighbor %s {
                      router-id %s; local-address %s; local-as %d; peer-as %d; passive true;
                      family { ipv4 unicast; ipv6 unicast; }
                      capability { route-refresh enable; }
                      %s
                      api { neighbor-changes; processes [ sink ]; receive { parsed; update; } }
                    }
                    """.formatted(
                            pairing.ours(),
                            TwoNamespaces.PEER_IPV4,
                            pairing.theirs(),
                            Pairing.DAEMON_AS,
                            Pairing.AS,
                            switch (pairing) {
                                case SIGNED -> "md5-password " + Pairing.PASSWORD + ";";
                                case GTSM -> "incoming-ttl 255;";
                                case MULTIHOP, BFD_MULTIHOP -> "outgoing-ttl 2;";
                                case PLAIN, BFD, MANY, REFRESHED, RESET, OVER_IPV6, WITHOUT_POLICY, MISTAKEN -> "";
                            }));
        }
        return text.toString();
    }

    private Path reports() {
        return directory.resolve("reports");
    }

    private Path commands() {
        return directory.resolve("commands");
    }

    @Override
    public boolean can(Can what) {
        return what == Can.REFRESH || what == Can.RETURN_AT_ONCE;
    }

    @Override
    public void start() {
        heard.clear();
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("env", "exabgp.daemon.drop=false", "exabgp.api.cli=false", "exabgp.api.ack=false"));
        command.add("exabgp.tcp.port=179");
        command.add("exabgp.tcp.bind=" + TwoNamespaces.PEER_IPV4 + " " + TwoNamespaces.PEER_IPV6 + " "
                + Pairing.MULTIHOP.theirs());
        command.addAll(List.of("exabgp", directory.resolve("exabgp.conf").toString()));
        child = new Child(directory.resolve("exabgp.log"), PACKAGE, command)
                .await("exabgp", log -> log.contains("loaded new configuration successfully"));
    }

    @Override
    public String version() {
        return Commands.run("exabgp", "--version").lines().findFirst().orElse("");
    }

    @Override
    public int routes(Pairing pairing) {
        readReports();
        return heard.getOrDefault(pairing.ours(), Map.of()).size();
    }

    @Override
    public Optional<Route> route(Pairing pairing, String prefix) {
        readReports();
        return Optional.ofNullable(heard.getOrDefault(pairing.ours(), Map.of()).get(prefix));
    }

    private void readReports() {
        try (var file = Files.newByteChannel(reports())) {
            byte[] news = new byte[(int) (file.size() - read)];
            file.position(read).read(ByteBuffer.wrap(news));
            String text = new String(news, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            text.substring(0, end).lines().forEach(this::apply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(String line) {
        Matcher state = STATE.matcher(line);
        if (state.find()) {
            heard.remove(state.group(1)); // Not always JSON: it quotes no quotes.
            return;
        }
        JsonNode neighbor = Json.read(line).path("neighbor");
        Map<String, Route> routes =
                heard.computeIfAbsent(neighbor.path("address").path("peer").asText(), address -> new HashMap<>());
        JsonNode update = neighbor.path("message").path("update");
        update.path("withdraw").forEach(family -> family.forEach(nlri -> routes.remove(prefix(nlri))));
        Route attributes = new Route(
                "",
                joined(update.path("attribute").path("community")),
                joined(update.path("attribute").path("large-community")));
        update.path("announce")
                .forEach(family -> family.properties()
                        .forEach(hop -> hop.getValue()
                                .forEach(nlri -> routes.put(
                                        prefix(nlri),
                                        new Route(
                                                hop.getKey(),
                                                attributes.communities(),
                                                attributes.largeCommunities())))));
    }

    private static String prefix(JsonNode nlri) {
        return nlri.isTextual() ? nlri.asText() : nlri.path("nlri").asText();
    }

    /** Each is an array of numbers. */
    private static List<String> joined(JsonNode communities) {
        List<String> all = new ArrayList<>();
        for (JsonNode community : communities) {
            List<String> numbers = new ArrayList<>();
            community.forEach(number -> numbers.add(number.asText()));
            all.add(String.join(":", numbers));
        }
        return all;
    }

    private void command(String text) {
        try {
            Files.writeString(commands(), text + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void reset(Pairing pairing) {
        command("neighbor " + pairing.ours() + " teardown 4");
    }

    @Override
    public void refresh(Pairing pairing) {
        command("neighbor " + pairing.ours() + " announce route-refresh ipv4 unicast");
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
