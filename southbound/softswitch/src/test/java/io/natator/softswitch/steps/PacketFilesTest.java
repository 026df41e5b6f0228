package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.packet.Bytes;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.io.pcap.PcapReader;
import io.natator.softswitch.io.pcap.PcapRecord;
import io.natator.softswitch.io.pcap.PcapWriter;
import io.natator.softswitch.steps.Scenarios.Arrival;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

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
            check(FOLDER.resolve(name + ".in.pcap"), arrivals(scenario));
            check(FOLDER.resolve(name + ".out.pcap"), file(scenario.departures(), List.of()));
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

    private static byte[] arrivals(Scenario scenario) {
        return file(
                scenario.arrivals().stream().map(Arrival::frame).toList(),
                scenario.arrivals().stream().map(Arrival::after).toList());
    }

    /** @param after nanoseconds after the first one; if there are none, a millisecond each */
    private static byte[] file(List<byte[]> frames, List<Long> after) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(octets, 1 << 20)) {
            for (int i = 0; i < frames.size(); i++) {
                writer.record(START + (after.isEmpty() ? i * 1_000_000L : after.get(i)), frames.get(i));
            }
        }
        return octets.toByteArray();
    }

    private static List<PcapRecord> read(Path path) throws IOException {
        List<PcapRecord> frames = new ArrayList<>();
        try (PcapReader reader = new PcapReader(Files.newInputStream(path))) {
            for (Optional<PcapRecord> one = reader.next(); one.isPresent(); one = reader.next()) {
                frames.add(one.get());
            }
            assertThat(reader.problem()).isEmpty();
        }
        return frames;
    }

    private static void replay(String name) throws IOException {
        List<Share> shares = Scenarios.ALL.get(name).get().shares();
        List<byte[]> departures = new ArrayList<>();
        TreeMap<String, Long> counters = new TreeMap<>();
        try (Bench bench = new Bench(shares.toArray(Share[]::new))) {
            long begin = bench.now - START;
            for (PcapRecord record : read(FOLDER.resolve(name + ".in.pcap"))) {
                bench.now = begin + record.nanos();
                bench.pass(0);
                Arrival arrival = new Arrival(0, record.octets());
                boolean outward = arrival.isFromInside();
                byte[] gone = bench.put(
                        share(shares, arrival, outward),
                        outward ? Direction.TO_OUTSIDE : Direction.TO_INSIDE,
                        arrival.frame());
                if (gone != null) {
                    departures.add(Packets.settled(record.octets(), gone));
                }
                departures.addAll(bench.released);
            }
            for (Count count : Count.values()) {
                if (bench.count(count) != 0) {
                    counters.put(count.label(), bench.count(count));
                }
            }
        }
        List<byte[]> expected = read(FOLDER.resolve(name + ".out.pcap")).stream()
                .map(PcapRecord::octets)
                .toList();
        assertThat(text(departures)).isEqualTo(text(expected));
        assertThat(counters.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue() + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(Files.readString(FOLDER.resolve(name + ".counters")));
    }

    /** Which share rules send a frame to. */
    private static int share(List<Share> shares, Arrival arrival, boolean outward) {
        IpAddress address = address(arrival.frame(), outward);
        int id = shares.getFirst().id();
        for (Share share : shares) {
            id = (outward
                            ? isOf(share.inside(), address)
                            : share.outside().stream().anyMatch(o -> isOf(o, address)))
                    ? share.id()
                    : id;
        }
        return id;
    }

    private static boolean isOf(IpPrefix prefix, IpAddress address) {
        return prefix.isIp4() == address.isIp4() && prefix.contains(address);
    }

    private static IpAddress address(byte[] frame, boolean source) {
        if (Bytes.u16(frame, 12) == 0x0800) {
            return IpAddress.valueOf(Bytes.i32(frame, source ? 26 : 30));
        }
        int at = source ? 22 : 38;
        return IpAddress.valueOf(IpAddress.Version.INET6, Arrays.copyOfRange(frame, at, at + 16));
    }

    private static List<String> text(List<byte[]> frames) {
        return frames.stream()
                .map(f -> Reading.of(f) + " " + HexFormat.of().formatHex(f))
                .toList();
    }
}
