package io.natator.openflow.reconcile;

import io.natator.model.southbound.SwitchEvent.Failure;
import io.natator.model.southbound.SwitchEvent.Synced;
import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of changes.
 *
 * @param refused of the rules to be added, with what the device said
 * @param heldBack the deletes were not sent, since adds were refused
 */
record Outcome(Changes changes, Map<EncodedRule, ErrorMessage> refused, boolean heldBack) {
    private int added() {
        return changes.adds().size() - refused.size();
    }

    private int removed() {
        return heldBack ? 0 : changes.deletes().size();
    }

    /** @param expected what the device would hold if it had refused nothing */
    Memory left(Memory expected) {
        if (refused.isEmpty()) {
            return expected;
        }
        Map<EncodedRule, EncodedRule> rules = new HashMap<>(expected.rules());
        refused.keySet().forEach(rules::remove);
        if (heldBack) {
            changes.deletes().forEach(rule -> rules.put(rule, rule)); // until other rules are desired, or the next dump
        }
        return new Memory(rules);
    }

    void count(Counts counts) {
        counts.add(Count.SYNCS);
        counts.add(Count.RULES_ADDED, added());
        counts.add(Count.RULES_REMOVED, removed());
        counts.add(Count.RULES_RESTORED, changes.restored());
        counts.add(Count.RULES_REFUSED, refused.size());
    }

    /** As the controller is told. */
    Synced event(long datapathId, long generation) {
        List<Failure> failures = new ArrayList<>(changes.failures());
        refused.forEach((rule, error) -> failures.add(rule.failure(error.toString())));
        return new Synced(
                datapathId, generation, added(), changes.kept(), removed(), changes.restoredByOwner(), failures);
    }
}
