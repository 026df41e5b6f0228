package io.natator.lab.bench;

/**
 * One who takes part in a benchmark.
 *
 * @param name {@code "natator"}, or who it is compared with
 * @param sample does the work once and measures it; what is prepared and cleaned up is not measured
 */
record Contender(String name, Sample sample) {
    /** The name under which our own figures stand. */
    static final String NATATOR = "natator";

    /** One measurement. */
    @FunctionalInterface
    interface Sample {
        double measure() throws Exception;
    }
}
