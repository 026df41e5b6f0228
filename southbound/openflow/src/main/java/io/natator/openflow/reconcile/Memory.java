package io.natator.openflow.reconcile;

import io.natator.openflow.codec.EncodedRule;
import java.util.Map;

/**
 * What we last left on a device. Outlives connections: after a reconnect it tells which rules vanished meanwhile.
 *
 * @param rules by identity
 */
public record Memory(Map<EncodedRule, EncodedRule> rules) {
    /** Nothing is known. */
    public static final Memory NONE = new Memory(Map.of());
}
