package io.natator.openflow.reconcile;

import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.southbound.SwitchEvent.Failure;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.RuleEncoder;
import io.natator.openflow.codec.RuleEncoder.Encoding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a device should hold, encoded and found by identity. Immutable.
 *
 * @param generation of the {@link RuleSet}
 * @param rules by identity, in the order of the set
 * @param unsupported rules that OpenFlow cannot say
 */
public record RuleTable(long generation, Map<EncodedRule, EncodedRule> rules, List<Failure> unsupported) {
    public RuleTable {
        rules = Collections.unmodifiableMap(rules);
        unsupported = List.copyOf(unsupported);
    }

    /** Encodes {@code set}. Takes about a microsecond a rule. */
    public static RuleTable encode(RuleSet set) {
        RuleEncoder encoder = new RuleEncoder();
        Map<EncodedRule, EncodedRule> rules =
                LinkedHashMap.newLinkedHashMap(set.rules().size());
        List<Failure> unsupported = new ArrayList<>();
        for (Rule rule : set.rules()) {
            switch (encoder.encode(rule)) {
                case Encoding.Encoded(EncodedRule r) -> {
                    if (rules.putIfAbsent(r, r) != null) {
                        unsupported.add(r.failure("another rule has the same match and priority"));
                    }
                }
                case Encoding.Unsupported(Rule r, String reason) ->
                    unsupported.add(new Failure(
                            r.owner(), "table=" + r.table() + ",priority=" + r.priority(), List.of(), reason));
            }
        }
        return new RuleTable(set.generation(), rules, unsupported);
    }

    /** All rules, in order. */
    public Collection<EncodedRule> all() {
        return rules.values();
    }

    /** The rule of the same identity, or null. */
    public EncodedRule get(EncodedRule identity) {
        return rules.get(identity);
    }
}
