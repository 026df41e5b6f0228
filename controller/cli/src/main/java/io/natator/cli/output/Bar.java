package io.natator.cli.output;

/** How full something is, as a bar. */
public final class Bar {
    private static final int WIDTH = 20;

    private Bar() {}

    /** "[####................]"; empty if the capacity is unknown (0). Anything above nothing shows. */
    public static String of(long used, long capacity) {
        if (capacity <= 0) {
            return "";
        }
        long marks = Math.min(WIDTH, (long) Math.ceil((double) used * WIDTH / capacity));
        return "[" + "#".repeat((int) marks) + ".".repeat((int) (WIDTH - marks)) + "]";
    }
}
