package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.linux.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * A receiving socket with its TPACKET_V3 ring (kernel documentation, networking/packet_mmap). The kernel packs frames
 * into blocks and hands over whole blocks.
 *
 * <p>Reading ahead: a frame of a block that is not handed over yet may be taken as soon as its header says so. The kernel
 * counts a frame before it fills it in, so the header's place must have been zero: blocks are zeroed before they are
 * given back. Its fields become visible in any order but after the frame itself, so each of them is waited for, also each
 * of two that share a word. On
 * processors that reorder stores the frame itself might come last: there whole blocks are waited for.
 */
final class Ring implements AutoCloseable {
    private static final int VERSION_3 = 2;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final int PROMISCUOUS = 1;

    /** For four VLAN tags, an MPLS stack, a backbone header: what actions may push; or for IPv6 headers in the place of those of IPv4. */
    private static final int RESERVE = 64;

    private static final int BLOCK_STATUS = 8;
    private static final int BLOCK_PACKETS = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int BLOCK_LENGTH = 20;
    private static final int BLOCK_HEADER = 48;

    private static final int NEXT = 0;
    private static final int SNAPLEN = 12;
    private static final int LENGTH = 16;
    private static final int STATUS = 20;
    private static final int MAC = 24;
    private static final int NET = 26;
    private static final int VLAN_TCI = 32;
    private static final int VLAN_TPID = 36;
    /** With the {@code struct sockaddr_ll} behind it, which the kernel may write after all that is waited for. */
    private static final int PACKET_HEADER = 68;

    private static final int USER = 1;
    private static final int VLAN_VALID = 1 << 4;
    private static final int VLAN_TPID_VALID = 1 << 6;
    private static final int VLAN_TAG = 4;
    private static final int MAC_ADDRESSES = 12;
    private static final int IEEE_8021Q = 0x8100;

    private static final VarHandle WORD = JAVA_INT.varHandle();
    private static final VarHandle HALF = JAVA_SHORT.varHandle();

    private final Geometry geometry;
    private final boolean ahead;
    private final int fd;
    private final long base;
    private boolean open = true;

    private int index;
    private long block;
    /** Header of the next frame of this block; 0 if none of it was taken. */
    private long cursor;

    private int taken;
    private boolean finished;
    private long bytes;

