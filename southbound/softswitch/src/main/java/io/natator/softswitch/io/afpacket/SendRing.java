package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.linux.Hot;
import io.natator.softswitch.io.linux.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;

/**
 * A sending socket with its TPACKET_V2 ring (kernel documentation, networking/packet_mmap): one system call sends many frames without
 * a message for each, which saves a quarter of what a packet costs (docs/adr/0235). Frames are copied here, and again by the kernel, all of
 * each as its header: pages of the ring that it passed on instead would be written anew while somebody still reads them.
 */
final class SendRing implements AutoCloseable {
    private static final int VERSION_2 = 1;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int SLOT = 2048;
    private static final int SLOTS = 512;
    private static final int BLOCK = 1 << 16;
    private static final int OCTETS = SLOT * SLOTS;

    private static final int LENGTH = 4;
    /** Of the virtio-net header: behind {@code struct tpacket2_hdr}. */
    private static final int DATA = 32;

    private static final int AVAILABLE = 0;
    private static final int SEND_REQUEST = 1;
    private static final int WRONG_FORMAT = 4;

    private static final VarHandle WORD = JAVA_INT.varHandle();

    private final int fd;
    private final long base;
    private boolean open = true;
    /** Of the next frame. */
    private int next;

    private int queued;
    private long octets;

    SendRing(int ifindex) throws IOException {
        fd = PacketSocket.open();
        long mapped = 0;
        try (Arena arena = Arena.ofConfined()) {
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.VERSION, VERSION_2);
            PacketSocket.forSending(fd);
            Libc.setsockopt(
                    fd,
                    PacketSocket.SOL_PACKET,
                    PacketSocket.TX_RING,
                    arena.allocateFrom(JAVA_INT, BLOCK, OCTETS / BLOCK, SLOT, SLOTS));
            mapped = Libc.mmap(OCTETS, MAP_SHARED_POPULATE, fd);
            PacketSocket.bind(fd, ifindex, 0);
        } catch (IOException e) {
            if (mapped != 0) {
                Libc.munmap(mapped, OCTETS);
            }
            Libc.close(fd);
            throw e;
        }
        base = mapped;
    }

    /** False of frames that the kernel is to cut, and of those that are too long. */
    static boolean takes(Frame frame) {
        return frame.gsoType == 0 && frame.length <= SLOT - DATA - PacketSocket.VNET_HEADER;
    }

    boolean isEmpty() {
        return queued == 0;
    }

    /** To be flushed before another frame is added. */
    boolean isFull() {
        return queued == Batch.CAPACITY;
    }

    /** Queues a frame; false if all slots are still on their way. */
    boolean add(Frame frame) {
        long slot = slot(next);
        if ((int) WORD.getAcquire(Memory.ALL, slot) != AVAILABLE) {
            return false;
        }
        int length = frame.length + PacketSocket.VNET_HEADER;
        Memory.ALL.set(JAVA_INT, slot + LENGTH, length);
        PacketSocket.header(slot + DATA, frame, frame.length);
        copy(frame.address, slot + DATA + PacketSocket.VNET_HEADER, frame.length);
        WORD.setRelease(Memory.ALL, slot, SEND_REQUEST);
        next = (next + 1) % SLOTS;
        queued++;
        octets += length;
        return true;
    }

    private long slot(int number) {
        return base + (long) number * SLOT;
    }

    /** Most frames are short: word by word is faster than a call. No frame is shorter than a word. */
    private static void copy(long from, long to, int length) {
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            word(from + i, to + i);
        }
        word(from + length - Long.BYTES, to + length - Long.BYTES);
    }

    private static void word(long from, long to) {
        Memory.ALL.set(JAVA_LONG_UNALIGNED, to, Memory.ALL.get(JAVA_LONG_UNALIGNED, from));
    }

    /**
     * Sends what is queued. The kernel stops at a frame that it does not take; that and those behind it are given to {@code rest}, which
     * is empty, and must send them before another one is added here.
     */
    void flush(Counting counting, Messages rest) {
        if (queued == 0) {
            return;
        }
        long sent = Hot.send(fd, MSG_DONTWAIT);
        if (sent == octets) {
            counting.sent(queued, octets - (long) queued * PacketSocket.VNET_HEADER);
        } else {
            rest(counting, rest);
        }
        queued = 0;
        octets = 0;
    }

    private void rest(Counting counting, Messages rest) {
        int first = Math.floorMod(next - queued, SLOTS);
        int taken = 0;
        long bytes = 0;
        for (int i = 0; i < queued; i++) {
            long slot = slot((first + i) % SLOTS);
            int length = Memory.ALL.get(JAVA_INT, slot + LENGTH);
            int status = (int) WORD.getAcquire(Memory.ALL, slot);
            if (taken == i && status != SEND_REQUEST && status != WRONG_FORMAT) {
                taken++;
                bytes += length - PacketSocket.VNET_HEADER;
            } else {
                rest.add(slot + DATA, length);
                WORD.setRelease(Memory.ALL, slot, AVAILABLE);
            }
        }
        next = (first + taken) % SLOTS; // where the kernel stopped
        counting.sent(taken, bytes);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.munmap(base, OCTETS);
            Libc.close(fd);
        }
    }
}
