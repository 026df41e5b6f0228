package io.natator.cli.command;

import io.natator.cli.output.Format;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a listing is printed that can be watched as well. */
final class WatchableOutput {
    @Mixin
    private OutputOptions output;

    @Option(
            names = {"-w", "--watch"},
            description = "Then every change, until interrupted; as table or json.")
    boolean watch;

    Format format() {
        return output.format;
    }

    /** True if what is printed is JSON. */
    boolean json() {
        return output.format == Format.JSON;
    }
}
