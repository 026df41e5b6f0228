package io.natator.lab.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.natator.lab.net.Libc;
import io.natator.lab.net.Namespace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.FutureTask;

/**
 * Overloads a veth pair: one thread in the kernel sends frames that an XDP program writes (BPF_PROG_TEST_RUN with
 * BPF_F_TEST_XDP_LIVE_FRAMES), which costs a tenth of what a socket would. The other end needs NAPI
 * ({@code ethtool -K … gro on}) to take them.
 */
final class XdpGenerator {
    private static final int PROG_TEST_RUN = 10;
    private static final int LIVE_FRAMES = 2;
    private static final int BATCH = 64;
    /** Frames of one call: before and after each the kernel waits for some 25 ms, in which nothing is sent (ADR 0236). */
    private static final int CHUNK = 1 << 18;

    private final FutureTask<Long> task;
    private volatile boolean ended;

    private XdpGenerator(byte[] program, byte[] template, int core) {
        task = new FutureTask<>(() -> {
            if (core >= 0) {
                Libc.pin(core);
            }
            return generate(program, template);
        });
    }

    /**
     * Starts to send.
     *
     * @param core to send from, −1 for any
     */
    static XdpGenerator start(Namespace namespace, byte[] program, byte[] template, int core) {
        XdpGenerator generator = new XdpGenerator(program, template, core);
        // A thread starts in the namespace of the one that starts it.
        return namespace.call(() -> {
            Thread.ofPlatform().daemon().name("generator").start(generator.task);
            return generator;
        });
    }

    private long generate(byte[] program, byte[] template) {
        long sent = 0;
        try (Arena arena = Arena.ofConfined()) {
            int fd = Bpf.load(Bpf.XDP, program);
            try {
                MemorySegment run = run(arena, fd, template);
                while (!ended) {
                    int _ = Bpf.checked("BPF_PROG_TEST_RUN", Libc.bpf(arena, PROG_TEST_RUN, run));
                    sent += CHUNK;
                }
            } finally {
                Libc.close(fd);
            }
        }
        return sent;
    }

    private static MemorySegment run(Arena arena, int fd, byte[] template) {
        MemorySegment run = Bpf.attributes(arena);
        run.set(JAVA_INT, 0, fd);
        run.set(JAVA_INT, 8, template.length);
        run.set(
                JAVA_LONG,
                16,
                arena.allocateFrom(ValueLayout.JAVA_BYTE, template).address());
        run.set(JAVA_INT, 32, CHUNK);
        run.set(JAVA_INT, 64, LIVE_FRAMES);
        run.set(JAVA_INT, 72, BATCH);
        return run;
    }

    /** Stops; returns the number of frames sent, of which the other end may have refused some. */
    long stop() throws Exception {
        ended = true;
        return task.get();
    }
}
