package io.natator.model.intent;

import java.time.Duration;
import java.util.List;
import org.onlab.packet.IpAddress;

/**
 * What the user says of a switch.
 *
 * @param id what follows {@code devices/} in the name
 * @param datapathId OpenFlow datapath id
 * @param mode how a translated packet leaves it
 * @param profile what rules may use
 * @param ports the ports that Natator handles; others are left alone; none of a software switch that only serves others
 * @param routes ROUTED: where to send what no gateway's prefix contains
 * @param nextHops next hops offered to BGP neighbours, at most one a family
 * @param hold how long routes stay announced after the connection is lost
 * @param drain how long removed translations drain at most
 */
public record Device(
        String id,
        long datapathId,
        Mode mode,
        Profile profile,
        List<DevicePort> ports,
        List<Route> routes,
        List<IpAddress> nextHops,
        Duration hold,
        Duration drain) {

    /** How a translated packet leaves the device. */
    public enum Mode {
        TRANSPARENT,
        ROUTED,
        NORMAL
    }

    /** What rules may use. */
    public enum Profile {
        /** As discovered. */
        AUTO,
        /** OpenFlow 1.3 with exact set-field, whatever the device claims. */
        EXACT
    }

    public Device {
        ports = List.copyOf(ports);
        routes = List.copyOf(routes);
        nextHops = List.copyOf(nextHops);
    }

    /** It has hosts and a network of its own, and does not only serve other devices. */
    public boolean translates() {
        return !ports.isEmpty();
    }
}
