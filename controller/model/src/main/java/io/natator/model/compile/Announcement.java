package io.natator.model.compile;

import io.natator.model.peering.Community;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A prefix offered to BGP neighbours.
 *
 * @param nextHop of the prefix's family
 * @param communities as {@link Community#parse} reads them, sorted
 * @param med MULTI_EXIT_DISC; that of the neighbour's policy if empty
 * @param draining it is about to be withdrawn: carries GRACEFUL_SHUTDOWN, and LOCAL_PREF 0 within an AS whatever the
 *     neighbour's policy says (RFC 8326, section 4)
 * @param neighbors ids; empty means all
 * @param translations ids of those that it serves, sorted
 */
public record Announcement(
        IpPrefix prefix,
        IpAddress nextHop,
        List<String> communities,
        OptionalLong med,
        boolean draining,
        List<String> neighbors,
        List<String> translations) {
    public Announcement(
            IpPrefix prefix,
            IpAddress nextHop,
            List<String> communities,
            List<String> neighbors,
            List<String> translations) {
        this(prefix, nextHop, communities, OptionalLong.empty(), false, neighbors, translations);
    }

    /** The same as it is announced before it is withdrawn. */
    public Announcement drained() {
        List<String> marked = new ArrayList<>(communities);
        String mark = Community.Standard.GRACEFUL_SHUTDOWN.toString();
        if (!marked.contains(mark)) {
            marked.add(mark);
        }
        return new Announcement(prefix, nextHop, List.copyOf(marked), med, true, neighbors, translations);
    }

    /** The same for these neighbours only. */
    public Announcement to(List<String> only) {
        return new Announcement(prefix, nextHop, communities, med, draining, List.copyOf(only), translations);
    }
}
