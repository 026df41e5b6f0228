package io.natator.core;

import io.natator.model.compile.Announcement;
import io.natator.model.peering.AddressFamily;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onlab.packet.IpPrefix;

/** How many routes of one set of announcements each neighbour is told; counted once for all who are told the same. */
final class Meant {
    private record Key(String neighbor, Set<AddressFamily> families, Set<AddressFamily> addPath) {}

    private final List<Announcement> announced;
    private final boolean forAll;
    private final Map<Key, Long> counts = new HashMap<>();

    Meant(List<Announcement> announced) {
        this.announced = announced;
        this.forAll = announced.stream().allMatch(a -> a.neighbors().isEmpty());
    }

    /**
     * @param families that the session carries
     * @param addPath those of them of which all routes of a prefix are told
     */
    long count(String neighbor, Set<AddressFamily> families, Set<AddressFamily> addPath) {
        return counts.computeIfAbsent(new Key(forAll ? "" : neighbor, families, addPath), k -> count(neighbor, k));
    }

    private long count(String neighbor, Key key) {
        long count = 0;
        Set<IpPrefix> seen = new HashSet<>();
        for (Announcement one : announced) {
            AddressFamily family = AddressFamily.of(one.prefix());
            if (key.families().contains(family)
                    && Hearing.isFor(one, neighbor)
                    && (key.addPath().contains(family) || seen.add(one.prefix()))) {
                count++;
            }
        }
        return count;
    }
}
