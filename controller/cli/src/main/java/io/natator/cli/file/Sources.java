package io.natator.cli.file;

import io.natator.cli.CliException;
import io.natator.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code -f} names: files, directories, standard input. */
public final class Sources {
    private Sources() {}

    /**
     * Reads everything, or throws with everything that is wrong.
     *
     * @param names files; directories, of which {@code *.yaml}, {@code *.yml} and {@code *.json} are read in the order
     *     of their names; {@code -} for standard input
     */
    public static List<Document<?>> read(List<String> names, InputStream stdin) {
        ResourceReader reader = new ResourceReader();
        for (String name : names) {
            try {
                if (name.equals("-")) {
                    reader.read("standard input", new String(stdin.readAllBytes(), StandardCharsets.UTF_8));
                } else {
                    readPath(Path.of(name), reader);
                }
            } catch (IOException e) {
                throw new CliException(ExitCode.USAGE, "cannot read " + name + ": " + why(e));
            }
        }
        List<Problem> problems = reader.problems();
        if (!problems.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "nothing was sent:",
                    problems.stream().map(Problem::toString).toList());
        }
        if (reader.documents().isEmpty()) {
            throw new CliException(ExitCode.USAGE, "no resource in " + String.join(", ", names));
        }
        return reader.documents();
    }

    private static void readPath(Path path, ResourceReader reader) throws IOException {
        if (!Files.isDirectory(path)) {
            reader.read(path.toString(), Files.readString(path));
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(path)) {
            files = entries.filter(entry -> entry.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            reader.read(file.toString(), Files.readString(file));
        }
    }

    private static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case CharacterCodingException _ -> "it is not UTF-8 text";
            default -> e.toString();
        };
    }
}
