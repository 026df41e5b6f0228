package io.natator.bgp.it;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BIRD 2. It accepts no configuration without a policy, so there is nothing that it filters unasked. */
final class BirdDaemon implements Daemon {
    private static final Pattern COUNT = Pattern.compile("(\\d+) of \\d+ routes");
    private static final Pattern STANDARD = Pattern.compile("\\((\\d+),(\\d+)\\)");
    private static final Pattern LARGE = Pattern.compile("\\((\\d+), (\\d+), (\\d+)\\)");

    private final Bird bird;

    BirdDaemon(Path directory, TwoNamespaces namespaces) {
        this.bird = Bird.start(directory, configuration(), namespaces.inPeer());
    }

    private static String configuration() {
        StringBuilder text = new StringBuilder("""
                log stderr all;
                router id %s;
                protocol device { scan time 1; }
                protocol direct { ipv4; ipv6; }
                protocol bfd { interface "link0" { min rx interval 50 ms; min tx interval 50 ms; multiplier 3; }; }
                protocol kernel { scan time 2; ipv4 { import none; export where source = RTS_BGP; }; }
                protocol kernel { scan time 2; ipv6 { import none; export where source = RTS_BGP; }; }
                """.formatted(TwoNamespaces.PEER_IPV4));
        for (Pairing pairing : Pairing.all()) {
            text.append("""
                    protocol bgp %s {
                      local %s as %d; neighbor %s as %d; passive; error wait time 1, 1; graceful restart on;
                      ipv4 { import all; export none; };
                      ipv6 { import all; export none; };
                      %s
                    }
                    """.formatted(
                            pairing.label(),
                            pairing.theirs(),
                            Pairing.DAEMON_AS,
                            pairing.ours(),
                            Pairing.AS,
                            switch (pairing) {
                                case SIGNED -> "password \"" + Pairing.PASSWORD + "\";";
                                case GTSM -> "ttl security on;";
                                case MULTIHOP -> "multihop 2;";
                                case BFD -> "bfd on;";
                                case BFD_MULTIHOP -> "multihop 2; bfd on;";
                                case PLAIN, MANY, REFRESHED, RESET, OVER_IPV6, WITHOUT_POLICY, MISTAKEN -> "";
                            }));
        }
        return text.toString();
    }

    /** What it says of its BFD sessions: address, interface, state, since, interval, timeout. */
    String bfdSessions() {
        return bird.ask("show", "bfd", "sessions");
    }

    @Override
    public boolean can(Can what) {
        return what != Can.FILTER_BY_DEFAULT;
    }

    @Override
    public String version() {
        return bird.ask("show", "status").lines().findFirst().orElse("");
    }

    @Override
    public int routes(Pairing pairing) {
        int routes = 0;
        Matcher matcher =
                COUNT.matcher(bird.ask("show", "route", "table", "all", "protocol", pairing.label(), "count"));
        while (matcher.find()) {
            routes = Integer.parseInt(matcher.group(1)); // The total of the tables comes last.
        }
        return routes;
    }

    @Override
    public Optional<Route> route(Pairing pairing, String prefix) {
        String table = prefix.contains(":") ? "master6" : "master4";
        String text = bird.ask(
                "show", "route", "table", table, "protocol", pairing.label(), "where", "net", "=", prefix, "all");
        return text.contains("BGP.next_hop")
                ? Optional.of(new Route(
                        after(text, "BGP.next_hop: ").split(" ", -1)[0],
                        all(STANDARD, after(text, "BGP.community: ")),
                        all(LARGE, after(text, "BGP.large_community: "))))
                : Optional.empty();
    }

    private static String after(String text, String key) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> line.contains(key))
                .map(line -> line.substring(line.indexOf(key) + key.length()))
                .findFirst()
                .orElse("");
    }

    private static List<String> all(Pattern community, String line) {
        return community
                .matcher(line)
                .results()
                .map(found -> found.group().replaceAll("[() ]", "").replace(',', ':'))
                .toList();
    }

    @Override
    public void reset(Pairing pairing) {
        bird.ask("restart", pairing.label());
    }

    @Override
    public void refresh(Pairing pairing) {
        bird.ask("reload", "in", pairing.label());
    }

    @Override
    public void start() {
        bird.start();
    }

    @Override
    public void kill() {
        bird.kill();
    }

    @Override
    public String log() {
        return bird.log();
    }
}
