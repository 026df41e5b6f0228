package io.natator.lab.bench;

import java.io.PrintWriter;

/** One benchmark. */
interface Bench {
    /** As {@code natator lab bench NAME} takes it. */
    String name();

    /** What it measures, in a line. */
    String about();

    /** Measures; progress in words goes to {@code progress}. */
    Report run(PrintWriter progress) throws Exception;
}
