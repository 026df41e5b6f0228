package io.natator.openflow.reconcile;

import io.natator.model.southbound.SwitchEvent.Failure;
import io.natator.openflow.codec.EncodedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What has to be done so that a device holds a {@link RuleTable}.
 *
 * @param adds to be added, or to replace what stands there, in the order of the table
 * @param deletes rules of ours that are not desired
 * @param kept desired rules that are right already
 * @param restoredByOwner of {@code adds}: had been there, and vanished or were altered
 * @param altered of {@code adds}: the cookie is right but the effect is not
 * @param failures desired rules that are not even tried
 */
public record Changes(
        List<EncodedRule> adds,
        List<EncodedRule> deletes,
        int kept,
        Map<String, Integer> restoredByOwner,
        List<Altered> altered,
        List<Failure> failures) {
    /**
     * @param rule as desired
     * @param effect fingerprint of what the device says it does instead
     */
    public record Altered(EncodedRule rule, long effect) {}

    /** The same without adding the rules of {@code conflicts}, which are reported instead. */
    Changes without(Map<EncodedRule, String> conflicts) {
        List<Failure> all = new ArrayList<>(failures);
        for (EncodedRule rule : adds) {
            String reason = conflicts.get(rule);
            if (reason != null) {
                all.add(rule.failure(reason));
            }
        }
        List<EncodedRule> left =
                adds.stream().filter(rule -> !conflicts.containsKey(rule)).toList();
        return new Changes(left, deletes, kept, restoredByOwner, altered, all);
    }

    int restored() {
        return restoredByOwner.values().stream().mapToInt(Integer::intValue).sum();
    }

    public boolean isEmpty() {
        return adds.isEmpty() && deletes.isEmpty();
    }
}
