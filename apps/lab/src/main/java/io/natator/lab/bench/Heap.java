package io.natator.lab.bench;

/** What of the heap is in use. */
final class Heap {
    private Heap() {}

    /** Bytes that are still in use after garbage collection. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
