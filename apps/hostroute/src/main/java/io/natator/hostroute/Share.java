package io.natator.hostroute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** A block and the translations that it serves. */
record Share(Block block, List<String> translations) {
    static final Comparator<Share> ORDER = Comparator.comparing(Share::block);

    /** The covering set of {@code parts}, each with the translations of the parts that it holds. */
    static List<Share> aggregate(List<Share> parts) {
        List<Share> sorted = new ArrayList<>(parts);
        sorted.sort(ORDER);
        List<Share> result = new ArrayList<>();
        int next = 0;
        for (Block block : CoveringSet.of(sorted.stream().map(Share::block).toList())) {
            int first = next;
            while (next < sorted.size() && block.contains(sorted.get(next).block())) {
                next++;
            }
            result.add(new Share(block, union(sorted.subList(first, next))));
        }
        return result;
    }

    /** {@code parts} in order, those of one block made one. */
    static List<Share> distinct(List<Share> parts) {
        List<Share> sorted = new ArrayList<>(parts);
        sorted.sort(ORDER);
        List<Share> result = new ArrayList<>(sorted.size());
        int next = 0;
        while (next < sorted.size()) {
            int first = next;
            Block block = sorted.get(first).block();
            while (next < sorted.size() && sorted.get(next).block().equals(block)) {
                next++;
            }
            result.add(next - first == 1 ? sorted.get(first) : new Share(block, union(sorted.subList(first, next))));
        }
        return result;
    }

    private static List<String> union(List<Share> shares) {
        if (shares.size() == 1) {
            return shares.getFirst().translations();
        }
        TreeSet<String> all = new TreeSet<>();
        shares.forEach(share -> all.addAll(share.translations()));
        return List.copyOf(all);
    }
}
