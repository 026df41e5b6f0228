package io.natator.softswitch.io.afpacket;

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
    static final int VNET_HDR = 15;
    static final int QDISC_BYPASS = 20;
    static final int IGNORE_OUTGOING = 23;
    static final int ETH_P_ALL = 3;

    /** Octets of {@code struct virtio_net_hdr}, which stands before every frame. */
    static final int VNET_HEADER = 10;

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int ADDRESS_SIZE = 20;

    private PacketSocket() {}

    static int open() throws IOException {
        return Libc.socket(AF_PACKET, SOCK_RAW, 0);
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
