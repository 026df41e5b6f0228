package io.natator.bgp.ribout;

import io.natator.bgp.codec.Communities;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;

/**
 * What routes of one kind share; few of them, whatever the number of routes.
 *
 * @param med MULTI_EXIT_DISC, unsigned 32 bits
 * @param draining about to be withdrawn (RFC 8326)
 */
public record Path(IpAddress nextHop, Communities communities, OptionalLong med, boolean draining) {
    public Path(IpAddress nextHop, Communities communities) {
        this(nextHop, communities, OptionalLong.empty(), false);
    }
}
