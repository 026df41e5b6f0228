package io.natator.model.packet;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/**
 * Solicited-node multicast addresses (RFC 4291, section 2.7.1): {@code ff02::1:ff00:0/104} and the low 24 bits of
 * the address that is asked for. A translation that changes any of these 24 bits changes the group.
 */
public final class SolicitedNode {
    /**
     * Where solicitations to a changed group are sent: all nodes (RFC 2464, section 7), whom every host hears. The
     * group's own MAC would take a rewrite under a mask, which OpenFlow has not.
     */
    public static final MacAddress ALL_NODES = MacAddress.valueOf("33:33:00:00:00:01");

    private static final IpPrefix GROUPS = IpPrefix.valueOf("ff02::1:ff00:0/104");

    private SolicitedNode() {}

    /** A rewrite of {@code from} to {@code to} changes the groups of their addresses. */
    public static boolean differ(IpPrefix from, IpPrefix to) {
        return from.isIp6()
                && from.prefixLength() > GROUPS.prefixLength()
                && !groups(from).equals(groups(to));
    }

    /** The groups of the addresses of a prefix that is longer than 104 bits. */
    public static IpPrefix groups(IpPrefix prefix) {
        IpAddress address = Addresses.withNetwork(prefix.address(), GROUPS);
        return IpPrefix.valueOf(address, prefix.prefixLength());
    }
}
