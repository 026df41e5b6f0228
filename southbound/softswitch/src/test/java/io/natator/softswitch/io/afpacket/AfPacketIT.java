package io.natator.softswitch.io.afpacket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.io.Slots;
import io.natator.softswitch.io.pcap.PcapReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ports on veth pairs between namespaces, with offloads as the kernel has them. */
class AfPacketIT {
    private static final int EXPERIMENTAL = 0x88B5;

    private Wires wires;
    private Forwarder forwarder;

    @BeforeEach
    void open() throws Exception {
        wires = new Wires();
        forwarder = Wires.call("s", () -> Forwarder.between("i0", "o0", Mode.BALANCED));
    }

    @AfterEach
    void close() throws Exception {
        forwarder.close();
        wires.close();
    }

    @Test
    void framesOfEverySizePass(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("b.pcap");
        Process tcpdump = capture("b", "k0", file, "-c", "1500", "ether", "dst", "02:00:00:00:00:0b");
        byte[] octets = frameOf(1514);
        Sent[] sizes = new Sent[1500];
        Arrays.setAll(sizes, i -> new Sent(Arrays.copyOf(octets, 15 + i), new Frame()));
        send(sizes);
        assertThat(tcpdump.waitFor(10, TimeUnit.SECONDS))
                .as("1500 frames arrive")
                .isTrue();
        try (PcapReader reader = new PcapReader(Files.newInputStream(file))) {
            for (int length = 15; length <= 1514; length++) {
                assertThat(reader.next().orElseThrow().octets()).isEqualTo(Arrays.copyOf(octets, length));
            }
        }
        assertThat(forwarder.port(1).counters().txRefused()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void tcpKeepsItsOffloads(Mode mode) throws Exception {
        forwarder.close();
        forwarder = Wires.call("s", () -> Forwarder.between("i0", "o0", mode));
        iperf("10.9.1.3");
        var counters = forwarder.port(0).counters();
        assertThat(counters.rxBytes() / counters.rxPackets())
                .as("octets a frame")
                .isGreaterThan(1514);
        assertThat(counters.rxTruncated()).isZero();
        assertThat(forwarder.port(1).counters().txRefused()).isZero();
        assertThat(wires.in("b", "nstat", "-asz", "TcpInCsumErrors")).containsPattern("TcpInCsumErrors +0 ");
    }

    /** The kernel takes the outermost tag out of a frame before packet sockets see it. */
    @Test
    void tagsArePutBack(@TempDir Path dir) throws Exception {
        byte[] tagged = tagged(frameOf(1514), 0x8100);
        byte[] twice = tagged(Arrays.copyOf(tagged, 1510), 0x88A8);
        byte[] segments = tcpSegments();
        Frame gso = new Frame();
        gso.flags = Frame.NEEDS_CSUM;
        gso.gsoType = 1;
        gso.gsoSize = 1000;
        gso.headerLength = 18 + 20 + 20;
        gso.csumStart = 18 + 20;
        gso.csumOffset = 16;
        Path file = dir.resolve("b.pcap");
        Process tcpdump = capture("b", "k0", file, "-c", "3", "ether", "dst", "02:00:00:00:00:0b");
        send(new Sent(tagged, new Frame()), new Sent(twice, new Frame()), new Sent(segments, gso));
        assertThat(tcpdump.waitFor(10, TimeUnit.SECONDS)).as("3 frames arrive").isTrue();
        try (PcapReader reader = new PcapReader(Files.newInputStream(file))) {
            assertThat(reader.next().orElseThrow().octets()).isEqualTo(tagged);
            assertThat(reader.next().orElseThrow().octets()).isEqualTo(twice);
            assertThat(reader.next().orElseThrow().octets()).isEqualTo(segments);
        }
        assertThat(forwarder.port(1).counters().txRefused()).isZero();
    }

    private static byte[] tagged(byte[] frame, int etherType) {
        return ByteBuffer.allocate(frame.length + 4)
                .put(frame, 0, 12)
                .putShort((short) etherType)
                .putShort((short) 0xA005)
                .put(frame, 12, frame.length - 12)
                .array();
    }

    /** IPv4 and TCP behind a tag, 20,000 octets of payload. */
    private static byte[] tcpSegments() {
        ByteBuffer out = ByteBuffer.allocate(14 + 40 + 20_000).put(frameOf(54));
        out.putShort(12, (short) 0x0800);
        out.putInt(14, 0x4500_0000 + out.capacity() - 14).putInt(18, 0).putInt(22, 0x4006_0000);
        out.putInt(26, 0x0A09_0102).putInt(30, 0x0A09_0103);
        out.putShort(46, (short) 0x5010);
        return tagged(out.array(), 0x8100);
    }

    @Test
    void jumboFramesPassWhereTheMtuAllows() throws Exception {
        wires.ip("a", "link set g0 mtu 9000");
        wires.ip("b", "link set k0 mtu 9000");
        wires.ip("s", "link set i0 mtu 9000");
        await().until(() -> forwarder.port(0).link().mtu() == 9000);
        assertThat(wires.works("a", "ping", "-c1", "-W1", "-Mdo", "-s8972", "10.9.1.3"))
                .isFalse();
        assertThat(forwarder.port(1).counters().txTooLong()).isPositive();
        wires.ip("s", "link set o0 mtu 9000");
        await().until(() -> forwarder.port(1).link().mtu() == 9000);
        ping("10.9.1.3", 8972);
    }

    @Test
    void theKernelLeavesTheFramesAlone(@TempDir Path dir) throws Exception {
        wires.ip("s", "addr add 10.9.1.1/24 dev i0");
        assertThat(wires.works("a", "ping", "-c2", "-i0.2", "-W1", "10.9.1.1")).isFalse();
        Path file = dir.resolve("tap.pcap");
        Process tap = capture("s", "i0", file, "-c", "1", "icmp");
        ping("10.9.1.3", 56);
        assertThat(tap.waitFor(10, TimeUnit.SECONDS))
                .as("other packet sockets see frames")
                .isTrue();

        forwarder.close();
        assertThat(tables()).isEmpty();
        ping("10.9.1.1", 56);
    }

    @Test
    void aKilledProcessLeavesNothing() throws Exception {
        forwarder.close();
        Process process = wires.start(
                "s",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Forwarder.class.getName(),
                "i0",
                "o0");
        try {
            await().atMost(20, TimeUnit.SECONDS).until(() -> tables().size() == 2);
            ping("10.9.1.3", 56);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> tables().isEmpty());
        assertThat(wires.ip("s", "-d link show i0")).contains("promiscuity 0");
    }

    @Test
    void aPortOutlivesItsInterface() throws Exception {
        ping("10.9.1.3", 56);
        wires.ip("s", "link del i0");
        await().until(() -> !forwarder.port(0).link().present());
        wires.wire("a", "g0", "i0");
        wires.ip("a", "addr add 10.9.1.2/24 dev g0");
        await().until(() -> forwarder.port(0).link().up());
        ping("10.9.1.3", 56);

        wires.ip("s", "link set o0 down");
        await().until(() -> !forwarder.port(1).link().adminUp());
        assertThat(wires.works("a", "ping", "-c1", "-W1", "10.9.1.3")).isFalse();
        assertThat(forwarder.port(1).counters().txDown()).isPositive();
        wires.ip("s", "link set o0 name elsewhere");
        await().until(() -> !forwarder.port(1).link().present());
        assertThat(tables()).hasSize(1);
        wires.ip("s", "link set elsewhere name o0");
        wires.ip("s", "link set o0 up");
        await().until(() -> forwarder.port(1).link().up());
        ping("10.9.1.3", 56);

        wires.ip("b", "link set k0 down");
        await().until(() -> !forwarder.port(1).link().carrier());
        assertThat(forwarder.port(1).link().adminUp()).isTrue();
        wires.ip("b", "link set k0 up");
        await().until(() -> forwarder.port(1).link().up());
        ping("10.9.1.3", 56);
    }

    @Test
    void anInterfaceMayComeLate() throws Exception {
        forwarder.close();
        wires.ip("s", "link del i0");
        forwarder = Wires.call("s", () -> Forwarder.between("i0", "o0", Mode.LATENCY));
        assertThat(forwarder.port(0).link().present()).isFalse();
        assertThat(forwarder.port(1).link().up()).isTrue();
        wires.wire("a", "g0", "i0");
        wires.ip("a", "addr add 10.9.1.2/24 dev g0");
        await().until(() -> forwarder.port(0).link().up());
        ping("10.9.1.3", 56);
    }

    @Test
    void whatARingCannotHoldIsCounted() throws Exception {
        forwarder.close();
        // Nobody takes frames out of this ring of 8 MiB.
        try (Interfaces s = Wires.call("s", () -> Interfaces.open(List.of("i0"), Mode.BALANCED))) {
            Sent[] many = new Sent[10_000];
            Arrays.fill(many, new Sent(frameOf(1514), new Frame()));
            send(many);
            await().until(() -> s.ports().getFirst().counters().rxRingFull() > 0);
        }
    }

    @Test
    void whatIsNotQueuedIsCounted() throws Exception {
        try (Interfaces a = Wires.call("a", () -> Interfaces.open(List.of("g0"), Mode.BALANCED));
                Slots slots = new Slots()) {
            PortIo port = a.ports().getFirst();
            Batch batch = new Batch();
            assertThat(port.queue(slots.add(batch, frameOf(60))))
                    .as("before the first receive")
                    .isFalse();
            assertThat(port.counters().txDown()).isEqualTo(1);
            assertThat(port.receive(batch)).isZero();
            assertThat(port.queue(slots.add(batch, frameOf(1515)))).isFalse();
            assertThat(port.counters().txTooLong()).isEqualTo(1);
        }
    }

    /** Ten seconds of sleeps last a moment if each is ended. */
    @Test
    void aSleepIsEnded() throws Exception {
        try (Interfaces s = Wires.call("s", () -> Interfaces.open(List.of("none"), Mode.THROUGHPUT))) {
            int sleeps = 100;
            Thread sleeper = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < sleeps * 1000; i++) {
                    s.idle().turn(false);
                }
            });
            while (sleeper.isAlive()) {
                s.idle().wake();
            }
            assertThat(sleeper.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    private record Sent(byte[] octets, Frame offloads) {}

    /** Frames leave host a. */
    private static void send(Sent... frames) throws Exception {
        try (Interfaces a = Wires.call("a", () -> Interfaces.open(List.of("g0"), Mode.BALANCED));
                Slots slots = new Slots()) {
            PortIo port = a.ports().getFirst();
            Batch batch = new Batch();
            // Takes over what was opened.
            int _ = port.receive(batch);
            for (Sent sent : frames) {
                batch.clear();
                Frame frame = slots.add(batch, sent.octets());
                frame.offloadsOf(sent.offloads());
                assertThat(port.queue(frame)).isTrue();
                port.flush();
            }
            assertThat(port.counters().txPackets()).isEqualTo(frames.length);
        }
    }

    /** tcpdump that has begun. */
    private Process capture(String role, String device, Path file, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("tcpdump", "-Z", "root", "-i", device, "-U", "-w", file.toString()));
        command.addAll(List.of(arguments));
        Process tcpdump = wires.start(role, command.toArray(String[]::new));
        await().atMost(10, TimeUnit.SECONDS).until(() -> Files.exists(file) && Files.size(file) >= 24);
        return tcpdump;
    }

    private void ping(String address, int size) throws IOException {
        await().atMost(5, TimeUnit.SECONDS)
                .until(() -> wires.works("a", "ping", "-c1", "-W1", "-Mdo", "-s" + size, address));
    }

    private void iperf(String address) throws Exception {
        Process server = wires.start("b", "iperf3", "-s", "-1");
        try {
            await().until(() -> wires.in("b", "ss", "-Hltn").contains(":5201"));
            wires.in("a", "iperf3", "-c", address, "-n", "256M");
        } finally {
            server.destroy();
        }
    }

    private List<String> tables() throws Exception {
        return wires.in("s", "nft", "list", "tables").lines().toList();
    }

    private static byte[] frameOf(int length) {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed);
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        byte[] macs = {2, 0, 0, 0, 0, 11, 2, 0, 0, 0, 0, 10};
        System.arraycopy(macs, 0, octets, 0, macs.length);
        octets[12] = (byte) (EXPERIMENTAL >> 8);
        octets[13] = (byte) EXPERIMENTAL;
        return octets;
    }
}
