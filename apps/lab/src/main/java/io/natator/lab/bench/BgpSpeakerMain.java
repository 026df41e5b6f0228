package io.natator.lab.bench;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.SpeakerConfig;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.peering.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Natator's speaker and nothing else, in a process of its own, so that its CPU time and its heap can be told from those
 * of the benchmark. Arguments: control socket, address to listen on, port, addresses of neighbours, which call.
 */
final class BgpSpeakerMain {
    static final long AS = 65000;
    private static final String NEXT_HOP = "192.0.2.1";
    /** 11.0.0.0: a million addresses from there are all unicast. */
    private static final int FIRST = 0x0b000000;

    private final BgpSpeakers speakers;
    private List<Announcement> prepared = List.of();
    private long generation;

    private BgpSpeakerMain(BgpSpeakers speakers) {
        this.speakers = speakers;
    }

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress listen = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        try (BgpSpeakers speakers = BgpSpeakers.start(
                SpeakerConfig.of(Optional.of(listen), IpAddress.valueOf("10.255.0.1")), event -> {})) {
            List<Neighbor> neighbors = new ArrayList<>();
            for (String address : List.of(arguments).subList(3, arguments.length)) {
                Peering peering = Peering.between(AS, BgpSink.AS).with(Transport.DEFAULT.waiting());
                neighbors.add(new Neighbor("n" + neighbors.size(), IpAddress.valueOf(address), 179, peering));
            }
            speakers.neighbors(neighbors);
            BgpSpeakerMain main = new BgpSpeakerMain(speakers);
            try (ServerSocketChannel control = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                control.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
                main.serve(control.accept());
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        speakers.announce(++generation, List.of());
        BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
            channel.write(ByteBuffer.wrap((handle(words[0], number) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String handle(String command, int number) {
        switch (command) {
            case "prepare" -> {
                prepared = announcements(number);
                return "ok";
            }
            case "load" -> speakers.announce(++generation, prepared);
            case "clear" -> speakers.announce(++generation, List.of());
            case "add" -> speakers.change(++generation, List.of(announcement(number)), List.of());
            case "remove" -> speakers.change(++generation, List.of(), List.of(announcement(number)));
            case "heap" -> {
                return Long.toString(Heap.used());
            }
            default -> {
                return "what is " + command + "?";
            }
        }
        return "ok";
    }

    static List<Announcement> announcements(int count) {
        List<Announcement> all = new ArrayList<>(count);
        List<String> none = List.of();
        List<String> translations = List.of("bench");
        IpAddress nextHop = IpAddress.valueOf(NEXT_HOP);
        for (int i = 0; i < count; i++) {
            all.add(new Announcement(IpPrefix.valueOf(FIRST + i, 32), nextHop, none, none, translations));
        }
        return all;
    }

    private static Announcement announcement(int number) {
        return new Announcement(
                IpPrefix.valueOf(FIRST + number, 32),
                IpAddress.valueOf(NEXT_HOP),
                List.of(),
                List.of(),
                List.of("bench"));
    }

    /** The same routes as BIRD's static protocol takes them. */
    static List<String> birdRoutes(int count) {
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add("route " + IpPrefix.valueOf(FIRST + i, 32) + " blackhole;");
        }
        return lines;
    }
}
