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
 * @param link SERVICE: the other end; empty of other ports
 */
public record DevicePort(
        String port,
        Side side,
        Optional<String> peer,
        List<Gateway> gateways,
        Optional<MacAddress> mac,
        Optional<Link> link) {

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

    /**
     * Where a SERVICE port leads.
     *
     * @param device id of the software switch
     * @param port of the software switch: its name, or its OpenFlow number in decimal
     */
    public record Link(String device, String port) {}

    public DevicePort {
        gateways = List.copyOf(gateways);
    }

    /** An INSIDE or OUTSIDE port. */
    public DevicePort(String port, Side side, Optional<String> peer, List<Gateway> gateways, Optional<MacAddress> mac) {
        this(port, side, peer, gateways, mac, Optional.empty());
    }

    /** A SERVICE port. */
    public static DevicePort service(String port, String device, String devicePort) {
        return new DevicePort(
                port,
                Side.SERVICE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(new Link(device, devicePort)));
    }
}
