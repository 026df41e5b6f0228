package io.natator.cli.progress;

import io.natator.cli.output.Terminal;
import java.util.List;

/** Shows how things stand while they are waited for. */
public interface Progress {
    /** @param seconds since the wait began */
    void show(List<Line> lines, double seconds);

    /** In place on a terminal; elsewhere a line for every change. */
    static Progress on(Terminal terminal, int columns) {
        return terminal.interactive() ? new LiveProgress(terminal, columns) : new PlainProgress(terminal);
    }
}
