package io.natator.cli.command;

import io.natator.cli.output.Format;
import picocli.CommandLine.Option;

/** How a listing is printed. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; table if left out.")
    Format format;
}
