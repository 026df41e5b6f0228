package io.natator.nat;

/** The tables of the pipeline, in order. */
enum Stage {
    /** Which side a packet comes from, and what is for ourselves. */
    ADMISSION,
    /** Rewrites destinations. */
    TO_INSIDE,
    /** Rewrites sources. */
    TO_OUTSIDE,
    /** Where the packet leaves. */
    FORWARD;

    private static final Stage[] ALL = values();

    /** How many there are. */
    static final int COUNT = ALL.length;

    /** 0 to 3. */
    @SuppressWarnings("EnumOrdinal") // the order is the pipeline
    int index() {
        return ordinal();
    }
}
