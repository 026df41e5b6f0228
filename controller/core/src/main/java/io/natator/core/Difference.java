package io.natator.core;

import io.natator.model.compile.Announcement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What came to a set of announcements, and what left it.
 *
 * @param added in the order of the new set
 * @param removed in the order of the old one
 */
record Difference(List<Announcement> added, List<Announcement> removed) {
    Difference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** Quick where little differs and the order is the same: only what is between equal ends is looked up. */
    static Difference between(List<Announcement> before, List<Announcement> after) {
        int most = Math.min(before.size(), after.size());
        int head = 0;
        while (head < most && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Announcement> old = before.subList(head, before.size() - tail);
        List<Announcement> now = after.subList(head, after.size() - tail);
        return new Difference(without(now, old), without(old, now));
    }

    private static List<Announcement> without(List<Announcement> all, List<Announcement> others) {
        Set<Announcement> known = new HashSet<>(others);
        List<Announcement> rest = new ArrayList<>();
        for (Announcement one : all) {
            if (!known.contains(one)) {
                rest.add(one);
            }
        }
        return rest;
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }
}
