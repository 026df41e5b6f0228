package io.natator.softswitch.io.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.io.Batch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapTest {
    private static final long NOON = 1_700_000_000_123_456_789L;

    @Test
    void whatIsWrittenIsRead() {
        Random random = seeded();
        List<byte[]> frames = new ArrayList<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, Long.MAX_VALUE)) {
            for (int length : new int[] {0, 1, 14, 60, 1514, 65_549, 262_144}) {
                byte[] octets = new byte[length];
                random.nextBytes(octets);
                frames.add(octets);
                writer.record(NOON + length, octets);
            }
        }
        try (PcapReader reader = reader(file.toByteArray())) {
            for (byte[] octets : frames) {
                PcapRecord record = reader.next().orElseThrow();
                assertThat(record.octets()).isEqualTo(octets);
                assertThat(record.nanos()).isEqualTo(NOON + octets.length);
                assertThat(record.isTruncated()).isFalse();
            }
            assertThat(reader.next()).isEmpty();
            assertThat(reader.problem()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"A1B2C3D4,true,1000", "A1B2C3D4,false,1000", "A1B23C4D,true,1", "A1B23C4D,false,1"})
    void readsBothUnitsOfBothByteOrders(String magic, boolean big, long unit) {
        ByteBuffer file = ByteBuffer.allocate(64).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        file.putInt(Integer.parseUnsignedInt(magic, 16)).putShort((short) 2).putShort((short) 4);
        // The upper bits of the link type say that frames end with a check sequence.
        file.putLong(0).putInt(65_535).putInt(0x2400_0001);
        file.putInt(7).putInt(9).putInt(3).putInt(100).put(new byte[] {1, 2, 3});
        try (PcapReader reader = reader(Arrays.copyOf(file.array(), file.position()))) {
            PcapRecord record = reader.next().orElseThrow();
            assertThat(record.nanos()).isEqualTo(7_000_000_000L + 9 * unit);
            assertThat(record.octets()).containsExactly(1, 2, 3);
            assertThat(record.isTruncated()).isTrue();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.problem()).isEmpty();
        }
    }

    @Test
    void tcpdumpReadsWhatIsWritten(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("written.pcap");
        byte[] arp = new byte[42];
        arp[12] = 8;
        arp[13] = 6;
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), 1 << 20)) {
            writer.record(NOON, arp);
        }
        Process tcpdump = new ProcessBuilder("tcpdump", "-tt", "--nano", "-nner", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tcpdump.waitFor()).isZero();
        assertThat(said).startsWith("1700000000.123456789 ").contains("ethertype ARP (0x0806), length 42");
    }

    @Test
    void aBadFileEndsAndSaysWhy() {
        byte[] good = twoFrames();
        for (int length = 0; length < good.length; length++) {
            try (PcapReader reader = reader(Arrays.copyOf(good, length))) {
                int frames = 0;
                while (reader.next().isPresent()) {
                    frames++;
                }
                boolean whole = length == 24 || length == 24 + 16 + 60;
                assertThat(reader.problem().isEmpty()).as("cut at %d", length).isEqualTo(whole);
                assertThat(frames).isEqualTo(length >= 24 + 16 + 60 ? 1 : 0);
            }
        }
        assertThat(problem(new byte[24])).contains("magic");
        byte[] token = good.clone();
        token[23] = 6;
        assertThat(problem(token)).contains("link type 6");
        byte[] huge = good.clone();
        huge[24 + 8] = (byte) 0x80;
        assertThat(problem(huge)).contains("2147483708 octets");
    }

    @Test
    void anyOctetsAreSurvived() {
        Random random = seeded();
        byte[] good = twoFrames();
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try (PcapReader reader = reader(bad)) {
                int frames = 0;
                for (Optional<PcapRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                    frames++;
                }
                // A frame takes 16 octets at least.
                assertThat(frames).isLessThanOrEqualTo(bad.length / 16);
            }
        }
    }

    @Test
    void aFullFileOmitsAndCounts() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PcapWriter writer = new PcapWriter(file, 24 + 2 * (16 + 60));
        for (int i = 0; i < 5; i++) {
            writer.record(0, new byte[60]);
        }
        writer.close();
        assertThat(writer.omitted()).isEqualTo(3);
        assertThat(file.size()).isEqualTo(24 + 2 * (16 + 60));
    }

    @Test
    void aFullDiskEndsTheRecordingOnly() {
        PcapWriter writer = new PcapWriter(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("no space left");
                    }
                },
                Long.MAX_VALUE);
        for (int i = 0; i < 3; i++) {
            writer.record(0, new byte[65_536]);
        }
        assertThat(writer.problem()).contains("no space left");
        assertThat(writer.omitted()).isEqualTo(2);
    }

    @Test
    void aPortReplaysAndRecords() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        byte[] recorded = frames(Batch.CAPACITY + 1);
        PcapPort port = new PcapPort("p", reader(recorded), new PcapWriter(sent, Long.MAX_VALUE), () -> NOON);
        Batch batch = new Batch();
        int all = 0;
        for (int count = port.receive(batch); count > 0; count = port.receive(batch)) {
            for (int i = 0; i < count; i++) {
                assertThat(port.queue(batch.frame(i))).isTrue();
            }
            port.flush();
            port.release();
            all += count;
        }
        assertThat(all).isEqualTo(Batch.CAPACITY + 1);
        assertThat(port.counters().rxPackets()).isEqualTo(all);
        assertThat(port.counters().txBytes()).isEqualTo(60L * all);
        port.close();
        try (PcapReader before = reader(recorded);
                PcapReader after = reader(sent.toByteArray())) {
            for (int i = 0; i < all; i++) {
                assertThat(after.next().orElseThrow().octets())
                        .isEqualTo(before.next().orElseThrow().octets());
            }
        }
    }

    private static byte[] twoFrames() {
        return frames(2);
    }

    private static byte[] frames(int count) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, Long.MAX_VALUE)) {
            for (int i = 0; i < count; i++) {
                byte[] octets = new byte[60];
                octets[59] = (byte) i;
                writer.record(NOON, octets);
            }
        }
        return file.toByteArray();
    }

    private static String problem(byte[] file) {
        try (PcapReader reader = reader(file)) {
            assertThat(reader.next()).isEmpty();
            return reader.problem().orElseThrow();
        }
    }

    private static PcapReader reader(byte[] file) {
        InputStream in = new ByteArrayInputStream(file);
        return new PcapReader(in);
    }

    private static Random seeded() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }
}
