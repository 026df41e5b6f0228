package io.natator.lab.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.natator.lab.LabException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The few system calls that Java lacks: entering a network namespace, and raw ICMP sockets. */
public final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETNS = handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SENDTO = handle(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV =
            handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SET_AFFINITY =
            handle("sched_setaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    private static final MethodHandle SYSCALL = handle(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final long SYS_BPF = "aarch64".equals(System.getProperty("os.arch")) ? 280 : 321;

    private Libc() {}

    /** Opens for reading. */
    public static int open(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return check("open " + path, call(arena, OPEN, arena.allocateFrom(path), 0));
        }
    }

    public static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            check("close", call(arena, CLOSE, fd));
        }
    }

    /** Moves the calling thread, and it alone, into the namespace behind {@code fd}. */
    public static void setns(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            check("setns", call(arena, SETNS, fd, 0x4000_0000));
        }
    }

    public static int socket(int domain, int type, int protocol) {
        try (Arena arena = Arena.ofConfined()) {
            return check("socket", call(arena, SOCKET, domain, type, protocol));
        }
    }

    /** Bytes sent, or minus the error number. */
    public static int sendto(Arena arena, int fd, MemorySegment bytes, MemorySegment address) {
        return call(arena, SENDTO, fd, bytes, bytes.byteSize(), 0, address, (int) address.byteSize());
    }

    /** Bytes received, or minus the error number; does not wait. */
    public static int receive(Arena arena, int fd, MemorySegment into) {
        return call(arena, RECV, fd, into, into.byteSize(), 0x40);
    }

    /** Waits until {@code fd} is readable, at most so long. */
    public static void poll(Arena arena, int fd, int milliseconds) {
        MemorySegment pollfd = arena.allocate(8, 4);
        pollfd.set(JAVA_INT, 0, fd);
        pollfd.set(JAVA_INT, 4, 1);
        call(arena, POLL, pollfd, 1L, milliseconds);
    }

    /** Binds the calling thread to one core, 0 to 63. */
    public static void pin(int core) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(8, 8);
            mask.set(JAVA_LONG, 0, 1L << core);
            check("sched_setaffinity", call(arena, SET_AFFINITY, 0, 8L, mask));
        }
    }

    /** bpf(2): what the command returns, or minus the error number. */
    public static int bpf(Arena arena, int command, MemorySegment attributes) {
        return call(arena, SYSCALL, SYS_BPF, (long) command, attributes, attributes.byteSize());
    }

    private static int check(String what, int result) {
        if (result < 0) {
            throw new LabException(what + ": errno " + -result + " (the lab needs root)");
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
            throw new LabException("native call failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, all);
    }
}
