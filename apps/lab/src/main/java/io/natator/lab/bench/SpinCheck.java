package io.natator.lab.bench;

import io.natator.lab.net.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * Tells whether somebody else uses the machine: one thread a core, pinned, reads the clock without pause;
 * whatever is missing between two readings was somebody else's.
 */
final class SpinCheck {
    /** Share of a core that may be missing before a sample counts as disturbed. */
    static final double LIMIT = 0.05;

    private static final long DURATION_NANOS = 100_000_000;
    /** Shorter gaps are interrupts and the like. */
    private static final long GAP_NANOS = 50_000;

    private SpinCheck() {}

    /** Share of the worst core's time that was missing, 0 to 1; takes 0.1 s. */
    static double lost() {
        List<FutureTask<Double>> cores = new ArrayList<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            int pinned = core;
            FutureTask<Double> task = new FutureTask<>(() -> spin(pinned));
            cores.add(task);
            Thread.ofPlatform().daemon().name("spin " + core).start(task);
        }
        return cores.stream().mapToDouble(SpinCheck::result).max().orElse(0);
    }

    private static double result(FutureTask<Double> task) {
        try {
            return task.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double spin(int core) {
        Libc.pin(core);
        long start = System.nanoTime();
        long last = start;
        long lost = 0;
        while (last - start < DURATION_NANOS) {
            long now = System.nanoTime();
            if (now - last > GAP_NANOS) {
                lost += now - last;
            }
            last = now;
        }
        return (double) lost / (last - start);
    }
}
