package io.natator.softswitch.io.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A netlink socket (netlink(7)). Not thread-safe. */
public final class Netlink implements AutoCloseable {
    public static final int ROUTE = 0;
    public static final int NETFILTER = 12;

    /** The end of a dump. */
    public static final int DONE = 3;
    /** An acknowledgement, or why there is none. */
    public static final int ERROR = 2;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int ADDRESS_SIZE = 12;
    private static final int PORT_AT = 4;
    private static final int GROUPS_AT = 8;
    /** More than one datagram of the kernel ever is: dumps come in parts of at most 32 KiB. */
    private static final int LONGEST = 1 << 17;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(LONGEST, 8);
    private final int fd;
    private int port;

    /** @param groups multicast groups to hear, as bits */
    public Netlink(int protocol, int groups) throws IOException {
        fd = Libc.socket(AF_NETLINK, SOCK_RAW, protocol);
        try {
            MemorySegment address = arena.allocate(ADDRESS_SIZE, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            address.set(ValueLayout.JAVA_INT, GROUPS_AT, groups);
            Libc.bind(fd, address);
            Libc.getsockname(fd, address);
            port = address.get(ValueLayout.JAVA_INT, PORT_AT);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    public int fd() {
        return fd;
    }

    /** What the kernel calls this socket: no other of the same protocol in this network namespace has it. */
    public int port() {
        return port;
    }

    /** Sends messages as one datagram. */
    public void send(byte[] messages) throws IOException {
        try (Arena once = Arena.ofConfined()) {
            Libc.send(fd, once.allocateFrom(ValueLayout.JAVA_BYTE, messages));
        }
    }

    /**
     * The next datagram, in this machine's byte order; empty if there is none now. It is overwritten by the next one.
     *
     * @throws IOException also if messages were lost (ENOBUFS): ask anew
     */
    public ByteBuffer receive() throws IOException {
        int length = Libc.receive(fd, buffer);
        return buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        Libc.close(fd);
        arena.close();
    }
}
