package io.natator.nat;

/** What tables tell each other in the metadata; matched exactly, as ONOS knows no mask there. */
final class Mark {
    /** Came from an inside port. */
    static final long INSIDE = 1;

    /** Came from an outside port. */
    static final long OUTSIDE = 2;

    /** Came back from a software switch. */
    static final long SERVICE = 3;

    /** Came from an outside port, and its destination has been made an inside address. */
    static final long MADE_INSIDE = 4;

    private Mark() {}
}
