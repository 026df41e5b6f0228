package io.natator.model.rule;

import java.util.List;

/**
 * All rules of ours that a device should hold.
 *
 * @param generation grows with every change; comes back in the report
 * @param rules no two of one identity
 */
public record RuleSet(long generation, List<Rule> rules) {}
