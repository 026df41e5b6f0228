package io.natator.softswitch.table;

import io.natator.softswitch.flow.Reply;
import java.util.Arrays;

/** One flow table: its rules, and how often they were looked for. */
public final class FlowTable {
    private final int id;
    private final Versions versions;
    private final Classifier classifier = new Classifier();
    /** All rules in no order, for those who read one after the other while others come and go. */
    private Rule[] rules = new Rule[16];

    private int size;
    /** Of these, such that changes do not see any more. */
    private int ended;

    private long lookups;
    private long matched;

    FlowTable(int id, Versions versions) {
        this.id = id;
        this.versions = versions;
    }

    /**
     * The rule that takes this packet; null if none does.
     *
     * @param looked gets the bits of the key that decided; null if nobody takes notes
     */
    public Rule lookup(long[] key, long[] looked) {
        if (looked != null) {
            versions.note();
        }
        return classifier.lookup(key, looked, versions.current());
    }

    /** Adds to its counters. */
    public void count(long moreLookups, long moreMatched) {
        lookups += moreLookups;
        matched += moreMatched;
    }

    Classifier classifier() {
        return classifier;
    }

    /** Its number. */
    int id() {
        return id;
    }

    /** Rules that changes see. */
    int size() {
        return size - ended;
    }

    /** @param more rules that changes do not see any more; negative: that are gone, or stay */
    void ended(int more) {
        ended += more;
    }

    /** Adds a rule. Returns false if no packet which was looked for with notes taken would meet it. */
    boolean add(Rule rule) {
        if (size == rules.length) {
            rules = Arrays.copyOf(rules, size * 2);
        }
        rule.index = size;
        rules[size++] = rule;
        return classifier.add(rule);
    }

    void remove(Rule rule) {
        classifier.remove(rule);
        Rule last = rules[--size];
        rules[size] = null;
        if (last != rule) {
            rules[rule.index] = last;
            last.index = rule.index;
        }
        rule.index = -1;
    }

    /** The rules as they are now, in no order, those that ended among them. */
    Rule[] snapshot() {
        return Arrays.copyOf(rules, size);
    }

    Reply.Table describe() {
        return new Reply.Table(id, size, lookups, matched);
    }
}
