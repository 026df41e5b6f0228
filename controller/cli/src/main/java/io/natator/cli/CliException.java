package io.natator.cli;

import java.util.List;

/** Ends a command with a text for the user and an exit code; never a stack trace. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message first line: what is wrong
     * @param details further lines, printed indented: where, and the remedy
     */
    public CliException(int exitCode, String message, List<String> details) {
        super(details.isEmpty() ? message : message + "\n  " + String.join("\n  ", details), null, false, false);
        this.exitCode = exitCode;
    }

    public CliException(int exitCode, String message) {
        this(exitCode, message, List.of());
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
