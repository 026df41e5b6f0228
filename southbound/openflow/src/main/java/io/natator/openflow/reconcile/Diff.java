package io.natator.openflow.reconcile;

import io.natator.model.southbound.SwitchEvent.Failure;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.FlowEntry;
import io.natator.openflow.reconcile.Changes.Altered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what is desired with what a device holds. Pure. */
final class Diff {
    private Diff() {}

    /**
     * The difference to what a device was left with.
     *
     * @param held by identity
     */
    static Changes fromMemory(RuleTable desired, Map<EncodedRule, EncodedRule> held, Verdicts verdicts) {
        List<EncodedRule> adds = new ArrayList<>();
        List<Failure> failures = new ArrayList<>(desired.unsupported());
        int kept = 0;
        for (EncodedRule rule : desired.all()) {
            EncodedRule there = held.get(rule);
            if (there != null && there.cookie() == rule.cookie()) {
                kept++;
            } else if (!verdicts.isRefused(rule, failures)) {
                adds.add(rule);
            }
        }
        List<EncodedRule> deletes = new ArrayList<>();
        for (EncodedRule there : held.values()) {
            if (desired.get(there) == null) {
                deletes.add(there);
            }
        }
        return new Changes(adds, deletes, kept, Map.of(), List.of(), failures);
    }

    /**
     * The difference to what a device says it holds.
     *
     * @param dump a complete dump; rules of others in it are passed over
     * @param memory what we last left there, by identity: tells what was restored
     */
    static Changes fromDump(
            RuleTable desired, List<FlowEntry> dump, Map<EncodedRule, EncodedRule> memory, Verdicts verdicts) {
        Map<EncodedRule, EncodedRule> seen = HashMap.newHashMap(dump.size());
        List<EncodedRule> deletes = new ArrayList<>();
        for (FlowEntry entry : dump) {
            EncodedRule rule = entry.rule();
            if (rule.isOurs()) {
                seen.put(rule, rule);
                if (desired.get(rule) == null) {
                    deletes.add(rule);
                }
            }
        }
        List<EncodedRule> adds = new ArrayList<>();
        List<Altered> altered = new ArrayList<>();
        List<Failure> failures = new ArrayList<>(desired.unsupported());
        int kept = 0;
        Map<String, Integer> restored = new HashMap<>();
        for (EncodedRule rule : desired.all()) {
            EncodedRule there = seen.get(rule);
            boolean sameCookie = there != null && there.cookie() == rule.cookie();
            if (sameCookie && (rule.sameEffect(there) || verdicts.isKnownEcho(rule, there.effect()))) {
                kept++;
                continue;
            }
            if (verdicts.isRefused(rule, failures)) {
                continue;
            }
            adds.add(rule);
            EncodedRule had = memory.get(rule);
            if (sameCookie) {
                altered.add(new Altered(rule, there.effect()));
            }
            if (sameCookie || (had != null && had.cookie() == rule.cookie())) {
                restored.merge(rule.owner(), 1, Integer::sum);
            }
        }
        return new Changes(adds, deletes, kept, restored, altered, failures);
    }
}
