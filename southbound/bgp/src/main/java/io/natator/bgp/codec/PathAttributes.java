package io.natator.bgp.codec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;

/**
 * Path attributes that Natator reads and writes (RFC 4271, section 5).
 *
 * @param origin 0 IGP, 1 EGP, 2 INCOMPLETE
 * @param nextHop NEXT_HOP, or the global one of MP_REACH_NLRI
 * @param med MULTI_EXIT_DISC, unsigned 32 bits
 * @param localPref LOCAL_PREF, unsigned 32 bits
 */
public record PathAttributes(
        int origin,
        List<AsSegment> asPath,
        Optional<IpAddress> nextHop,
        OptionalLong med,
        OptionalLong localPref,
        Communities communities) {
    public PathAttributes {
        asPath = List.copyOf(asPath);
    }
}
