package io.natator.model.validate;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onlab.packet.IpAddress;

/** Checks what a device knows of the networks around it: gateways, routes, next hops. */
final class DeviceRoutingCheck {
    private final Device candidate;
    private final List<Violation> violations = new ArrayList<>();

    DeviceRoutingCheck(Device candidate) {
        this.candidate = candidate;
    }

    List<Violation> violations() {
        if (candidate.mode() == Device.Mode.ROUTED) {
            gateways();
            routes();
        } else {
            for (int i = 0; i < candidate.routes().size(); i++) {
                add("routes[" + i + "]", onlyRouted(candidate.mode()));
            }
        }
        nextHops();
        return List.copyOf(violations);
    }

    /** What is said of what only ROUTED devices have. */
    static String onlyRouted(Device.Mode mode) {
        return "the device is " + mode + ": leave it out, or set mode to ROUTED";
    }

    private void gateways() {
        Map<IpAddress, String> claimed = new HashMap<>();
        List<OnLink> links = new ArrayList<>();
        for (int i = 0; i < candidate.ports().size(); i++) {
            DevicePort port = candidate.ports().get(i);
            Map<Boolean, Gateway> families = new HashMap<>();
            if (port.side() == Side.SERVICE && !port.gateways().isEmpty()) {
                add("ports[" + i + "].gateways", "a SERVICE port has no gateways: leave them out");
            }
            for (int j = 0; j < port.gateways().size(); j++) {
                String field = "ports[" + i + "].gateways[" + j + "]";
                Gateway gateway = port.gateways().get(j);
                gatewayAddress(field, gateway);
                Gateway first = families.putIfAbsent(gateway.address().isIp4(), gateway);
                if (first != null) {
                    add(
                            field,
                            "port " + port.port() + " has two " + Blocks.family(gateway.address()) + " gateways, "
                                    + first.address() + " and " + gateway.address() + ": keep one a family");
                }
                String other = claimed.putIfAbsent(gateway.address(), port.port());
                if (other != null && !other.equals(port.port())) {
                    add(
                            field,
                            gateway.address() + " is also a gateway of port " + other
                                    + ": an address belongs to one port; choose another");
                } else {
                    overlappingLinks(field, port, gateway, links);
                }
                links.add(new OnLink(port.port(), gateway));
            }
        }
    }

    private record OnLink(String port, Gateway gateway) {}

    private void overlappingLinks(String field, DevicePort port, Gateway gateway, List<OnLink> links) {
        for (OnLink link : links) {
            if (!link.port.equals(port.port()) && Blocks.overlap(link.gateway.onLink(), gateway.onLink())) {
                add(
                        field,
                        gateway.onLink() + " overlaps " + link.gateway.onLink() + " of port " + link.port
                                + ": a prefix is on one link only; choose disjoint ones");
            }
        }
    }

    private void gatewayAddress(String field, Gateway gateway) {
        Blocks.special(gateway.address().toIpPrefix())
                .ifPresent(
                        what -> add(field, gateway.address() + " is one of the " + what + ": write a unicast address"));
        int width = gateway.address().isIp4() ? 32 : 128;
        int length = gateway.onLink().prefixLength();
        if (width == 32 && length <= 30 && length > 0) {
            long last = (1L << (32 - length)) - 1;
            long host = Integer.toUnsignedLong(gateway.address().getIp4Address().toInt()) & last;
            if (host == 0 || host == last) {
                add(
                        field,
                        gateway.address() + " is the " + (host == 0 ? "network" : "broadcast") + " address of "
                                + gateway.onLink() + ": choose a host address in it");
            }
        }
    }

    private void routes() {
        for (int i = 0; i < candidate.routes().size(); i++) {
            Route route = candidate.routes().get(i);
            String field = "routes[" + i + "]";
            if (route.prefix().isIp4() != route.nextHop().isIp4()) {
                add(
                        field + ".next_hop",
                        route.nextHop() + " is " + Blocks.family(route.nextHop()) + " but prefix " + route.prefix()
                                + " is " + Blocks.family(route.prefix()) + ": write a next hop of that family");
            } else if (gatewaysOfAllPorts().stream().anyMatch(g -> g.address().equals(route.nextHop()))) {
                add(field + ".next_hop", route.nextHop() + " is a gateway of this device: name another router");
            } else if (gatewaysOfAllPorts().stream().noneMatch(g -> Blocks.contains(g.onLink(), route.nextHop()))) {
                add(
                        field + ".next_hop",
                        route.nextHop() + " is in no gateway's prefix: name a router on one of the links, or add a"
                                + " gateway with its prefix to the port that leads to it");
            }
            for (int j = 0; j < i; j++) {
                if (candidate.routes().get(j).prefix().equals(route.prefix())) {
                    add(field + ".prefix", route.prefix() + " has a route already: keep one");
                }
            }
        }
    }

    private void nextHops() {
        Set<Boolean> families = new HashSet<>();
        for (int i = 0; i < candidate.nextHops().size(); i++) {
            IpAddress nextHop = candidate.nextHops().get(i);
            String field = "next_hops[" + i + "]";
            Blocks.special(nextHop.toIpPrefix())
                    .ifPresent(what -> add(field, nextHop + " is one of the " + what + ": write a unicast address"));
            if (!families.add(nextHop.isIp4())) {
                add(field, "there are two " + Blocks.family(nextHop) + " next hops: keep one a family");
            }
        }
    }

    private List<Gateway> gatewaysOfAllPorts() {
        return candidate.ports().stream().flatMap(p -> p.gateways().stream()).toList();
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
