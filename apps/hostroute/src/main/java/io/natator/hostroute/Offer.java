package io.natator.hostroute;

import io.natator.model.compile.Announcement;
import io.natator.model.intent.Announce;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * All that announcements share besides the prefix; blocks are merged only within one offer.
 *
 * @param force not subject to route-origin validation
 * @param leaving about to be withdrawn
 */
record Offer(
        IpAddress nextHop,
        List<String> communities,
        OptionalLong med,
        List<String> neighbors,
        boolean force,
        boolean leaving) {
    /** What stays before what leaves; else any order does, as long as it is always the same. */
    static final Comparator<Offer> ORDER = Comparator.comparing(Offer::leaving)
            .thenComparing(Offer::nextHop)
            .thenComparing(offer -> String.join(",", offer.communities))
            .thenComparingLong(offer -> offer.med.orElse(-1))
            .thenComparing(offer -> String.join(",", offer.neighbors))
            .thenComparing(Offer::force);

    static Offer of(IpAddress nextHop, Announce policy, boolean leaving) {
        return new Offer(
                nextHop,
                policy.communities().stream().distinct().sorted().toList(),
                policy.med(),
                policy.neighbors().stream().distinct().sorted().toList(),
                policy.force(),
                leaving);
    }

    Announcement announce(IpPrefix prefix, List<String> translations) {
        Announcement announcement = new Announcement(prefix, nextHop, communities, med, false, neighbors, translations);
        return leaving ? announcement.drained() : announcement;
    }
}
