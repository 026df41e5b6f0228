package io.natator.lab.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.natator.lab.LabException;
import io.natator.lab.net.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Commands of bpf(2). Each fails with a {@link LabException} that has the error number. */
final class Bpf {
    /** Programs that are run for frames of an interface before the kernel's stack: what {@code tc} calls a classifier. */
    static final int CLASSIFIER = 3;

    static final int XDP = 6;

    private static final int MAP_CREATE = 0;
    private static final int MAP_LOOKUP = 1;
    private static final int PROG_LOAD = 5;
    private static final int LINK_CREATE = 28;
    private static final int ARRAY = 2;
    private static final int TCX_INGRESS = 46;
    private static final int ATTRIBUTES = 128;
    private static final int LOG = 1 << 16;

    private Bpf() {}

    /** Zeroed attributes of a command. */
    static MemorySegment attributes(Arena arena) {
        return arena.allocate(ATTRIBUTES, 8);
    }

    /**
     * Loads a program.
     *
     * @return its descriptor
     */
    static int load(int type, byte[] program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment log = arena.allocate(LOG);
            MemorySegment load = attributes(arena);
            load.set(JAVA_INT, 0, type);
            load.set(JAVA_INT, 4, program.length / 8);
            load.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_BYTE, program).address());
            load.set(JAVA_LONG, 16, arena.allocateFrom("GPL").address());
            load.set(JAVA_INT, 24, 1);
            load.set(JAVA_INT, 28, LOG);
            load.set(JAVA_LONG, 32, log.address());
            int fd = Libc.bpf(arena, PROG_LOAD, load);
            if (fd < 0) {
                throw new LabException("BPF program refused, errno " + -fd + ": " + log.getString(0));
            }
            return fd;
        }
    }

    /** A map with one counter. Returns its descriptor. */
    static int counter() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = attributes(arena);
            map.set(JAVA_INT, 0, ARRAY);
            map.set(JAVA_INT, 4, Integer.BYTES);
            map.set(JAVA_INT, 8, Long.BYTES);
            map.set(JAVA_INT, 12, 1);
            return checked("BPF_MAP_CREATE", Libc.bpf(arena, MAP_CREATE, map));
        }
    }

    /** What such a map has counted. */
    static long read(int map) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_LONG);
            MemorySegment lookup = attributes(arena);
            lookup.set(JAVA_INT, 0, map);
            lookup.set(JAVA_LONG, 8, arena.allocate(JAVA_INT).address());
            lookup.set(JAVA_LONG, 16, value.address());
            int _ = checked("BPF_MAP_LOOKUP_ELEM", Libc.bpf(arena, MAP_LOOKUP, lookup));
            return value.get(JAVA_LONG, 0);
        }
    }

    /** Has a classifier run for what comes in at an interface of this thread's namespace. Returns what holds it there. */
    static int atIngress(int program, int ifindex) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment link = attributes(arena);
            link.set(JAVA_INT, 0, program);
            link.set(JAVA_INT, 4, ifindex);
            link.set(JAVA_INT, 8, TCX_INGRESS);
            return checked("BPF_LINK_CREATE", Libc.bpf(arena, LINK_CREATE, link));
        }
    }

    /** The result of a command. */
    static int checked(String what, int result) {
        if (result < 0) {
            throw new LabException(what + ": errno " + -result);
        }
        return result;
    }
}
