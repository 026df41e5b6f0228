package io.natator.model.peering;

import java.util.List;
import java.util.OptionalLong;
import org.onlab.packet.IpPrefix;

/**
 * What the neighbour is told of what is announced, and how. Whatever it says, nothing is told that is not the
 * announcement of a proved translation.
 *
 * @param allowed empty: all
 * @param communities added to those of the announcement
 * @param med MULTI_EXIT_DISC of routes whose announcement has none, 0 to 4294967295
 * @param localPreference LOCAL_PREF towards our own AS, 0 to 4294967295; 100 if empty
 * @param prepend how many more times our AS number leads the path, 0 to 16; outside our own AS only
 * @param maxRoutes what is beyond is held back
 */
public record ExportPolicy(
        List<PrefixRange> allowed,
        List<Community> communities,
        OptionalLong med,
        OptionalLong localPreference,
        int prepend,
        int maxRoutes) {
    /** A full set of host routes. */
    public static final int MAX_ROUTES = 1_048_576;

    public static final ExportPolicy DEFAULT =
            new ExportPolicy(List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(), 0, MAX_ROUTES);

    public ExportPolicy {
        allowed = List.copyOf(allowed);
        communities = List.copyOf(communities);
    }

    /** True if the neighbour may be told {@code prefix}. */
    public boolean allows(IpPrefix prefix) {
        return allowed.isEmpty() || allowed.stream().anyMatch(r -> r.matches(prefix));
    }
}
