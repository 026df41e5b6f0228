package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.linux.Hot;
import io.natator.softswitch.io.linux.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A sending socket. Frames go out from where they lie, many with one system call. */
final class Messages implements AutoCloseable {
    private static final int MSG_DONTWAIT = 0x40;

    /** {@code struct mmsghdr}: a msghdr of 56 octets and what was sent. */
    private static final long MESSAGE = 64;

    private static final int MESSAGE_VECTOR = 16;
    private static final int MESSAGE_VECTORS = 24;
    private static final long VECTOR = 16;

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final long messages;
    private final long vectors;
    private int queued;

    Messages(int ifindex) throws IOException {
        MemorySegment all = arena.allocate((MESSAGE + VECTOR) * Batch.CAPACITY, 64);
        messages = all.address();
        vectors = messages + MESSAGE * Batch.CAPACITY;
        for (int i = 0; i < Batch.CAPACITY; i++) {
            Memory.ALL.set(JAVA_LONG, messages + MESSAGE * i + MESSAGE_VECTOR, vectors + VECTOR * i);
            Memory.ALL.set(JAVA_LONG, messages + MESSAGE * i + MESSAGE_VECTORS, 1);
        }
        fd = PacketSocket.open();
        try {
            PacketSocket.forSending(fd);
            PacketSocket.bind(fd, ifindex, 0);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    boolean isFull() {
        return queued == Batch.CAPACITY;
    }

    boolean isEmpty() {
        return queued == 0;
    }

    /** Queues a frame; its virtio-net header is written before it. */
    void add(Frame frame) {
        long start = frame.address - PacketSocket.VNET_HEADER;
        PacketSocket.header(start, frame, frame.headerLength);
        add(start, frame.length + PacketSocket.VNET_HEADER);
    }

    /** Queues a frame that has its virtio-net header before it, both of so many octets. */
    void add(long start, int octets) {
        long vector = vectors + VECTOR * queued;
        Memory.ALL.set(JAVA_LONG, vector, start);
        Memory.ALL.set(JAVA_LONG, vector + 8, octets);
        queued++;
    }

    /**
     * Sends what is queued. The kernel stops at a frame that it does not take: it is counted, and the next one is tried, so
     * that there are never more calls than frames.
     */
    void flush(Counting counting) {
        int done = 0;
        int refused = 0;
        long bytes = 0;
        while (done < queued) {
            int sent = Hot.sendmmsg(fd, messages + MESSAGE * done, queued - done, MSG_DONTWAIT);
            for (int i = 0; i < sent; i++) {
                bytes += Memory.ALL.get(JAVA_LONG, vectors + VECTOR * (done + i) + 8);
            }
            if (sent > 0) {
                done += sent;
            } else {
                refused++;
                done++;
            }
        }
        if (queued > 0) {
            int sent = queued - refused;
            counting.sent(sent, bytes - (long) sent * PacketSocket.VNET_HEADER);
            if (refused > 0) {
                counting.refused(refused);
            }
            queued = 0;
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
        arena.close();
    }
}
