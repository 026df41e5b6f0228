package io.natator.bgp.it;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.SpeakerConfig;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A speaker in a process of its own, so that it can be killed. Arguments: neighbours as {@code ADDRESS}. Each line of
 * input is the complete set of routes, {@code PREFIX=NEXTHOP} separated by blanks; events go to standard output.
 */
final class SpeakerMain {
    private SpeakerMain() {}

    public static void main(String[] arguments) throws IOException {
        BgpSpeakers speakers = BgpSpeakers.start(
                SpeakerConfig.of(Optional.empty(), IpAddress.valueOf("10.99.0.1")), event -> print(event.toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(speakers::close));
        List<Neighbor> neighbors = new ArrayList<>();
        for (String address : arguments) {
            neighbors.add(new Neighbor(address, IpAddress.valueOf(address), 179, Peering.between(65000, 65001)));
        }
        speakers.neighbors(neighbors);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            speakers.announce(routes(line));
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static List<Announcement> routes(String line) {
        List<Announcement> routes = new ArrayList<>();
        for (String route : line.strip().split(" +", -1)) {
            if (!route.isEmpty()) {
                String[] parts = route.split("=", -1);
                routes.add(new Announcement(
                        IpPrefix.valueOf(parts[0]), IpAddress.valueOf(parts[1]), List.of(), List.of(), List.of("t")));
            }
        }
        return routes;
    }
}
