package io.natator.bgp.bfd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.Optional;

/** One socket that packets of many sessions come in by. */
final class Receiver implements AutoCloseable {
    /** RFC 5881, section 4. */
    static final int SINGLE_HOP = 3784;
    /** RFC 5883, section 5. */
    static final int MULTIHOP = 4784;

    private static final int MOST_OCTETS = 256;
    private static final int CONTROL_OCTETS = 128;
    private static final int BUFFER = 1 << 20;

    // struct msghdr and struct cmsghdr of 64-bit Linux.
    private static final int HEADER_OCTETS = 56;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int CMSG_HEAD = 16;
    private static final int PKTINFO_ADDRESS = 8;

    private final int fd;
    private final boolean multihop;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment name = arena.allocate(Addresses.MOST, 8);
    private final MemorySegment payload = arena.allocate(MOST_OCTETS, 8);
    private final MemorySegment control = arena.allocate(CONTROL_OCTETS, 8);
    private final MemorySegment message = arena.allocate(HEADER_OCTETS, 8);

    private Receiver(int fd, boolean multihop) {
        this.fd = fd;
        this.multihop = multihop;
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(ADDRESS, 0, payload);
        vector.set(JAVA_LONG, 8, MOST_OCTETS);
        message.set(ADDRESS, 0, name);
        message.set(ADDRESS, VECTOR, vector);
        message.set(JAVA_LONG, VECTOR_LENGTH, 1);
        message.set(ADDRESS, CONTROL, control);
    }

    /** @param device that packets must come by, or its VRF */
    static Receiver open(int family, boolean multihop, Optional<String> device) throws Sockets.SocketException {
        int fd = Sockets.datagramSocket(family);
        try {
            if (family == Sockets.INET) {
                Sockets.option(fd, Sockets.LEVEL_IP, Sockets.IP_RECVTTL, 1);
                Sockets.option(fd, Sockets.LEVEL_IP, Sockets.IP_PKTINFO, 1);
            } else {
                Sockets.option(fd, Sockets.LEVEL_IPV6, Sockets.IPV6_V6ONLY, 1);
                Sockets.option(fd, Sockets.LEVEL_IPV6, Sockets.IPV6_RECVHOPLIMIT, 1);
                Sockets.option(fd, Sockets.LEVEL_IPV6, Sockets.IPV6_RECVPKTINFO, 1);
            }
            Sockets.option(fd, Sockets.SOCKET_LEVEL, Sockets.RECEIVE_BUFFER, BUFFER);
            if (device.isPresent()) {
                Sockets.bindToDevice(fd, device.get());
            }
            Sockets.bind(fd, Addresses.any(family, multihop ? MULTIHOP : SINGLE_HOP));
            return new Receiver(fd, multihop);
        } catch (Sockets.SocketException e) {
            Sockets.close(fd);
            throw e;
        }
    }

    int fd() {
        return fd;
    }

    boolean multihop() {
        return multihop;
    }

    /** The next datagram; empty if there is none. */
    Optional<Datagram> receive() {
        message.set(JAVA_INT, NAME_LENGTH, Addresses.MOST);
        message.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_OCTETS);
        int octets = Sockets.receive(fd, message);
        if (octets < 0) {
            return Optional.empty();
        }
        InetAddress remote = Addresses.read(name.toArray(JAVA_BYTE));
        int ttl = -1;
        InetAddress local = remote;
        long end = message.get(JAVA_LONG, CONTROL_LENGTH);
        for (long at = 0; at + CMSG_HEAD <= end; ) {
            long length = control.get(JAVA_LONG, at);
            int level = control.get(JAVA_INT, at + 8);
            int type = control.get(JAVA_INT, at + 12);
            long data = at + CMSG_HEAD;
            if ((level == Sockets.LEVEL_IP && type == Sockets.IP_TTL)
                    || (level == Sockets.LEVEL_IPV6 && type == Sockets.IPV6_HOPLIMIT)) {
                ttl = control.get(JAVA_INT, data);
            } else if (level == Sockets.LEVEL_IP && type == Sockets.IP_PKTINFO) {
                local = address(data + PKTINFO_ADDRESS, 4);
            } else if (level == Sockets.LEVEL_IPV6 && type == Sockets.IPV6_PKTINFO) {
                local = address(data, 16);
            }
            at += Math.max(CMSG_HEAD, (length + 7) & ~7L);
        }
        return Optional.of(
                new Datagram(remote, local, ttl, payload.asSlice(0, octets).toArray(JAVA_BYTE)));
    }

    private InetAddress address(long at, int octets) {
        return Addresses.address(control.asSlice(at, octets).toArray(JAVA_BYTE));
    }

    @Override
    public void close() {
        Sockets.close(fd);
        arena.close();
    }
}
