package io.natator.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under titles, columns three spaces apart, as wide as their widest field. */
public final class Table {
    private static final String GAP = "   ";

    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(List<String> titles) {
        rows.add(titles.stream().map(title -> new Cell(title, Style.BOLD)).toList());
    }

    /** Adds a row: one cell a title. */
    public void row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The lines, titles first; the last column is not padded. */
    public List<String> lines(Terminal terminal) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).text().length());
            }
        }
        return rows.stream().map(row -> line(row, widths, terminal)).toList();
    }

    private static String line(List<Cell> row, int[] widths, Terminal terminal) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            line.append(terminal.paint(cell.style(), cell.text()));
            if (i < row.size() - 1) {
                line.repeat(' ', widths[i] - cell.text().length()).append(GAP);
            }
        }
        return line.toString();
    }
}
