package io.natator.cli.progress;

import io.natator.cli.output.Terminal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A line for every change of state: for files, pipes and logs. */
final class PlainProgress implements Progress {
    private final Terminal terminal;
    private final Map<String, String> shown = new HashMap<>();

    PlainProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void show(List<Line> lines, double seconds) {
        for (Line line : lines) {
            String text = line.more().isEmpty() ? line.state() : line.state() + ": " + line.more();
            if (!text.equals(shown.put(line.what(), text))) {
                terminal.line(line.what() + " " + text);
            }
        }
    }
}
