package io.natator.cli;

/** What the process says to its caller; documented in {@code docs/cli.md}. */
public final class ExitCode {
    /** Done as asked. */
    public static final int OK = 0;
    /** The daemon refused, or something broke. */
    public static final int FAILURE = 1;
    /** The command line or a file is wrong; nothing was sent. */
    public static final int USAGE = 2;
    /** Accepted, but the network is not (yet) in the wished state. */
    public static final int NOT_AS_WISHED = 3;
    /** No daemon answers at the address. */
    public static final int UNREACHABLE = 4;

    private ExitCode() {}
}
