package io.natator.cli.progress;

import io.natator.cli.output.Style;

/**
 * One thing that is waited for.
 *
 * @param what "office on edge"
 * @param state one word, painted
 * @param style of the state
 * @param more what is known beyond it; may be empty
 * @param counting what changes too often to be worth a line of its own, for example rules so far; may be empty
 */
public record Line(String what, String state, Style style, String more, String counting) {}
