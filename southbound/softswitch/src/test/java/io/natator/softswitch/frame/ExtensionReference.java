package io.natator.softswitch.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** IPV6_EXTHDR by trying all readings: destination options have two places in the order, every other header one. */
final class ExtensionReference {
    private static final List<Integer> ORDER = List.of(0, 60, 43, 44, 51, 50);
    private static final int LAST = ORDER.size();

    private ExtensionReference() {}

    /** @param chain types of the headers in order, the upper protocol too */
    static int flags(List<Integer> chain) {
        int flags = 0;
        for (int type : chain) {
            flags |= switch (type) {
                case 59 -> 1;
                case 50 -> 1 << 1;
                case 51 -> 1 << 2;
                case 60 -> 1 << 3;
                case 44 -> 1 << 4;
                case 43 -> 1 << 5;
                case 0 -> 1 << 6;
                default -> 0;
            };
        }
        List<Integer> known = chain.stream().filter(ORDER::contains).toList();
        if (known.stream().anyMatch(t -> Collections.frequency(known, t) > (t == 60 ? 2 : 1))) {
            flags |= 1 << 7;
        }
        return canBeInOrder(known) ? flags : flags | 1 << 8;
    }

    private static boolean canBeInOrder(List<Integer> chain) {
        int first = chain.indexOf(60);
        return inOrder(chain, -1) || inOrder(chain, first);
    }

    /** With the destination options at index {@code early} in their first place and all others in their last. */
    private static boolean inOrder(List<Integer> chain, int early) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            ranks.add(chain.get(i) == 60 && i != early ? LAST : ORDER.indexOf(chain.get(i)));
        }
        return ranks.equals(ranks.stream().sorted().toList());
    }
}
