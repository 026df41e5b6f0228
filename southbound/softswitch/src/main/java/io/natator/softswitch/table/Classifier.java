package io.natator.softswitch.table;

import io.natator.softswitch.flow.Match;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the rule of highest priority that takes a packet: tuple space search, one {@link Subtable} a mask, those of high
 * priority first. Of rules of the same priority that take the same packet, which OpenFlow leaves undefined, any is found.
 */
final class Classifier {
    private Subtable[] subtables = new Subtable[4];
    private int count;
    /** Where the last rule went: neighbours in time often share a mask. */
    private Subtable last;
    /** Notes were taken of some packet. */
    private boolean noted;

    /** The rule, or null; bits of the key that decided which are added to {@code looked}, if that is not null. */
    Rule lookup(long[] key, long[] looked, long version) {
        noted |= looked != null;
        Rule best = null;
        for (int i = 0; i < count; i++) {
            Subtable subtable = subtables[i];
            if (best != null && subtable.topPriority() <= best.priority()) {
                break;
            }
            Rule rule = subtable.lookup(key, looked, version);
            if (rule != null && (best == null || rule.priority() > best.priority())) {
                best = rule;
            }
        }
        return best;
    }

    /** The rule with this match and priority, or null. */
    Rule get(Match match, int priority, long version) {
        Subtable subtable = of(match.mask());
        return subtable == null ? null : subtable.get(match.value(), priority, version);
    }

    /** Adds a rule. Returns false if it is certain that no packet which was looked for with notes taken would meet it. */
    boolean add(Rule rule) {
        Subtable subtable = of(rule.match().mask());
        boolean asked = subtable == null || subtable.wasAsked(rule.match(), rule.priority());
        if (subtable == null) {
            subtable = new Subtable(rule.match().mask(), !noted);
            if (count == subtables.length) {
                subtables = Arrays.copyOf(subtables, count * 2);
            }
            subtables[count++] = subtable;
            last = subtable;
        }
        int top = subtable.topPriority();
        subtable.add(rule);
        if (subtable.topPriority() != top) {
            sort();
        }
        return asked;
    }

    /** What was noted does not matter any more. */
    void forgetAsked() {
        noted = false;
        for (int i = 0; i < count; i++) {
            subtables[i].forgetAsked();
        }
    }

    void remove(Rule rule) {
        Subtable subtable = of(rule.match().mask());
        int top = subtable.topPriority();
        subtable.remove(rule);
        if (subtable.rules() == 0) {
            int at = 0;
            while (subtables[at] != subtable) {
                at++;
            }
            System.arraycopy(subtables, at + 1, subtables, at, --count - at);
            subtables[count] = null;
            last = null;
        } else if (subtable.topPriority() != top) {
            sort();
        }
    }

    /** All rules whose match is the same as or narrower than {@code match}. Must not be changed meanwhile. */
    void forEachWithin(Match match, long version, Consumer<Rule> to) {
        for (int i = 0; i < count; i++) {
            Subtable subtable = subtables[i];
            if (Arrays.equals(subtable.mask(), match.mask())) {
                subtable.forEachAt(match.value(), rule -> {
                    if (rule.isSeen(version)) {
                        to.accept(rule);
                    }
                });
            } else if (covers(subtable.mask(), match.mask())) {
                subtable.forEach(rule -> {
                    if (rule.isSeen(version) && match.contains(rule.match())) {
                        to.accept(rule);
                    }
                });
            }
        }
    }

    private static boolean covers(long[] mask, long[] other) {
        for (int i = 0; i < mask.length; i++) {
            if ((other[i] & ~mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** A rule of this priority that takes a packet which {@code match} takes too, or null. */
    Rule overlapping(Match match, int priority, long version) {
        for (int i = 0; i < count && subtables[i].topPriority() >= priority; i++) {
            Rule[] found = new Rule[1];
            subtables[i].forEach(rule -> {
                if (rule.priority() == priority
                        && rule.isSeen(version)
                        && rule.match().overlaps(match)) {
                    found[0] = rule;
                }
            });
            if (found[0] != null) {
                return found[0];
            }
        }
        return null;
    }

    private Subtable of(long[] mask) {
        if (last != null && Arrays.equals(last.mask(), mask)) {
            return last;
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(subtables[i].mask(), mask)) {
                last = subtables[i];
                return last;
            }
        }
        return null;
    }

    private void sort() {
        // Nearly sorted already: one subtable moved.
        for (int i = 1; i < count; i++) {
            Subtable subtable = subtables[i];
            int at = i;
            while (at > 0 && subtables[at - 1].topPriority() < subtable.topPriority()) {
                subtables[at] = subtables[at - 1];
                at--;
            }
            subtables[at] = subtable;
        }
    }
}
