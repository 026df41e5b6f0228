package io.natator.softswitch.table;

/**
 * Which rules packets see. Each rule knows from which version on, and before which, it is seen: so changes are prepared rule
 * by rule while packets pass, and all of them are seen at once when the version moves.
 */
final class Versions {
    private long current;
    private boolean noted;

    /** The one that packets see. */
    long current() {
        return current;
    }

    /** The one that changes see and make. */
    long next() {
        return current + 1;
    }

    /** A lookup took notes: something will be remembered that does not know of rules in preparation. */
    void note() {
        noted = true;
    }

    /** True if lookups took notes since {@link #prepare}. */
    boolean noted() {
        return noted;
    }

    void prepare() {
        noted = false;
    }

    void commit() {
        current++;
    }
}
