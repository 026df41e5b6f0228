package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.rule.RuleText;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.reconcile.RuleTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rules in a file for {@code ovs-ofctl add-flows}: the same cookies, flags, matches and actions that we send. */
final class RuleFile {
    private RuleFile() {}

    static Path write(Path file, List<Rule> rules) {
        RuleTable table = RuleTable.encode(new RuleSet(0, rules));
        if (table.rules().size() != rules.size()) {
            throw new LabException("not every rule can be encoded: " + table.unsupported());
        }
        List<String> lines = new ArrayList<>(rules.size());
        int i = 0;
        for (EncodedRule encoded : table.all()) {
            lines.add("cookie=0x" + Long.toHexString(encoded.cookie()) + ",send_flow_rem,"
                    + RuleText.describe(rules.get(i)));
            i++;
        }
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
