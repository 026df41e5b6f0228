package io.natator.bgp.ribout;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.agrona.collections.IntArrayList;

/**
 * Slots that are told at once, in the order in which they are. What is new goes with the longest prefixes first: an exception is
 * there before its block goes elsewhere. What is gone goes with the shortest first: an exception to a block is
 * there as long as the block is. Of one length, those that share their attributes follow one another, so that UPDATEs are full.
 */
final class InOrder {
    private final Map<Integer, Map<Integer, IntArrayList>> byLength;
    private int lastLength = -1;
    private Map<Integer, IntArrayList> last = Map.of();

    private InOrder(Comparator<Integer> lengths) {
        byLength = new TreeMap<>(lengths);
    }

    static InOrder longestFirst() {
        return new InOrder(Comparator.reverseOrder());
    }

    static InOrder shortestFirst() {
        return new InOrder(Comparator.naturalOrder());
    }

    void add(Slot slot, int path) {
        int length = slot.prefix().prefixLength();
        if (length != lastLength) {
            last = byLength.computeIfAbsent(length, l -> new LinkedHashMap<>());
            lastLength = length;
        }
        last.computeIfAbsent(path, p -> new IntArrayList()).addInt(slot.number());
    }

    void forEach(IntConsumer slot) {
        byLength.values().forEach(byPath -> byPath.values().forEach(same -> same.forEachInt(slot)));
    }
}
