package io.natator.cli.command;

import java.util.Locale;

/** What {@code -o} takes where one thing is told, not a list. */
enum OneFormat {
    TABLE,
    JSON,
    YAML;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
