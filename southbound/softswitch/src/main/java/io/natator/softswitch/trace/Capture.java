package io.natator.softswitch.trace;

import com.google.common.base.Splitter;
import io.natator.softswitch.io.pcap.PcapReader;
import io.natator.softswitch.io.pcap.PcapRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packets out of a capture: {@code in_port=1,pcap=FILE}. */
public final class Capture {
    /** No more than anybody would read. */
    public static final int MOST = 1000;

    private static final String FILE = "pcap=";

    private Capture() {}

    /** True if the text names a capture instead of a packet. */
    public static boolean isNamedBy(String text) {
        return parts(text).stream().anyMatch(part -> part.startsWith(FILE));
    }

    private static List<String> parts(String text) {
        return Splitter.on(',').splitToList(text.strip());
    }

    /**
     * Reads the first {@link #MOST} packets.
     *
     * @throws IOException if the file cannot be read, or is no capture of Ethernet frames
     * @throws IllegalArgumentException if the text says more than a port and a file
     */
    public static List<Arrival> read(String text) throws IOException {
        String path = null;
        List<String> others = new ArrayList<>();
        for (String part : parts(text)) {
            if (part.startsWith(FILE)) {
                path = part.substring(FILE.length());
            } else {
                others.add(part);
            }
        }
        if (path == null || others.stream().anyMatch(part -> !part.startsWith("in_port="))) {
            throw new IllegalArgumentException("a capture is given as in_port=1,pcap=FILE");
        }
        others.add("hex=");
        int inPort = PacketText.read(String.join(",", others)).inPort();
        return records(Path.of(path), inPort);
    }

    private static List<Arrival> records(Path file, int inPort) throws IOException {
        try (PcapReader reader = new PcapReader(Files.newInputStream(file))) {
            List<Arrival> all = new ArrayList<>();
            Optional<PcapRecord> next = reader.next();
            while (next.isPresent() && all.size() < MOST) {
                all.add(new Arrival(inPort, next.get().octets()));
                next = reader.next();
            }
            if (reader.problem().isPresent()) {
                throw new IOException(file + ": " + reader.problem().get());
            }
            return all;
        }
    }
}
