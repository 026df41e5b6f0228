package io.natator.model.rule;

import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

/**
 * One flow entry. Its identity on a device is (table, priority, selector); two rules with the same
 * identity never stand in one {@link RuleSet}.
 *
 * @param owner translation id, or {@code ""} for rules that serve the device as a whole
 * @param table 0 to 253
 * @param priority 0 to 65535, higher wins
 * @param selector what it matches; extensions are those of this package
 * @param treatment what it does: apply-actions in order, then write-metadata, then goto
 */
public record Rule(String owner, int table, int priority, TrafficSelector selector, TrafficTreatment treatment) {}
