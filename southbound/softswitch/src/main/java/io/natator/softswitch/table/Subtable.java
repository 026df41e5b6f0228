package io.natator.softswitch.table;

import io.natator.softswitch.flow.Match;
import java.util.Arrays;
import java.util.function.Consumer;

/** All rules of one table with the same mask: one probe finds the only match. */
final class Subtable {
    private static final int ASKED_BITS = 1 << 16;

    private final MaskedKeys keys;
    private final Stage[] stages;
    private long[] store;
    /** The rule of highest priority of each match; null: free. */
    private Rule[] heads;
    /** Places taken. */
    private int taken;

    private int rules;
    private int topPriority = -1;
    private int removedSinceTop;
    /** By the hash of what decided: packets were looked for while somebody took notes. Null until then. */
    private long[] asked;
    /** Notes were taken of all packets: none met only the other subtables, before this one was there. */
    private boolean complete;
    /** The lowest that {@link #topPriority} was meanwhile. */
    private int lowestTop;

    /** @param complete true if no notes were taken before it was there */
    Subtable(long[] mask, boolean complete) {
        this.complete = complete;
        keys = new MaskedKeys(mask);
        stages = Stage.of(mask);
        heads = new Rule[8];
        store = new long[8 * keys.width()];
    }

    long[] mask() {
        return keys.mask();
    }

    int rules() {
        return rules;
    }

    /** No rule has a higher priority; the highest may be lower. */
    int topPriority() {
        return topPriority;
    }

    /** The rule that takes this packet, or null; bits that decided it are added to {@code looked}, if that is not null. */
    Rule lookup(long[] key, long[] looked, long version) {
        Rule found = heads[find(key)];
        while (found != null && !found.isSeen(version)) {
            found = found.next;
        }
        if (looked != null) {
            takeNotes(key, found != null, looked);
        }
        return found;
    }

    private void takeNotes(long[] key, boolean found, long[] looked) {
        if (asked == null) {
            asked = new long[ASKED_BITS / Long.SIZE];
        }
        Stage stage = found ? null : decider(key);
        long[] at = stage == null ? keys.mask() : stage.mask();
        for (int i = 0; i < looked.length; i++) {
            looked[i] |= at[i];
        }
        int bit = bit(stage == null ? keys.hash(key) : stage.hash(key));
        asked[bit >>> 6] |= 1L << bit;
    }

    /** The first part of the mask that says that no rule takes this packet; null if it takes all of it. */
    private Stage decider(long[] key) {
        for (Stage stage : stages) {
            if (!stage.mayHold(key)) {
                return stage;
            }
        }
        return null;
    }

    private static int bit(long hash) {
        return (int) (hash >>> 32) & (ASKED_BITS - 1);
    }

    private boolean isNoted(long hash) {
        int bit = bit(hash);
        return (asked[bit >>> 6] & 1L << bit) != 0;
    }

    /** False if it is certain that no packet like one of which notes were taken would meet a rule of this match and priority. */
    boolean wasAsked(Match match, int priority) {
        if (!complete || priority > lowestTop) {
            return true; // packets that met a higher priority elsewhere did not ask here
        }
        if (asked == null) {
            return false;
        }
        for (Stage stage : stages) {
            if (isNoted(stage.hash(match.value()))) {
                return true;
            }
        }
        return isNoted(keys.hash(match.value()));
    }

    /** What was noted does not matter any more. */
    void forgetAsked() {
        asked = null;
        complete = true;
        lowestTop = topPriority;
    }

    /** The rule with this match value and priority, or null. */
    Rule get(long[] value, int priority, long version) {
        Rule rule = heads[find(value)];
        while (rule != null && (rule.priority() > priority || !rule.isSeen(version))) {
            rule = rule.next;
        }
        return rule != null && rule.priority() == priority ? rule : null;
    }

    /** Adds a rule of which no version sees another with the same match and priority. */
    void add(Rule rule) {
        long[] value = rule.match().value();
        int at = find(value);
        if (heads[at] == null) {
            if (++taken * 3 > heads.length * 2) {
                grow();
                at = find(value);
            }
            keys.put(value, store, at * keys.width());
            for (Stage stage : stages) {
                stage.add(value);
            }
        }
        heads[at] = insert(heads[at], rule);
        rules++;
        topPriority = Math.max(topPriority, rule.priority());
        if (rules == 1) {
            lowestTop = topPriority;
        }
    }

    private static Rule insert(Rule head, Rule rule) {
        if (head == null || head.priority() < rule.priority()) {
            rule.next = head;
            return rule;
        }
        Rule before = head;
        while (before.next != null && before.next.priority() > rule.priority()) {
            before = before.next;
        }
        rule.next = before.next;
        before.next = rule;
        return head;
    }

    /** Removes a rule that is here. */
    void remove(Rule rule) {
        int at = find(rule.match().value());
        if (heads[at] == rule) {
            heads[at] = rule.next;
        } else {
            Rule before = heads[at];
            while (before.next != rule) {
                before = before.next;
            }
            before.next = rule.next;
        }
        rule.next = null;
        rules--;
        if (heads[at] == null) {
            for (Stage stage : stages) {
                stage.remove(rule.match().value());
            }
            free(at);
        }
        if (rule.priority() == topPriority && ++removedSinceTop > rules / 2) {
            findTopPriority();
        }
    }

    /** All rules, of equal match from the highest priority on. Must not be changed meanwhile. */
    void forEach(Consumer<Rule> to) {
        for (Rule head : heads) {
            for (Rule rule = head; rule != null; rule = rule.next) {
                to.accept(rule);
            }
        }
    }

    /** The rules of this very match value. Must not be changed meanwhile. */
    void forEachAt(long[] value, Consumer<Rule> to) {
        for (Rule rule = heads[find(value)]; rule != null; rule = rule.next) {
            to.accept(rule);
        }
    }

    private int find(long[] key) {
        int last = heads.length - 1;
        int at = (int) keys.hash(key) & last;
        while (heads[at] != null && !keys.same(key, store, at * keys.width())) {
            at = (at + 1) & last;
        }
        return at;
    }

    private void free(int at) {
        taken--;
        int width = keys.width();
        int last = heads.length - 1;
        int hole = at;
        for (int i = (hole + 1) & last; heads[i] != null; i = (i + 1) & last) {
            int home = (int) keys.hash(store, i * width) & last;
            if (((i - home) & last) >= ((i - hole) & last)) {
                heads[hole] = heads[i];
                System.arraycopy(store, i * width, store, hole * width, width);
                hole = i;
            }
        }
        heads[hole] = null;
    }

    private void grow() {
        Rule[] old = heads;
        heads = new Rule[old.length * 2];
        store = new long[heads.length * keys.width()];
        for (Rule head : old) {
            if (head != null) {
                int at = find(head.match().value());
                heads[at] = head;
                keys.put(head.match().value(), store, at * keys.width());
            }
        }
    }

    private void findTopPriority() {
        removedSinceTop = 0;
        topPriority = Arrays.stream(heads)
                .filter(head -> head != null)
                .mapToInt(Rule::priority)
                .max()
                .orElse(-1);
        lowestTop = Math.min(lowestTop, topPriority);
    }
}
