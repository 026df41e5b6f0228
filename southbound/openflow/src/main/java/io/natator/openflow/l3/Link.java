package io.natator.openflow.l3;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.packet.Ethernet;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * The link by which a packet came, seen from the virtual router.
 *
 * @param port it came by
 * @param all ports of the device
 */
record Link(ResolvedPort port, List<ResolvedPort> all) {
    /** Null if no gateway is on {@code number}. */
    static Link of(List<ResolvedPort> ports, int number) {
        for (ResolvedPort port : ports) {
            if (port.number() == number && !port.config().gateways().isEmpty()) {
                return new Link(port, ports);
            }
        }
        return null;
    }

    /**
     * The link by which {@code frame} came first: what comes back from a software switch has still the MAC of the gateway
     * that it was sent to. Null if there is none.
     */
    static Link of(List<ResolvedPort> ports, int number, Ethernet frame) {
        boolean served = ports.stream().anyMatch(p -> p.number() == number && p.side() == Side.SERVICE);
        if (!served) {
            return of(ports, number);
        }
        return ports.stream()
                .filter(p -> !p.config().gateways().isEmpty() && p.mac().toLong() == frame.dst())
                .findFirst()
                .map(p -> new Link(p, ports))
                .orElse(null);
    }

    int number() {
        return port.number();
    }

    long mac() {
        return port.mac().toLong();
    }

    /** The gateway of a family on this link. */
    Optional<Gateway> gateway(boolean ip4) {
        return port.config().gateways().stream()
                .filter(g -> g.address().isIp4() == ip4)
                .findFirst();
    }

    boolean isGateway(IpAddress address) {
        return port.config().gateways().stream().anyMatch(g -> g.address().equals(address));
    }

    /** True if the address is that of any gateway of the device. */
    boolean isOwn(IpAddress address) {
        return all.stream()
                .flatMap(p -> p.config().gateways().stream())
                .anyMatch(g -> g.address().equals(address));
    }

    /** True if a host of this link may have the address. */
    boolean isNeighbor(IpAddress address) {
        return !isOwn(address)
                && port.config().gateways().stream()
                        .anyMatch(g -> g.address().isIp4() == address.isIp4()
                                && g.onLink().contains(address));
    }

    /** True if the address is on the link of any port. */
    boolean isOnAnyLink(IpAddress address) {
        return all.stream()
                .flatMap(p -> p.config().gateways().stream())
                .anyMatch(g ->
                        g.address().isIp4() == address.isIp4() && g.onLink().contains(address));
    }
}
