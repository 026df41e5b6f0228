package io.natator.cli.file;

/**
 * What is wrong at one place of a file.
 *
 * @param place file and line, "office.yaml:3"
 * @param text what is wrong, and the remedy
 */
public record Problem(String place, String text) {
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
