package io.natator.softswitch.steps;

/** What becomes of a packet that was to be translated. */
public final class Verdict {
    /** Translated, or exempt: it goes on with the next table. */
    public static final int PASS = 0;
    /** Dropped and counted. */
    public static final int DROP = 1;
    /** The frame is now an ICMP error for who sent it, and leaves where it came in. */
    public static final int REPLY = 2;
    /** A fragment that was kept: {@link Translator#released} gives it back when the first one came. */
    public static final int HELD = 3;

    private Verdict() {}
}
