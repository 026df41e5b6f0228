package io.natator.softswitch.table;

import java.util.Arrays;

/** Rules by when they may end: a heap whose members know their place, so that they leave it with their rule. */
final class Expiry {
    private Rule[] heap = new Rule[16];
    private int size;

    /** When the next rule is due; {@link Long#MAX_VALUE} if none is. */
    long next() {
        return size == 0 ? Long.MAX_VALUE : heap[0].due;
    }

    /** The rule that is due first; null if there is none. */
    Rule first() {
        return heap[0];
    }

    void add(Rule rule) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        rule.due = rule.ends();
        put(size++, rule);
        up(rule.heapIndex);
    }

    /** Looks again when this rule ends. */
    void again(Rule rule) {
        rule.due = rule.ends();
        down(rule.heapIndex);
        up(rule.heapIndex);
    }

    void remove(Rule rule) {
        int at = rule.heapIndex;
        rule.heapIndex = -1;
        Rule moved = heap[--size];
        heap[size] = null;
        if (moved != rule) {
            put(at, moved);
            down(at);
            up(moved.heapIndex);
        }
    }

    private void put(int at, Rule rule) {
        heap[at] = rule;
        rule.heapIndex = at;
    }

    private void up(int from) {
        Rule rule = heap[from];
        int at = from;
        while (at > 0 && heap[(at - 1) / 2].due > rule.due) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, rule);
    }

    private void down(int from) {
        Rule rule = heap[from];
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].due < heap[child].due) {
                child++;
            }
            if (heap[child].due >= rule.due) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, rule);
    }
}
