package io.natator.softswitch.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * System calls of the packet path: plain numbers in and out, nothing allocated, and no errno, which would cost a store and a
 * look at thread-local memory on every call. A failure is −1.
 */
public final class Hot {
    private static final MethodHandle SENDMMSG =
            handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle SEND =
            handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private Hot() {}

    /** Messages sent of those at {@code messages}, or −1 if the first was not. */
    public static int sendmmsg(int fd, long messages, int count, int flags) {
        try {
            return (int) SENDMMSG.invokeExact(fd, messages, count, flags);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends nothing of its own, but what is in a socket's ring. Octets that were sent, or −1 if none were. */
    public static long send(int fd, int flags) {
        try {
            return (long) SEND.invokeExact(fd, 0L, 0L, flags);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Descriptors that are ready of those at {@code descriptors}; −1 if a signal came. */
    public static int poll(long descriptors, long count, int milliseconds) {
        try {
            return (int) POLL.invokeExact(descriptors, count, milliseconds);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    public static long read(int fd, long into, long length) {
        try {
            return (long) READ.invokeExact(fd, into, length);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    public static long write(int fd, long from, long length) {
        try {
            return (long) WRITE.invokeExact(fd, from, length);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
}
