package io.natator.cli.output;

/** What a piece of text means; a colour where there are colours. */
public enum Style {
    PLAIN(""),
    GOOD("32"),
    BUSY("33"),
    BAD("31"),
    DIM("2"),
    BOLD("1");

    private final String sgr;

    Style(String sgr) {
        this.sgr = sgr;
    }

    /** {@code text} between the escape sequences of ECMA-48 SGR. */
    String wrap(String text) {
        return sgr.isEmpty() || text.isEmpty() ? text : "\u001b[" + sgr + "m" + text + "\u001b[0m";
    }
}
