package io.natator.hostroute;

import io.natator.model.intent.Announce;
import java.util.Comparator;
import java.util.List;
import org.onlab.packet.IpAddress;

/** All that announcements share besides the prefix; blocks are merged only within one offer. */
record Offer(IpAddress nextHop, List<String> communities, List<String> neighbors) {
    /** Any order does, as long as it is always the same. */
    static final Comparator<Offer> ORDER = Comparator.comparing(Offer::nextHop)
            .thenComparing(offer -> String.join(",", offer.communities))
            .thenComparing(offer -> String.join(",", offer.neighbors));

    static Offer of(IpAddress nextHop, Announce policy) {
        return new Offer(
                nextHop,
                policy.communities().stream().distinct().sorted().toList(),
                policy.neighbors().stream().distinct().sorted().toList());
    }
}
