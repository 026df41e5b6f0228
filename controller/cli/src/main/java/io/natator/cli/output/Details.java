package io.natator.cli.output;

import java.util.List;

/** Named values in sections, as {@code describe} prints them. */
public final class Details {
    private static final int KEY_WIDTH = 18;

    private final Terminal terminal;
    private String indent = "";

    public Details(Terminal terminal) {
        this.terminal = terminal;
    }

    /** "Key:   value"; nothing if the value is empty. */
    public void value(String key, String value) {
        styled(key, value, Style.PLAIN);
    }

    /** As {@link #value}, painted. */
    public void styled(String key, String value, Style style) {
        if (!value.isEmpty()) {
            String head = indent + key + ":";
            terminal.out()
                    .println(head + " ".repeat(Math.max(1, KEY_WIDTH - head.length())) + terminal.paint(style, value));
        }
    }

    /** One value a line. */
    public void values(String key, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i == 0) {
                value(key, values.getFirst());
            } else {
                terminal.out().println(" ".repeat(KEY_WIDTH) + values.get(i));
            }
        }
    }

    /** A title; what {@code body} prints stands indented below it. */
    public void section(String title, Runnable body) {
        terminal.out().println(indent + terminal.paint(Style.BOLD, title + ":"));
        String outer = indent;
        indent = outer + "  ";
        body.run();
        indent = outer;
    }

    /** A table, indented. */
    public void table(Table table) {
        table.lines(terminal).forEach(line -> terminal.out().println(indent + line));
    }

    /** A line of its own. */
    public void line(String text, Style style) {
        terminal.out().println(indent + terminal.paint(style, text));
    }
}
