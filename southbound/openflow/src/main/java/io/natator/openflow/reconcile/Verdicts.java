package io.natator.openflow.reconcile;

import io.natator.model.southbound.SwitchEvent.Failure;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.reconcile.Changes.Altered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one connection taught about single rules: those that the device refused are not tried again and again, and a
 * device that writes our instructions in words of its own is not taken for one whose rules were altered.
 */
final class Verdicts {
    private record Refusal(long cookie, String reason) {}

    private final Map<EncodedRule, Refusal> refused = new HashMap<>();
    private final Map<EncodedRule, Long> repaired = new HashMap<>();
    private final Map<EncodedRule, Long> echoes = new HashMap<>();

    void refuse(EncodedRule rule, String reason) {
        refused.put(rule, new Refusal(rule.cookie(), reason));
    }

    /** True if this very rule was refused; then it is added to {@code failures}. */
    boolean isRefused(EncodedRule rule, List<Failure> failures) {
        Refusal refusal = refused.isEmpty() ? null : refused.get(rule);
        if (refusal == null || refusal.cookie() != rule.cookie()) {
            return false;
        }
        failures.add(rule.failure(refusal.reason()));
        return true;
    }

    boolean anyRefused() {
        return !refused.isEmpty();
    }

    /** Refused rules may be tried once more. */
    void forgive() {
        refused.clear();
    }

    /** Remembers what stood in the place of rules that are now written again. */
    void repairing(List<Altered> altered) {
        for (Altered a : altered) {
            repaired.put(a.rule(), a.effect());
        }
    }

    /** True if the device showed the same effect again after the rule had been rewritten: it is its way to say it. */
    boolean isKnownEcho(EncodedRule rule, long effect) {
        Long known = echoes.get(rule);
        if (known != null && known == effect) {
            return true;
        }
        Long before = repaired.remove(rule);
        if (before != null && before == effect) {
            echoes.put(rule, effect);
            return true;
        }
        return false;
    }

    /** Forgets rules that are no longer desired, so that this never outgrows the rules. */
    void retain(RuleTable desired) {
        refused.keySet().removeIf(r -> desired.get(r) == null);
        repaired.keySet().removeIf(r -> desired.get(r) == null);
        echoes.keySet().removeIf(r -> desired.get(r) == null);
    }
}
