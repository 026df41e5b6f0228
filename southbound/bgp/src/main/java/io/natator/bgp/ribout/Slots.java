package io.natator.bgp.ribout;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;

/** Gives numbers, as small as can be, and finds what has them. */
final class Slots<S extends Slot> {
    private final List<S> byNumber = new ArrayList<>();
    private final IntArrayList free = new IntArrayList();

    void add(S slot) {
        if (free.isEmpty()) {
            slot.number(byNumber.size());
            byNumber.add(slot);
        } else {
            slot.number(free.popInt());
            byNumber.set(slot.number(), slot);
        }
    }

    void remove(S slot) {
        byNumber.set(slot.number(), null);
        free.pushInt(slot.number());
    }

    S get(int number) {
        return byNumber.get(number);
    }

    /** All numbers that were ever given are below this. */
    int bound() {
        return byNumber.size();
    }
}
