package io.natator.softswitch.io.linux;

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

/** System calls where a nanosecond does not count; each tells why it failed. */
public final class Libc {
    /** Everything that can be waited for with {@link #poll}: there is something to read. */
    public static final short POLLIN = 1;

    private static final int PROT_READ_WRITE = 3;
    private static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            handle("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            handle("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SEND =
            handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MMAP = handle(
            "mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = handle("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MADVISE =
            handle("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle IOCTL = handle(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle EVENTFD = handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle PRCTL =
            handle("prctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG), Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SETPRIORITY =
            handle("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle STRERROR = handle("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    /** A socket that is not inherited by processes that this one starts. */
    public static int socket(int domain, int type, int protocol) throws IOException {
        return (int) check("socket", call(SOCKET, domain, type | CLOEXEC, protocol));
    }

    public static void bind(int fd, MemorySegment address) throws IOException {
        check("bind", call(BIND, fd, address, (int) address.byteSize()));
    }

    /** Fills {@code address} with what the socket is bound to. */
    public static void getsockname(int fd, MemorySegment address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
            check("getsockname", call(GETSOCKNAME, fd, address, length));
        }
    }

    public static void setsockopt(int fd, int level, int option, MemorySegment value) throws IOException {
        check("setsockopt " + option, call(SETSOCKOPT, fd, level, option, value, (int) value.byteSize()));
    }

    public static void setsockopt(int fd, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            setsockopt(fd, level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    public static void getsockopt(int fd, int level, int option, MemorySegment value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            check("getsockopt " + option, call(GETSOCKOPT, fd, level, option, value, length));
        }
    }

    public static void send(int fd, MemorySegment octets) throws IOException {
        check("send", call(SEND, fd, octets, octets.byteSize(), 0));
    }

    /** Octets received, 0 if there is nothing to be had at once. */
    public static int receive(int fd, MemorySegment into) throws IOException {
        long result = call(RECV, fd, into, into.byteSize(), MSG_DONTWAIT);
        return result == -EAGAIN ? 0 : (int) check("recv", result);
    }

    /** Address of {@code length} octets, readable and writable. */
    public static long mmap(long length, int flags, int fd) throws IOException {
        return check("mmap", call(MMAP, 0L, length, PROT_READ_WRITE, flags, fd, 0L));
    }

    public static void munmap(long address, long length) {
        long _ = call(MUNMAP, address, length);
    }

    /** Asks for pages of 2 MiB where they fit: random access misses the translation cache less. It need not be heard. */
    public static void adviseLargePages(long address, long length) {
        int hugePage = 14;
        long _ = call(MADVISE, address, length, hugePage);
    }

    public static void ioctl(int fd, long request, MemorySegment argument) throws IOException {
        check("ioctl " + request, call(IOCTL, fd, request, argument));
    }

    static int eventfd() throws IOException {
        return (int) check("eventfd", call(EVENTFD, 0, NONBLOCK | CLOEXEC));
    }

    /** Lets sleeps of the calling thread end as precisely as the clock can. */
    public static void leastTimerSlack() throws IOException {
        int setTimerSlack = 29;
        check("prctl", call(PRCTL, setTimerSlack, 1L));
    }

    /**
     * Gives the calling thread, and it alone, a larger share of a core that others want too, and has it woken sooner.
     *
     * @param nice −20 (most) to 19, see {@code sched(7)}
     * @throws IOException if we may not: below 0 takes CAP_SYS_NICE
     */
    public static void niceness(int nice) throws IOException {
        int process = 0; // Linux takes it for threads; 0 is the calling one
        check("setpriority", call(SETPRIORITY, process, 0, nice));
    }

    /** Waits; being interrupted by a signal is no error. */
    public static void poll(MemorySegment descriptors, int count, int milliseconds) {
        long _ = call(POLL, descriptors, (long) count, milliseconds);
    }

    public static void close(int fd) {
        long _ = call(CLOSE, fd);
    }

    private static long check(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + text((int) -result));
        }
        return result;
    }

    @SuppressWarnings("restricted")
    static String text(int errno) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = (MemorySegment) STRERROR.invokeWithArguments(arena.allocate(STATE), errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            return "errno " + errno;
        }
    }

    /** The function's result, or minus the error number. */
    private static long call(MethodHandle function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            long result = ((Number) function.invokeWithArguments(all)).longValue();
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, all);
    }
}
