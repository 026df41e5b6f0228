package io.natator.cli.output;

import java.util.Locale;

/** What {@code -o} takes. */
public enum Format {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
