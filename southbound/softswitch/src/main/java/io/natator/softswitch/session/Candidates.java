package io.natator.softswitch.session;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Addresses of a pool, by number, that may have something to give: one by chance is found at once, however few are left, so that a
 * packet need not look at all. One that had nothing is left out until something comes back. One that may have something again without
 * anybody saying so waits, and is looked at again when its turn comes.
 */
final class Candidates {
    /** Addresses that one packet may look at. */
    static final int LOOKS = 16;

    private final int size;
    private final BitSet open = new BitSet();
    private final BitSet waiting = new BitSet();
    /** Where those that wait are looked at next. */
    private int turn;

    private long looks;

    /** @param all of these addresses are candidates, or else none */
    Candidates(int size, boolean all) {
        this.size = size;
        open.set(0, size, all);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** One of them, to be looked at; −1 if there is none. */
    int any(SplittableRandom random) {
        return open.isEmpty() ? -1 : from(random.nextInt(size));
    }

    /** The one behind another, round and round; −1 if there is none. */
    int next(int place) {
        return open.isEmpty() ? -1 : from(place + 1);
    }

    private int from(int start) {
        looks++;
        int place = open.nextSetBit(start);
        return place >= 0 ? place : open.nextSetBit(0);
    }

    /** Whether an address is one of them from now on. */
    void set(int place, boolean is) {
        open.set(place, is);
        waiting.clear(place);
    }

    /** Something of an address came back. */
    void reopen(int place) {
        if (!waiting.get(place)) {
            open.set(place);
        }
    }

    /** An address cannot be had now; nobody will say when it can. */
    void defer(int place) {
        open.clear(place);
        waiting.set(place);
    }

    boolean anyWaits() {
        return !waiting.isEmpty();
    }

    /** Looks again at some that wait. */
    void lookAgain(IntPredicate canBeHad) {
        for (int i = 0; i < LOOKS && anyWaits(); i++) {
            int place = waiting.nextSetBit(turn);
            if (place < 0) {
                place = waiting.nextSetBit(0);
            }
            turn = place + 1;
            looks++;
            if (canBeHad.test(place)) {
                set(place, true);
            }
        }
    }

    /** How often an address was looked at. */
    long looks() {
        return looks;
    }
}
