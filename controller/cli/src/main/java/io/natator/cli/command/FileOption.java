package io.natator.cli.command;

import io.natator.cli.file.Document;
import io.natator.cli.file.Sources;
import io.natator.cli.kind.Kinds;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -f}. */
final class FileOption {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            description =
                    "YAML or JSON of resources; a directory of such files; - for standard input. May be repeated.")
    private List<String> names = List.of();

    boolean given() {
        return !names.isEmpty();
    }

    /** All resources, what is named before what names it: devices, neighbours, translations. */
    List<Document<?>> read(InputStream stdin) {
        return Sources.read(names, stdin).stream()
                .sorted(Comparator.comparingInt(document -> Kinds.EDITABLE.indexOf(document.kind())))
                .toList();
    }
}
