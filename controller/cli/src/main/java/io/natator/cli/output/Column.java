package io.natator.cli.output;

import java.time.Instant;
import java.util.function.BiFunction;

/**
 * One column of a table.
 *
 * @param title in capitals
 * @param wide shown with {@code -o wide} only
 * @param cell the field of a row; the second argument is the time, for ages
 */
public record Column<M>(String title, boolean wide, BiFunction<M, Instant, Cell> cell) {

    public static <M> Column<M> of(String title, BiFunction<M, Instant, Cell> cell) {
        return new Column<>(title, false, cell);
    }

    public static <M> Column<M> wide(String title, BiFunction<M, Instant, Cell> cell) {
        return new Column<>(title, true, cell);
    }
}
