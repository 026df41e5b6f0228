package io.natator.cli.progress;

import io.natator.cli.output.Terminal;
import java.util.List;
import java.util.Locale;

/** Lines that are rewritten in place (ECMA-48 CPL and EL). */
final class LiveProgress implements Progress {
    private static final int MAX_LINES = 20;

    private final Terminal terminal;
    private final int columns;
    private int drawn;

    LiveProgress(Terminal terminal, int columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    @Override
    public void show(List<Line> lines, double seconds) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('F');
        }
        int width = lines.stream().mapToInt(line -> line.what().length()).max().orElse(0);
        int shown = Math.min(lines.size(), MAX_LINES);
        lines.subList(0, shown).forEach(line -> append(text, line, width, seconds));
        if (shown < lines.size()) {
            text.append("\u001b[2K  … and ").append(lines.size() - shown).append(" more\n");
        }
        drawn = shown + (shown < lines.size() ? 1 : 0);
        terminal.out().print(text);
        terminal.out().flush();
    }

    /** Lines must not wrap: going up counts rows of the screen. */
    private void append(StringBuilder text, Line line, int width, double seconds) {
        String head = "  " + line.what() + " ".repeat(width - line.what().length()) + "  ";
        String state = String.format(Locale.ROOT, "%-10s", line.state());
        String tail = String.format(Locale.ROOT, "  %5.1f s", seconds)
                + (line.counting().isEmpty() ? "" : "  " + line.counting())
                + (line.more().isEmpty() ? "" : "  " + line.more());
        int room = Math.max(0, columns - 1 - head.length() - state.length());
        text.append("\u001b[2K")
                .append(head)
                .append(terminal.paint(line.style(), state))
                .append(tail.length() > room ? tail.substring(0, room) : tail)
                .append('\n');
    }
}
