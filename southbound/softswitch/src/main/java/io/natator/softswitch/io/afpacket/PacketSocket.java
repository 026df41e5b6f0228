package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.linux.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What receiving and sending sockets have in common: packet(7) and linux/if_packet.h. */
final class PacketSocket {
    static final int SOL_PACKET = 263;
    static final int ADD_MEMBERSHIP = 1;
    static final int RX_RING = 5;
    static final int STATISTICS = 6;
    static final int VERSION = 10;
    static final int RESERVE = 12;
    static final int TX_RING = 13;
    static final int VNET_HDR = 15;
    static final int QDISC_BYPASS = 20;
    static final int IGNORE_OUTGOING = 23;
    static final int ETH_P_ALL = 3;

    /** Octets of {@code struct virtio_net_hdr}, which stands before every frame. */
    static final int VNET_HEADER = 10;

    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SEND_BUFFER = 8 << 20;
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int ADDRESS_SIZE = 20;

    private PacketSocket() {}

    static int open() throws IOException {
        return Libc.socket(AF_PACKET, SOCK_RAW, 0);
    }

    /** Frames go straight to the interface, each behind its virtio-net header. To be asked for before a ring. */
    static void forSending(int fd) throws IOException {
        Libc.setsockopt(fd, SOL_PACKET, QDISC_BYPASS, 1);
        Libc.setsockopt(fd, SOL_PACKET, VNET_HDR, 1);
        Libc.setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, SEND_BUFFER);
    }

    /**
     * Writes a frame's virtio-net header.
     *
     * @param headerLength octets that the kernel shall copy in any case
     */
    static void header(long at, Frame frame, int headerLength) {
        long words = frame.flags
                | (long) frame.gsoType << 8
                | (long) headerLength << 16
                | (long) frame.gsoSize << 32
                | (long) frame.csumStart << 48;
        Memory.ALL.set(JAVA_LONG_UNALIGNED, at, words);
        Memory.ALL.set(JAVA_SHORT_UNALIGNED, at + 8, (short) frame.csumOffset);
    }

    /** @param protocol an ethertype in host order; 0 receives nothing */
    static void bind(int fd, int ifindex, int protocol) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_SIZE, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_BYTE, 2, (byte) (protocol >> 8));
            address.set(ValueLayout.JAVA_BYTE, 3, (byte) protocol);
            address.set(ValueLayout.JAVA_INT, 4, ifindex);
            Libc.bind(fd, address);
        }
    }
}
