package io.natator.bgp.ribout;

import java.util.Arrays;
import java.util.Map;

/** What becomes of each slot towards neighbours of equal terms ({@link Verdict}), and of how many what becomes. */
final class Verdicts {
    private final PathTable paths;
    private int[] bySlot;
    private final int[] counts;
    private int told;

    /** Nothing of any slot. */
    Verdicts(PathTable paths, int slots) {
        this.paths = paths;
        bySlot = new int[slots];
        counts = new int[Verdict.COUNT];
    }

    /** The same, with paths of the same numbers. */
    Verdicts(Verdicts other, PathTable paths) {
        this.paths = paths;
        bySlot = other.bySlot.clone();
        counts = other.counts.clone();
        told = other.told;
    }

    int of(int slot) {
        return slot < bySlot.length ? bySlot[slot] : Verdict.NOTHING;
    }

    /** Slots are below this. */
    int bound() {
        return bySlot.length;
    }

    /** @param slots numbers of slots are below this */
    void set(int slot, int verdict, int slots) {
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(2 * bySlot.length, slots));
        }
        int before = bySlot[slot];
        bySlot[slot] = verdict;
        count(before, -1);
        count(verdict, 1);
    }

    private void count(int verdict, int by) {
        if (!Verdict.isTold(verdict)) {
            counts[-verdict] += by;
            return;
        }
        told += by;
        if (by > 0) {
            paths.use(verdict);
        } else {
            paths.drop(verdict);
        }
    }

    /** How many slots have a path. */
    int told() {
        return told;
    }

    int filtered() {
        return counts[-Verdict.FILTERED];
    }

    /** Adds how many are held back, by reason. */
    void heldBack(Terms terms, Map<String, Integer> kinds) {
        for (int verdict : Verdict.HELD_BACK) {
            if (counts[-verdict] > 0) {
                kinds.merge(Verdict.kind(verdict, terms), counts[-verdict], Integer::sum);
            }
        }
    }
}
