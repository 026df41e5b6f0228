package io.natator.hostroute;

import java.util.ArrayList;
import java.util.List;

/** The fewest blocks that hold just the addresses of given ones. There is only one such set. */
final class CoveringSet {
    private CoveringSet() {}

    /**
     * @param sorted of one family, in order; may overlap
     * @return disjoint, in order
     */
    static List<Block> of(List<Block> sorted) {
        List<Block> covering = new ArrayList<>();
        for (Block block : sorted) {
            if (!covering.isEmpty() && covering.getLast().contains(block)) {
                continue;
            }
            covering.add(block);
            while (covering.size() > 1 && covering.getLast().completes(covering.get(covering.size() - 2))) {
                covering.removeLast();
                covering.add(covering.removeLast().parent());
            }
        }
        return covering;
    }
}
