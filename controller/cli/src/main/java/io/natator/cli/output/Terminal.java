package io.natator.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Standard output and error.
 *
 * @param out results
 * @param err errors and progress that is no result
 * @param interactive a person looks at {@code out}: lines may be rewritten in place
 * @param colours styles become colours
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colours) {

    /** The process's own; honours NO_COLOR and TERM=dumb. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean interactive = isTerminal(1) && !"dumb".equals(environment.get("TERM"));
        boolean colours =
                interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                stream(FileDescriptor.out, 1 << 16), stream(FileDescriptor.err, 1 << 10), interactive, colours);
    }

    /** {@code text}, coloured where there are colours. */
    public String paint(Style style, String text) {
        return colours ? style.wrap(text) : text;
    }

    /** Prints a line and lets it be seen at once. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    private static PrintStream stream(FileDescriptor descriptor, int buffer) {
        // UTF-8 whatever the locale: names and descriptions must come out as they went in.
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), buffer), false, StandardCharsets.UTF_8);
    }

    /** As isatty(3): System.console() would also want standard input to be a terminal. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
