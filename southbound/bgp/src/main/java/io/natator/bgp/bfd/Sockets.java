package io.natator.bgp.bfd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * The system calls of Linux that BFD needs and Java has not: the TTL that a datagram arrived with (RFC 5881, section 5), and a
 * wait for several sockets to the microsecond.
 */
final class Sockets {
    static final int INET = 2;
    static final int INET6 = 10;

    static final int LEVEL_IP = 0;
    static final int LEVEL_IPV6 = 41;

    static final int SOCKET_LEVEL = 1;
    static final int REUSE_ADDRESS = 2;
    static final int RECEIVE_BUFFER = 8;
    static final int BIND_TO_DEVICE = 25;
    static final int IP_TTL = 2;
    static final int IP_PKTINFO = 8;
    static final int IP_RECVTTL = 12;
    static final int IPV6_UNICAST_HOPS = 16;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_RECVHOPLIMIT = 51;
    static final int IPV6_HOPLIMIT = 52;

    static final int ADDRESS_IN_USE = 98;
    static final int NO_SUCH_DEVICE = 19;
    static final int CANNOT_ASSIGN = 99;

    private static final int DATAGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int EVENTFD_FLAGS = 0x800 | 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD = handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle SENDTO = handle(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            handle("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle PPOLL =
            handle("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private Sockets() {}

    /** A call that failed. */
    static final class SocketException extends IOException {
        private static final long serialVersionUID = 1;

        private final int number;

        SocketException(String call, int number) {
            super(call + ": error " + number);
            this.number = number;
        }

        /** {@code errno}. */
        int number() {
            return number;
        }
    }

    static int datagramSocket(int family) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            return check("socket", call(arena, SOCKET, family, DATAGRAM_NONBLOCK_CLOEXEC, 0));
        }
    }

    static void option(int fd, int level, int option, int value) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            check("setsockopt", call(arena, SETSOCKOPT, fd, level, option, arena.allocateFrom(JAVA_INT, value), 4));
        }
    }

    static void bindToDevice(int fd, String device) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            int length = device.getBytes(StandardCharsets.UTF_8).length;
            check(
                    "bind to device " + device,
                    call(arena, SETSOCKOPT, fd, SOCKET_LEVEL, BIND_TO_DEVICE, arena.allocateFrom(device), length));
        }
    }

    /** @param address a {@code sockaddr} */
    static void bind(int fd, byte[] address) throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            check("bind", call(arena, BIND, fd, copy(arena, address), address.length));
        }
    }

    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            call(arena, CLOSE, fd);
        }
    }

    /** A descriptor that becomes readable by {@link #wake}. */
    static int eventFd() throws SocketException {
        try (Arena arena = Arena.ofConfined()) {
            return check("eventfd", call(arena, EVENTFD, 0, EVENTFD_FLAGS));
        }
    }

    static void wake(int eventFd) {
        try (Arena arena = Arena.ofConfined()) {
            call(arena, WRITE, eventFd, arena.allocateFrom(JAVA_LONG, 1L), 8L);
        }
    }

    static void clear(int eventFd) {
        try (Arena arena = Arena.ofConfined()) {
            call(arena, READ, eventFd, arena.allocate(JAVA_LONG), 8L);
        }
    }

    /** Octets sent, or minus the error number. */
    static int send(int fd, byte[] payload, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            return call(
                    arena,
                    SENDTO,
                    fd,
                    copy(arena, payload),
                    (long) payload.length,
                    0,
                    copy(arena, address),
                    address.length);
        }
    }

    /** Octets received into {@code message}, a {@code msghdr}, or minus the error number; does not wait. */
    static int receive(int fd, MemorySegment message) {
        try (Arena arena = Arena.ofConfined()) {
            return call(arena, RECVMSG, fd, message, 0);
        }
    }

    /**
     * Waits until one of {@code pollfds} is readable, at most so long.
     *
     * @param nanos not negative
     */
    static void poll(MemorySegment pollfds, int count, long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            time.set(JAVA_LONG, 0, nanos / 1_000_000_000L);
            time.set(JAVA_LONG, 8, nanos % 1_000_000_000L);
            call(arena, PPOLL, pollfds, (long) count, time, MemorySegment.NULL);
        }
    }

    private static MemorySegment copy(Arena arena, byte[] octets) {
        return arena.allocate(octets.length, 8).copyFrom(MemorySegment.ofArray(octets));
    }

    private static int check(String what, int result) throws SocketException {
        if (result < 0) {
            throw new SocketException(what, -result);
        }
        return result;
    }

    private static int call(Arena arena, MethodHandle function, Object... arguments) {
        MemorySegment state = arena.allocate(STATE);
        Object[] all = new Object[arguments.length + 1];
        all[0] = state;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            int result = ((Number) function.invokeWithArguments(all)).intValue();
            return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable e) {
            throw new IllegalStateException("native call failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(), type, Linker.Option.captureCallState("errno"));
    }
}
