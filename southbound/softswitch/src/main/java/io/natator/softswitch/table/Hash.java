package io.natator.softswitch.table;

/** Mixes 64-bit words into a hash whose low and high bits are both good. */
public final class Hash {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Hash() {}

    /** One more word. */
    public static long mix(long hash, long word) {
        long h = (hash ^ word) * MULTIPLIER;
        return h ^ (h >>> 29);
    }

    /** The end: every bit depends on every word. */
    public static long finish(long hash) {
        long h = (hash ^ (hash >>> 32)) * MULTIPLIER;
        return h ^ (h >>> 32);
    }
}
