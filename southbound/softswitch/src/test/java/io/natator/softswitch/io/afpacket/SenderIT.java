package io.natator.softswitch.io.afpacket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.PortCounters;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.io.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves by a {@link Sender} on one end of a veth pair arrives at the other, by ring or not. */
class SenderIT {
    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Counting counting = new Counting();
    private final Batch batch = new Batch();
    private final List<byte[]> arrived = new ArrayList<>();
    private Wires wires;
    private Interfaces receiving;
    private Sender sender;

    @BeforeEach
    void open() throws Exception {
        System.out.println("seed " + seed);
        wires = new Wires();
        wires.ip("a", "link set g0 mtu 9000");
        wires.ip("s", "link set i0 mtu 9000");
        receiving = Wires.call("s", () -> Interfaces.open(List.of("i0"), Mode.BALANCED));
        int ifindex = Integer.parseInt(
                wires.in("a", "cat", "/sys/class/net/g0/ifindex").strip());
        sender = Wires.call("a", () -> new Sender(ifindex));
        receive();
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        receiving.close();
        wires.close();
    }

    @Test
    void framesOfAllLengthsKeepTheirOrder() throws Exception {
        List<byte[]> sent = new ArrayList<>();
        try (Slots slots = new Slots()) {
            for (int round = 0; round < 400; round++) {
                Batch frames = new Batch();
                int count = 1 + random.nextInt(Batch.CAPACITY);
                for (int i = 0; i < count; i++) {
                    byte[] octets =
                            frame(random.nextInt(4) == 0 ? 2000 + random.nextInt(7000) : 14 + random.nextInt(200));
                    sent.add(octets);
                    sender.add(slots.add(frames, octets), counting);
                }
                sender.flush(counting);
                receive();
            }
        }
        await().until(() -> receive() == sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertThat(arrived.get(i)).as("seed %d, frame %d", seed, i).isEqualTo(sent.get(i));
        }
        PortCounters counters = counting.snapshot(0);
        assertThat(counters.txPackets()).isEqualTo(sent.size());
        assertThat(counters.txBytes())
                .isEqualTo(sent.stream().mapToLong(octets -> octets.length).sum());
        assertThat(counters.txRefused()).isZero();
    }

    /** It asks for a checksum behind its end. */
    @Test
    void aFrameThatIsRefusedStopsNoOther() throws Exception {
        int refused = 0;
        List<byte[]> good = new ArrayList<>();
        try (Slots slots = new Slots()) {
            for (int round = 0; round < 60; round++) {
                Batch frames = new Batch();
                for (int i = 0; i < 20; i++) {
                    byte[] octets = frame(60 + random.nextInt(100));
                    Frame frame = slots.add(frames, octets);
                    if (random.nextInt(10) == 0) {
                        frame.flags = Frame.NEEDS_CSUM;
                        frame.csumStart = 5000;
                        refused++;
                    } else {
                        good.add(octets);
                    }
                    sender.add(frame, counting);
                }
                sender.flush(counting);
                receive();
            }
        }
        await().until(() -> receive() == good.size());
        for (int i = 0; i < good.size(); i++) {
            assertThat(arrived.get(i)).as("seed %d, frame %d", seed, i).isEqualTo(good.get(i));
        }
        assertThat(counting.snapshot(0).txRefused()).as("seed %d", seed).isEqualTo(refused);
        assertThat(counting.snapshot(0).txPackets()).as("seed %d", seed).isEqualTo(good.size());
    }

    @Test
    void whatIsSentWhileTheLinkIsDownNeverArrives() throws Exception {
        try (Slots slots = new Slots()) {
            wires.ip("a", "link set g0 down");
            Batch frames = new Batch();
            for (int i = 0; i < 10; i++) {
                sender.add(slots.add(frames, frame(100)), counting);
            }
            sender.flush(counting);
            assertThat(counting.snapshot(0).txRefused()).isEqualTo(10);
            assertThat(counting.snapshot(0).txPackets()).isZero();
            wires.ip("a", "link set g0 up");
            await().until(() -> wires.ip("a", "link show g0").contains("LOWER_UP"));
            byte[] last = frame(200);
            sender.add(slots.add(frames, last), counting);
            sender.flush(counting);
            await().until(() -> receive() > 0);
            assertThat(arrived).containsExactly(last);
        }
    }

    /** Takes what has come of ours; how many came in all. */
    private int receive() {
        PortIo port = receiving.ports().getFirst();
        while (port.receive(batch) > 0) {
            for (int i = 0; i < batch.count(); i++) {
                Frame frame = batch.frame(i);
                byte[] octets = new byte[frame.length];
                for (int j = 0; j < octets.length; j++) {
                    octets[j] = (byte) Memory.u8(frame.address + j);
                }
                if (octets[12] == (byte) 0x88 && octets[13] == (byte) 0xB5) {
                    arrived.add(octets);
                }
            }
            port.release();
        }
        port.release();
        return arrived.size();
    }

    private byte[] frame(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        byte[] header = {2, 0, 0, 0, 0, 11, 2, 0, 0, 0, 0, 10, (byte) 0x88, (byte) 0xB5};
        System.arraycopy(header, 0, octets, 0, header.length);
        return octets;
    }
}
