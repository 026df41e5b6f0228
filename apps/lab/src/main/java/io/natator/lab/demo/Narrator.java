package io.natator.lab.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Tells people what happens, and remembers what was not as it should be. */
final class Narrator {
    private static final String RESET = "\u001B[0m";

    private final PrintWriter out;
    private final Ansi ansi;
    private final long start = System.nanoTime();
    private final List<String> failures = new ArrayList<>();
    private int step;

    Narrator(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    /** True if a person looks on. */
    boolean isTerminal() {
        return ansi.enabled();
    }

    /** A step begins. */
    void step(String title) {
        step++;
        line("");
        line(paint("bold,fg(cyan)", step + ". " + title) + paint("faint", "   [%.1f s]".formatted(seconds())));
    }

    /** Plain words. */
    void say(String words) {
        words.lines().forEach(text -> line("   " + text));
    }

    /** A command, as a person would type it. */
    void command(String command) {
        line("   " + paint("bold", "$ " + command));
    }

    /** What a command printed; at most {@code most} lines of it. */
    void output(String output, int most) {
        List<String> lines = output.lines().toList();
        Stream<String> shown = lines.stream().limit(most);
        shown.forEach(text -> line("   " + paint("faint", "| ") + text));
        if (lines.size() > most) {
            line("   " + paint("faint", "| ... " + (lines.size() - most) + " more"));
        }
    }

    /** Something that must be so. What is not ends the demo badly, but lets it go on. */
    void check(boolean good, String what) {
        line("   " + (good ? paint("bold,fg(green)", "ok   ") : paint("bold,fg(red)", "WRONG ")) + what);
        if (!good) {
            failures.add(what);
        }
    }

    /** What was not as it should be. */
    List<String> failures() {
        return failures;
    }

    /** Since the demo's beginning. */
    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** One line as it is. */
    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Bold, for the end. */
    String strong(boolean good, String words) {
        return paint(good ? "bold,fg(green)" : "bold,fg(red)", words);
    }

    private String paint(String style, String words) {
        // Words may hold what picocli takes for markup, and its own "bold off" underlines twice on many terminals.
        return ansi.enabled() ? Ansi.Style.on(Ansi.Style.parse(style)) + words + RESET : words;
    }
}
