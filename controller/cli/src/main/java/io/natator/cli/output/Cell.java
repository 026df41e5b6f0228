package io.natator.cli.output;

/**
 * One field of a table.
 *
 * @param text what is shown; {@code -} if empty
 * @param style what it means
 */
public record Cell(String text, Style style) {

    public Cell {
        if (text.isEmpty()) {
            text = "-";
        }
    }

    public static Cell of(String text) {
        return new Cell(text, Style.PLAIN);
    }
}