    Ring(int ifindex, Geometry geometry) throws IOException {
        this.geometry = geometry;
        this.ahead = geometry.ahead() && "amd64".equals(System.getProperty("os.arch"));
        this.fd = PacketSocket.open();
        long mapped = 0;
        try (Arena arena = Arena.ofConfined()) {
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.VERSION, VERSION_3);
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.VNET_HDR, 1);
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.RESERVE, RESERVE);
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.IGNORE_OUTGOING, 1);
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.RX_RING, request(arena));
            mapped = Libc.mmap(geometry.octets(), MAP_SHARED_POPULATE, fd);
            Libc.setsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.ADD_MEMBERSHIP, promiscuous(arena, ifindex));
            PacketSocket.bind(fd, ifindex, PacketSocket.ETH_P_ALL);
        } catch (IOException e) {
            if (mapped != 0) {
                Libc.munmap(mapped, geometry.octets());
            }
            Libc.close(fd);
            throw e;
        }
        this.base = mapped;
        this.block = mapped;
    }

    /** {@code struct tpacket_req3}. */
    private MemorySegment request(Arena arena) {
        int frames = geometry.blockSize() / Geometry.FRAME_SIZE * geometry.blocks();
        return arena.allocateFrom(
                JAVA_INT,
                geometry.blockSize(),
                geometry.blocks(),
                Geometry.FRAME_SIZE,
                frames,
                geometry.retireMillis(),
                0,
                0);
    }

    /** {@code struct packet_mreq}; the membership ends with the socket. */
    private static MemorySegment promiscuous(Arena arena, int ifindex) {
        MemorySegment request = arena.allocate(16, 4);
        request.set(JAVA_INT, 0, ifindex);
        request.set(JAVA_SHORT, 4, (short) PROMISCUOUS);
        return request;
    }

    int fd() {
        return fd;
    }

    /** Fills an empty batch; frames of one block only. */
    int receive(Batch batch, Counting counting) {
        if (finished) {
            return 0;
        }
        boolean retired = (acquire(block + BLOCK_STATUS) & USER) != 0;
        if (!retired && !ahead) {
            return 0;
        }
        int packets = acquire(block + BLOCK_PACKETS);
        if (cursor == 0) {
            if (packets == 0 && !retired) {
                return 0;
            }
            cursor = block + (retired ? Memory.ALL.get(JAVA_INT, block + BLOCK_FIRST) : BLOCK_HEADER);
        }
        bytes = 0;
        while (taken < packets && batch.count() < Batch.CAPACITY && (retired || isFilled(cursor))) {
            int next = Memory.ALL.get(JAVA_INT, cursor + NEXT);
            take(batch, cursor, counting);
            cursor += next;
            taken++;
        }
        finished = retired && taken >= packets;
        counting.received(batch.count(), bytes);
        return batch.count();
    }

    static boolean isFilled(long header) {
        return (acquire(header + STATUS) & USER) != 0
                && acquire(header + LENGTH) != 0
                && acquire(header + SNAPLEN) != 0
                && acquireHalf(header + MAC) != 0
                && acquireHalf(header + NET) != 0;
    }

    private void take(Batch batch, long header, Counting counting) {
        int length = Memory.ALL.get(JAVA_INT, header + LENGTH);
        if (length != Memory.ALL.get(JAVA_INT, header + SNAPLEN)) {
            counting.truncated();
            return;
        }
        int mac = Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT, header + MAC));
        if (mac == 0) {
            return; // the kernel gave it up after it had counted it, and counts it as dropped
        }
        Frame frame = batch.add();
        frame.address = header + mac;
        frame.length = length;
        frame.headroom = mac - PACKET_HEADER - PacketSocket.VNET_HEADER;
        frame.tailroom = 0;
        offloads(frame);
        int status = Memory.ALL.get(JAVA_INT, header + STATUS);
        if ((status & VLAN_VALID) != 0) {
            untouchedTag(frame, header, status);
        }
        bytes += frame.length;
    }

    /** {@code struct virtio_net_hdr} in this machine's byte order. */
    private static void offloads(Frame frame) {
        long at = frame.address - PacketSocket.VNET_HEADER;
        long words = Memory.ALL.get(JAVA_LONG_UNALIGNED, at);
        int flags = (int) words & Frame.NEEDS_CSUM;
        int gsoType = (int) (words >>> 8) & 0xFF;
        if ((flags | gsoType) == 0) {
            frame.plain();
            return;
        }
        frame.flags = flags;
        frame.gsoType = gsoType;
        frame.headerLength = (int) (words >>> 16) & 0xFFFF;
        frame.gsoSize = (int) (words >>> 32) & 0xFFFF;
        frame.csumStart = (int) (words >>> 48) & 0xFFFF;
        frame.csumOffset = Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT_UNALIGNED, at + 8));
    }

    /** The kernel has taken the outermost VLAN tag out of the frame: puts it back. */
    private static void untouchedTag(Frame frame, long header, int status) {
        int tci = Memory.ALL.get(JAVA_INT, header + VLAN_TCI);
        int tpid = (status & VLAN_TPID_VALID) != 0
                ? Short.toUnsignedInt(Memory.ALL.get(JAVA_SHORT, header + VLAN_TPID))
                : IEEE_8021Q;
        long from = frame.address;
        frame.address -= VLAN_TAG;
        frame.length += VLAN_TAG;
        frame.headroom -= VLAN_TAG;
        if (frame.flags != 0) {
            frame.csumStart += VLAN_TAG;
        }
        if (frame.gsoType != 0) {
            frame.headerLength += VLAN_TAG;
        }
        Memory.put64(frame.address, Memory.i64(from));
        Memory.put32(frame.address + 8, Memory.i32(from + 8));
        Memory.put16(frame.address + MAC_ADDRESSES, tpid);
        Memory.put16(frame.address + MAC_ADDRESSES + 2, tci);
    }

    /** Gives a block back to the kernel once all of it was taken. */
    void release() {
        if (!finished) {
            return;
        }
        if (ahead) {
            long used = Memory.ALL.get(JAVA_INT, block + BLOCK_LENGTH);
            Memory.ALL
                    .asSlice(block + BLOCK_HEADER, Math.max(0, used - BLOCK_HEADER))
                    .fill((byte) 0);
        }
        WORD.set(Memory.ALL, block + BLOCK_PACKETS, 0);
        WORD.setRelease(Memory.ALL, block + BLOCK_STATUS, 0);
        index = index + 1 == geometry.blocks() ? 0 : index + 1;
        block = base + (long) index * geometry.blockSize();
        cursor = 0;
        taken = 0;
        finished = false;
    }

    /** Frames that the kernel has lost since the last call, the ring being full. May be called by any thread. */
    synchronized long drops() {
        if (!open) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statistics = arena.allocate(12, 4);
            Libc.getsockopt(fd, PacketSocket.SOL_PACKET, PacketSocket.STATISTICS, statistics);
            return Integer.toUnsignedLong(statistics.get(JAVA_INT, 4));
        } catch (IOException e) {
            // The socket is there, so this cannot be; the count is only late.
            return 0;
        }
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            Libc.munmap(base, geometry.octets());
            Libc.close(fd);
        }
    }

    private static int acquire(long at) {
        return (int) WORD.getAcquire(Memory.ALL, at);
    }

    private static short acquireHalf(long at) {
        return (short) HALF.getAcquire(Memory.ALL, at);
    }
}
