package io.natator.bgp.codec;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/**
 * UPDATE as received (RFC 4271, section 4.3; RFC 4760), after what RFC 7606 has to say.
 *
 * @param withdrawn prefixes of any family that the neighbour no longer has, also those of a route that is treated
 *     as withdrawn
 * @param announced prefixes that it has with {@code attributes}
 * @param attributes of what is announced; empty if nothing is
 * @param endOfRib the message was the End-of-RIB marker of that family (RFC 4724, section 2)
 * @param withdrawnBecause why announced routes were treated as withdrawn; empty if they were not
 * @param discarded attributes that were ignored for being malformed
 */
public record Update(
        List<IpPrefix> withdrawn,
        List<IpPrefix> announced,
        Optional<PathAttributes> attributes,
        Optional<Family> endOfRib,
        String withdrawnBecause,
        int discarded)
        implements Message {}
