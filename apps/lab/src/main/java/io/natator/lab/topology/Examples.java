package io.natator.lab.topology;

import io.natator.lab.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of {@code docs/examples}, which the build packs along: what users read is what runs. */
public final class Examples {
    private Examples() {}

    /** Copies the file that fits a variant into {@code dir}. */
    static Path copy(Variant variant, Path dir) {
        return copy(
                switch (variant) {
                    case ROUTED -> "renumber.yaml";
                    case TRANSPARENT -> "transparent.yaml";
                    case NORMAL -> "normal.yaml";
                },
                dir);
    }

    /** Copies one file into {@code dir}. */
    public static Path copy(String name, Path dir) {
        try (InputStream in = Examples.class.getResourceAsStream("/io/natator/lab/examples/" + name)) {
            if (in == null) {
                throw new LabException("docs/examples/" + name + " is not packed");
            }
            Path copy = dir.resolve(name);
            Files.copy(in, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the translations of a file, or else what is not a translation, into a file beside it. */
    static Path part(Path file, String name, boolean translations) {
        try {
            String part = Pattern.compile("^---\\n", Pattern.MULTILINE)
                    .splitAsStream(Files.readString(file))
                    .filter(document -> document.contains("name: translations/") == translations)
                    .collect(Collectors.joining("---\n"));
            return Files.writeString(file.resolveSibling(name), part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
