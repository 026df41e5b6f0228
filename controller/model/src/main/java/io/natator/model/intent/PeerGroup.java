package io.natator.model.intent;

import io.natator.model.peering.Peering;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * What several BGP neighbours have in common, and which addresses may call without being configured one by one.
 *
 * @param id what follows {@code peerGroups/} in the name
 * @param dynamicPrefixes whoever calls from there is a neighbour; empty: nobody
 * @param maxDynamic most of them at a time
 * @param peering what sessions are to be like; AS numbers are zero where the group leaves them to its members
 */
public record PeerGroup(String id, List<IpPrefix> dynamicPrefixes, int maxDynamic, Peering peering) {
    public PeerGroup {
        dynamicPrefixes = List.copyOf(dynamicPrefixes);
    }

    /** True if {@code address} is a neighbour when it calls. */
    public boolean admits(IpAddress address) {
        return dynamicPrefixes.stream().anyMatch(p -> p.isIp4() == address.isIp4() && p.contains(address));
    }

    /**
     * The neighbour that {@code address} is. It is never called, whatever the group says.
     *
     * @return with the id {@code GROUP-ADDRESS}, dots and colons as hyphens: {@code tor-10-0-0-7}
     */
    public Neighbor dynamic(IpAddress address) {
        String suffix = address.toString().replace('.', '-').replace(':', '-');
        // Ids end with a letter or digit.
        String memberId = id + "-" + (suffix.endsWith("-") ? suffix + "0" : suffix);
        return new Neighbor(
                memberId,
                address,
                179,
                Optional.of(id),
                peering.with(peering.transport().waiting()));
    }
}
