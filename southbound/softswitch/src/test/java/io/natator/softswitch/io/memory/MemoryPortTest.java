package io.natator.softswitch.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.Slots;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryPortTest {
    private final MemoryPort in = new MemoryPort("in");
    private final MemoryPort out = new MemoryPort("out");
    private final Batch batch = new Batch();

    @AfterEach
    void close() {
        in.close();
        out.close();
    }

    @Test
    void framesPassInOrderWithTheirOffloads() {
        Frame gso = new Frame();
        gso.flags = Frame.NEEDS_CSUM;
        gso.gsoType = 1;
        gso.gsoSize = 1448;
        gso.csumStart = 34;
        gso.csumOffset = 16;
        byte[] large = new byte[65_226];
        large[34 + 12] = 5 << 4;
        in.arrive(new byte[] {1, 2, 3});
        in.arrive(new MemoryPort.Resting(large, gso));

        assertThat(forward()).isEqualTo(2);
        assertThat(out.take().octets()).containsExactly(1, 2, 3);
        MemoryPort.Resting left = out.take();
        assertThat(left.octets()).isEqualTo(large);
        assertThat(left.offloads().gsoSize).isEqualTo(1448);
        assertThat(left.offloads().csumOffset).isEqualTo(16);
        assertThat(out.take()).isNull();
        assertThat(out.counters().txBytes()).isEqualTo(3 + 65_226);
    }

    @Test
    void octetsBeforeAFrameMayBeUsed() {
        in.arrive(new byte[] {9});
        assertThat(in.receive(batch)).isEqualTo(1);
        Frame frame = batch.frame(0);
        assertThat(frame.headroom).isEqualTo(Slots.HEADROOM);
        frame.address -= frame.headroom;
        frame.length += frame.headroom;
        for (int i = 0; i < Slots.HEADROOM; i++) {
            Memory.put8(frame.address + i, i);
        }
        assertThat(out.queue(frame)).isTrue();
        out.flush();
        byte[] left = out.take().octets();
        assertThat(left).hasSize(Slots.HEADROOM + 1).startsWith(0, 1, 2).endsWith(62, 63, 9);
    }

    @Test
    void whatIsNotTakenIsCounted() {
        in.arrive(new byte[1515]);
        byte[] tagged = new byte[1518];
        tagged[12] = (byte) 0x81;
        in.arrive(tagged);
        in.arrive(new byte[Slots.LONGEST + 1]);
        assertThat(forward()).isEqualTo(2);
        assertThat(out.counters().txTooLong()).isEqualTo(1);
        assertThat(out.counters().txPackets()).isEqualTo(1);
        assertThat(in.counters().rxTruncated()).isEqualTo(1);

        for (int i = 0; i < MemoryPort.CAPACITY + 3; i++) {
            in.arrive(new byte[60]);
        }
        assertThat(in.counters().rxRingFull()).isEqualTo(3);
        out.link(LinkState.absent("out"));
        assertThat(forward()).isEqualTo(Batch.CAPACITY);
        assertThat(out.counters().txDown()).isEqualTo(Batch.CAPACITY);
    }

    @Test
    void aFullQueueSendsItself() {
        in.arrive(new byte[60]);
        assertThat(in.receive(batch)).isEqualTo(1);
        for (int i = 0; i < Batch.CAPACITY + 1; i++) {
            assertThat(out.queue(batch.frame(0))).isTrue();
        }
        assertThat(out.takeAll()).hasSize(Batch.CAPACITY);
        out.flush();
        assertThat(out.takeAll()).hasSize(1).allMatch(octets -> Arrays.equals(octets, new byte[60]));
    }

    private int forward() {
        int count = in.receive(batch);
        for (int i = 0; i < count; i++) {
            boolean _ = out.queue(batch.frame(i));
        }
        out.flush();
        in.release();
        return count;
    }
}
