package io.natator.model.intent;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/**
 * The role of one port.
 *
 * @param port its name, or its OpenFlow number in decimal
 * @param side where it leads
 * @param peer TRANSPARENT: {@code port} of the other end of the wire; empty if there is one port a side
 * @param gateways ROUTED: virtual gateway addresses, at most one a family
 * @param mac ROUTED: MAC of the virtual gateways; derived from datapath and port number if empty
 */
public record DevicePort(
        String port, Side side, Optional<String> peer, List<Gateway> gateways, Optional<MacAddress> mac) {

    /** Where a port leads. */
    public enum Side {
        INSIDE,
        OUTSIDE,
        /** To a software switch. */
        SERVICE
    }

    /**
     * A virtual gateway.
     *
     * @param address its own address
     * @param onLink the prefix that is reached without a next hop through this port
     */
    public record Gateway(IpAddress address, IpPrefix onLink) {}

    public DevicePort {
        gateways = List.copyOf(gateways);
    }
}
