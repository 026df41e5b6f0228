package io.natator.openflow.codec;

/**
 * One entry of a flow dump.
 *
 * @param rule with a canonical match and the instructions as the device writes them
 * @param packets counted, -1 if the device does not
 * @param bytes counted, -1 if the device does not
 */
public record FlowEntry(EncodedRule rule, long packets, long bytes) {}
