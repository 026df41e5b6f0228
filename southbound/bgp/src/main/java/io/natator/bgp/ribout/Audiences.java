package io.natator.bgp.ribout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All that announcements were meant for so far. */
final class Audiences {
    private final Map<List<String>, Audience> byNeighbors = new HashMap<>();
    private final List<Audience> all = new ArrayList<>();
    private final Consumer<Audience> onNew;

    /** @param onNew called with each that was not there before, before anything is announced to it */
    Audiences(Consumer<Audience> onNew) {
        this.onNew = onNew;
    }

    Audience of(List<String> neighbors) {
        Audience known = byNeighbors.get(neighbors);
        if (known != null) {
            return known;
        }
        Audience added = new Audience(all.size(), neighbors);
        all.add(added);
        byNeighbors.put(List.copyOf(neighbors), added);
        onNew.accept(added);
        return added;
    }

    /** Numbers of those that a neighbour belongs to. */
    BitSet of(String neighbor) {
        BitSet numbers = new BitSet();
        for (Audience audience : all) {
            if (audience.includes(neighbor)) {
                numbers.set(audience.number());
            }
        }
        return numbers;
    }

    List<Audience> all() {
        return all;
    }
}
