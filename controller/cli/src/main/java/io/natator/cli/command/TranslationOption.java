package io.natator.cli.command;

import io.natator.cli.kind.Kinds;
import picocli.CommandLine.Option;

/** Of which translation; of all if it is left out. */
final class TranslationOption {
    @Option(
            names = {"-t", "--translation"},
            paramLabel = "NAME",
            description = "Of this translation.")
    private String translation = "";

    /** "translations/{id}"; empty if it is left out. */
    String fullName() {
        return translation.isEmpty() ? "" : Kinds.TRANSLATION.fullName(translation);
    }
}
