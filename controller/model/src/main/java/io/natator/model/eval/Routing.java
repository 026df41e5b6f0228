package io.natator.model.eval;

import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Outcome.Cause;
import io.natator.model.eval.Outcome.Drop;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Packet.Ip;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** The router in the evaluator: longest prefix of resolved hosts, on-link prefixes and routes. */
final class Routing {
    private final List<ResolvedPort> ports;
    private final List<Route> routes;
    private final Map<IpAddress, MacAddress> nextHops;

    Routing(List<ResolvedPort> ports, List<Route> routes, Map<IpAddress, MacAddress> nextHops) {
        this.ports = ports;
        this.routes = routes;
        this.nextHops = Map.copyOf(nextHops);
    }

    boolean isGateway(IpAddress address) {
        return gateways().stream().anyMatch(g -> g.address().equals(address));
    }

    /** Some on-link prefix or route holds {@code address}. */
    boolean routable(IpAddress address) {
        return longest(address) >= 0;
    }

    /** Packets to {@code address} leave by an inside port. */
    boolean leadsInside(IpAddress address) {
        int longest = longest(address);
        Optional<ResolvedPort> port = onLink(address, longest)
                ? link(address)
                : route(address, longest).flatMap(r -> link(r.nextHop()));
        return port.filter(p -> p.side() == Side.INSIDE).isPresent();
    }

    /** {@code address} is of a host on the link of {@code port} whose MAC is known. */
    boolean leadsTo(ResolvedPort port, IpAddress address) {
        return nextHops.containsKey(address)
                && !isGateway(address)
                && link(address).equals(Optional.of(port));
    }

    private boolean onLink(IpAddress address, int length) {
        return gateways().stream().anyMatch(g -> is(g.onLink(), length, address));
    }

    private Optional<Route> route(IpAddress address, int length) {
        return routes.stream().filter(r -> is(r.prefix(), length, address)).findFirst();
    }

    Outcome forward(Ip packet) {
        IpAddress dst = packet.dst();
        if (isGateway(dst)) {
            return new Outcome.Dropped(Drop.TRANSLATED_TO_GATEWAY);
        }
        Optional<ResolvedPort> link = link(dst);
        if (link.isPresent() && nextHops.containsKey(dst)) {
            return send(packet, link.get(), nextHops.get(dst));
        }
        int longest = longest(dst);
        if (longest < 0) {
            return new Outcome.Dropped(Drop.NO_ROUTE);
        }
        if (onLink(dst, longest)) {
            return new Outcome.Controlled(packet, Cause.UNRESOLVED);
        }
        IpAddress nextHop = route(dst, longest).orElseThrow().nextHop();
        Optional<ResolvedPort> via = link(nextHop);
        return via.isPresent() && nextHops.containsKey(nextHop)
                ? send(packet, via.get(), nextHops.get(nextHop))
                : new Outcome.Dropped(Drop.NEXT_HOP_UNRESOLVED);
    }

    private int longest(IpAddress address) {
        int longest = -1;
        for (Gateway gateway : gateways()) {
            if (Addresses.in(gateway.onLink(), address)) {
                longest = Math.max(longest, gateway.onLink().prefixLength());
            }
        }
        for (Route route : routes) {
            if (Addresses.in(route.prefix(), address)) {
                longest = Math.max(longest, route.prefix().prefixLength());
            }
        }
        return longest;
    }

    private static boolean is(IpPrefix prefix, int length, IpAddress address) {
        return prefix.prefixLength() == length && Addresses.in(prefix, address);
    }

    private Optional<ResolvedPort> link(IpAddress address) {
        return ports.stream()
                .filter(p -> p.config().gateways().stream().anyMatch(g -> Addresses.in(g.onLink(), address)))
                .findFirst();
    }

    private List<Gateway> gateways() {
        return ports.stream().flatMap(p -> p.config().gateways().stream()).toList();
    }

    private static Outcome send(Ip p, ResolvedPort port, MacAddress mac) {
        if (p.ttl() <= 1) {
            // Where the device cannot match it, nobody is told.
            return new Outcome.Dropped(Drop.TTL_EXCEEDED);
        }
        return new Outcome.Sent(
                new Ip(port.mac(), mac, p.src(), p.dst(), p.ttl() - 1, p.protocol(), p.srcPort(), p.dstPort()),
                port.number());
    }
}
