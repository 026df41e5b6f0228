package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.io.pcap.PcapReader;
import io.natator.softswitch.io.pcap.PcapRecord;
import io.natator.softswitch.io.pcap.PcapWriter;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the packet files of {@code src/test/packets}: what comes in is put through a translator, and what goes on, and the
 * counters, must be as the files say. {@code -Dnatator.packets.write=true} writes them anew from {@link Scenarios}.
 */
class PacketFilesTest {
    private static final Path FOLDER = Path.of("src/test/packets");
    private static final long START = 1_700_000_000_000_000_000L;

    @TestFactory
    Stream<DynamicTest> filesGoThroughAsTheySay() {
        return Scenarios.ALL.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> replay(name)));
    }

    @Test
    void filesAreThoseOfTheScenarios() throws IOException {
        for (String name : Scenarios.ALL.keySet()) {
            Scenario scenario = Scenarios.ALL.get(name).get();
            check(FOLDER.resolve(name + ".in.pcap"), file(scenario.arrivals()));
            check(FOLDER.resolve(name + ".out.pcap"), file(scenario.departures()));
            String counters = scenario.counters().entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue() + "\n")
                    .collect(Collectors.joining());
            check(FOLDER.resolve(name + ".counters"), counters.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void check(Path path, byte[] content) throws IOException {
        if (Boolean.getBoolean("natator.packets.write")) {
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        }
        assertThat(Files.readAllBytes(path)).as("%s", path).isEqualTo(content);
    }

    private static byte[] file(List<byte[]> frames) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(octets, 1 << 20)) {
            for (int i = 0; i < frames.size(); i++) {
                writer.record(START + i * 1_000_000L, frames.get(i));
            }
        }
        return octets.toByteArray();
    }

    private static List<byte[]> read(Path path) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (PcapReader reader = new PcapReader(Files.newInputStream(path))) {
            for (Optional<PcapRecord> one = reader.next(); one.isPresent(); one = reader.next()) {
                frames.add(one.get().octets());
            }
            assertThat(reader.problem()).isEmpty();
        }
        return frames;
    }

    private static void replay(String name) throws IOException {
        Share share = Scenarios.ALL.get(name).get().share();
        List<byte[]> departures = new ArrayList<>();
        TreeMap<String, Long> counters = new TreeMap<>();
        try (Bench bench = new Bench(share)) {
            for (byte[] frame : read(FOLDER.resolve(name + ".in.pcap"))) {
                boolean inside = Scenarios.isFromInside(frame);
                byte[] gone = bench.put(1, inside ? Direction.TO_OUTSIDE : Direction.TO_INSIDE, frame);
                if (gone != null) {
                    departures.add(gone);
                }
                departures.addAll(bench.released);
            }
            for (Count count : Count.values()) {
                if (bench.count(count) != 0) {
                    counters.put(count.label(), bench.count(count));
                }
            }
        }
        assertThat(text(departures)).isEqualTo(text(read(FOLDER.resolve(name + ".out.pcap"))));
        String expected = Files.readString(FOLDER.resolve(name + ".counters"));
        assertThat(counters.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue() + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(expected);
    }

    private static List<String> text(List<byte[]> frames) {
        return frames.stream()
                .map(f -> Reading.of(f) + " " + HexFormat.of().formatHex(f))
                .toList();
    }
}
