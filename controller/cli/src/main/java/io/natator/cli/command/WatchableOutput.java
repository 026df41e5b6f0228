package io.natator.cli.command;

import io.natator.cli.output.Format;
import picocli.CommandLine.Option;

/** How a listing is printed that can be watched as well. */
final class WatchableOutput {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; table if left out. With --watch: table or json.")
    Format format;

    @Option(
            names = {"-w", "--watch"},
            description = "Then every change, until interrupted.")
    boolean watch;

    /** True if what is printed is JSON. */
    boolean json() {
        return format == Format.JSON;
    }
}
