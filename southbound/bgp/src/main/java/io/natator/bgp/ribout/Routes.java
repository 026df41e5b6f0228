package io.natator.bgp.ribout;

import io.natator.bgp.codec.Communities;
import io.natator.bgp.codec.EncodedAttributes;
import io.natator.bgp.codec.Family;
import io.natator.model.compile.Announcement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/**
 * The complete set of routes for one neighbour: one path a prefix, for BGP without ADD-PATH tells no more.
 *
 * @param paths in the order in which they are announced
 * @param refused announcements that cannot be told, and why; at most {@link #MAX_REFUSED} of them
 * @param refusals how many there are
 * @param shadowed announcements of a prefix that another announcement already covers
 */
public record Routes(Map<IpPrefix, Path> paths, List<String> refused, int refusals, int shadowed) {
    /** Enough to see what is wrong. */
    static final int MAX_REFUSED = 10;

    /** In octets; leaves room for the other attributes. */
    private static final int MAX_COMMUNITIES = EncodedAttributes.MAX_OCTETS - 64;

    public static final Routes NONE = new Routes(Map.of(), List.of(), 0, 0);

    /**
     * Those of {@code announcements} that {@code neighbor} is to hear. Of several for one prefix the first counts.
     *
     * @param neighbor id
     */
    public static Routes of(List<Announcement> announcements, String neighbor) {
        Map<IpPrefix, Path> paths = LinkedHashMap.newLinkedHashMap(announcements.size());
        Map<Path, Path> shared = new HashMap<>();
        Map<List<String>, Optional<Communities>> parsed = new HashMap<>();
        List<String> refused = new ArrayList<>();
        int refusals = 0;
        int shadowed = 0;
        for (Announcement announcement : announcements) {
            if (!announcement.neighbors().isEmpty() && !announcement.neighbors().contains(neighbor)) {
                continue;
            }
            Optional<Communities> communities = parsed.computeIfAbsent(announcement.communities(), Communities::parse);
            String problem = problem(announcement, communities);
            if (!problem.isEmpty()) {
                if (refusals++ < MAX_REFUSED) {
                    refused.add(announcement.prefix() + ": " + problem);
                }
                continue;
            }
            Path path = new Path(announcement.nextHop(), communities.orElseThrow());
            if (paths.putIfAbsent(announcement.prefix(), shared.computeIfAbsent(path, same -> same)) != null) {
                shadowed++;
            }
        }
        return new Routes(Collections.unmodifiableMap(paths), List.copyOf(refused), refusals, shadowed);
    }

    /** A route that would lose a community may travel further than it should, so it is not announced at all. */
    private static String problem(Announcement announcement, Optional<Communities> communities) {
        if (announcement.nextHop().version() != announcement.prefix().version()) {
            return "next hop " + announcement.nextHop() + " is of another family";
        }
        if (communities.isEmpty()) {
            return "communities " + announcement.communities() + " are not all of the form 65000:100 or 65000:1:2";
        }
        if (communities.get().octets() > MAX_COMMUNITIES) {
            return announcement.communities().size() + " communities do not fit into an UPDATE";
        }
        return "";
    }

    /** How many are of a family. */
    public long count(Family family) {
        return paths.keySet().stream()
                .filter(prefix -> Family.of(prefix) == family)
                .count();
    }
}
