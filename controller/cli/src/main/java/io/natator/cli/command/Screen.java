package io.natator.cli.command;

import io.natator.cli.Context;

/** The size of the screen. */
final class Screen {
    private static final int DEFAULT_COLUMNS = 80;

    private Screen() {}

    /** COLUMNS in the environment, else 80: asking the terminal would cost a process. */
    static int columns(Context context) {
        try {
            int columns = Integer.parseInt(context.environment().getOrDefault("COLUMNS", ""));
            return columns < 20 ? DEFAULT_COLUMNS : columns;
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }
}
