package io.natator.softswitch.session;

import java.util.Arrays;
import java.util.BitSet;

/** Blocks of ports of one outside address: which are whose. Those of one host are a chain. */
final class Blocks {
    static final Blocks NONE = new Blocks(0);

    /** Of each one: ports in use of all protocols. */
    private final int[] use;
    /** Of each one: the next and the last of the same host, −1 at the ends. */
    private final int[] next;

    private final int[] before;
    private final BitSet free = new BitSet();
    private int taken;

    Blocks(int count) {
        use = new int[count];
        next = new int[count];
        before = new int[count];
        Arrays.fill(next, -1);
        Arrays.fill(before, -1);
        free.set(0, count);
    }

    int count() {
        return use.length;
    }

    /** The first one from a number on that is nobody's; −1 if there is none. */
    int nextFree(int from) {
        return free.nextSetBit(from);
    }

    /** Takes one that is nobody's, and puts it before the first of its host; −1: it is the first. */
    void take(int block, int first) {
        free.clear(block);
        taken++;
        next[block] = first;
        before[block] = -1;
        if (first >= 0) {
            before[first] = block;
        }
    }

    /** It is nobody's any more, and in no chain. */
    void free(int block) {
        if (next[block] >= 0) {
            before[next[block]] = before[block];
        }
        if (before[block] >= 0) {
            next[before[block]] = next[block];
        }
        free.set(block);
        taken--;
    }

    int next(int block) {
        return next[block];
    }

    /** Ports in use of a block. */
    int use(int block) {
        return use[block];
    }

    void use(int block, int by) {
        use[block] += by;
    }

    int taken() {
        return taken;
    }
}
