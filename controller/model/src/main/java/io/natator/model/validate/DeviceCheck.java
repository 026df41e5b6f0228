package io.natator.model.validate;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Link;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;

/** Checks one device. */
final class DeviceCheck {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Device candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    DeviceCheck(Device candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        Texts.id("name", candidate.id()).or(violations);
        datapathId();
        ports();
        serves();
        gateways();
        routes();
        nextHops();
        duration("hold", candidate.hold());
        duration("drain", candidate.drain());
        stored.translations().values().stream()
                .filter(t -> t.devices().contains(candidate.id()))
                .forEach(this::translation);
        sharedHosts();
        return List.copyOf(violations);
    }

    private void datapathId() {
        for (Device other : stored.devices().values()) {
            if (!other.id().equals(candidate.id()) && other.datapathId() == candidate.datapathId()) {
                add(
                        "datapath_id",
                        String.format(
                                Locale.ROOT,
                                "%016x is the datapath id of devices/%s: each datapath is one device",
                                candidate.datapathId(),
                                other.id()));
            }
        }
    }

    private void ports() {
        if (!candidate.translates()) {
            if (stored.translations().values().stream()
                    .anyMatch(t -> t.devices().contains(candidate.id()))) {
                add("ports", "lists no port: list at least one INSIDE and one OUTSIDE port");
            }
            return;
        }
        for (Side side : List.of(Side.INSIDE, Side.OUTSIDE)) {
            if (ports(side).isEmpty()) {
                add("ports", "lists no " + side + " port: list at least one INSIDE and one OUTSIDE port");
            }
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < candidate.ports().size(); i++) {
            DevicePort port = candidate.ports().get(i);
            if (!seen.add(port.port())) {
                add("ports[" + i + "].port", "port " + port.port() + " is listed twice: leave one out");
            }
            known("ports[" + i + "].port", port.port());
            peer(i, port);
            link(i, port);
            if (candidate.mode() != Device.Mode.ROUTED) {
                onlyRouted("ports[" + i + "].gateways", !port.gateways().isEmpty());
                onlyRouted("ports[" + i + "].mac", port.mac().isPresent());
            }
        }
        sameNumber();
    }

    private void known(String field, String name) {
        Capabilities capabilities = stored.capabilities().get(candidate.id());
        if (capabilities != null && capabilities.port(name).isEmpty()) {
            add(
                    field,
                    "the device has no port " + name + ": it has "
                            + capabilities.ports().stream()
                                    .map(p -> p.name() + " (" + p.number() + ")")
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** A port may be told by name in one place and by number in another. */
    private void sameNumber() {
        Capabilities capabilities = stored.capabilities().get(candidate.id());
        if (capabilities == null) {
            return;
        }
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < candidate.ports().size(); i++) {
            String name = candidate.ports().get(i).port();
            String field = "ports[" + i + "].port";
            capabilities.port(name).ifPresent(p -> {
                String before = names.putIfAbsent(p.number(), name);
                if (before != null && !before.equals(name)) {
                    add(field, "port " + name + " is the same port as " + before + ": leave one out");
                }
            });
        }
    }

    private void peer(int index, DevicePort port) {
        String field = "ports[" + index + "].peer";
        if (candidate.mode() != Device.Mode.TRANSPARENT || port.side() == Side.SERVICE) {
            if (port.peer().isPresent()) {
                add(field, "only INSIDE and OUTSIDE ports of a TRANSPARENT device have a peer: leave it out");
            }
            return;
        }
        Side opposite = port.side() == Side.INSIDE ? Side.OUTSIDE : Side.INSIDE;
        if (port.peer().isEmpty()) {
            if (ports(port.side()).size() > 1 || ports(opposite).size() > 1) {
                add(
                        field,
                        "port " + port.port() + " has no peer and there are several ports a side: name the " + opposite
                                + " port at the other end of its wire");
            }
            return;
        }
        String peer = port.peer().get();
        DevicePort other = candidate.ports().stream()
                .filter(p -> p.port().equals(peer))
                .findFirst()
                .orElse(null);
        if (other == null) {
            add(field, "unknown port " + peer + ": list it in ports, or name one of " + names(opposite));
        } else if (other.side() != opposite) {
            add(field, "port " + peer + " is " + other.side() + ": name one that is " + opposite);
        } else if (other.peer().isPresent() && !other.peer().get().equals(port.port())) {
            add(
                    field,
                    "port " + peer + " has peer " + other.peer().get() + ", not " + port.port()
                            + ": the two ends of a wire name each other");
        } else if (other.peer().isEmpty()
                && (ports(port.side()).size() > 1 || ports(opposite).size() > 1)) {
            add(field, "port " + peer + " does not name " + port.port() + ": the two ends of a wire name each other");
        }
    }

    /** SERVICE: the other end is a port of another device, which nobody else claims. */
    private void link(int index, DevicePort port) {
        if (port.link().isEmpty()) {
            return;
        }
        Link link = port.link().get();
        String field = "ports[" + index + "].software_switch";
        Device other = stored.devices().get(link.device());
        if (link.device().equals(candidate.id())) {
            add(field, "a device does not serve itself: what a software switch can do, it does without; leave it out");
            return;
        }
        if (other == null) {
            add(
                    field,
                    "unknown device devices/" + link.device() + ": create it first"
                            + (stored.devices().isEmpty()
                                    ? ""
                                    : ", or name one of "
                                            + String.join(
                                                    ", ",
                                                    new TreeSet<>(
                                                            stored.devices().keySet()))));
            return;
        }
        if (!links(other).isEmpty()) {
            add(
                    field,
                    "devices/" + other.id()
                            + " has SERVICE ports itself: name a software switch that does its work alone");
        }
        if (other.ports().stream().anyMatch(p -> p.port().equals(link.port()))) {
            add(
                    field + "_port",
                    "port " + link.port() + " of devices/" + other.id()
                            + " is listed there, so it leads elsewhere: name the port at the other end of "
                            + port.port());
        }
        Capabilities capabilities = stored.capabilities().get(other.id());
        if (capabilities != null && capabilities.port(link.port()).isEmpty()) {
            add(
                    field + "_port",
                    "devices/" + other.id() + " has no port " + link.port() + ": it has "
                            + capabilities.ports().stream()
                                    .map(p -> p.name() + " (" + p.number() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        if (links(candidate).indexOf(link)
                < candidate.ports().subList(0, index).stream()
                        .filter(p -> p.link().isPresent())
                        .count()) {
            add(field + "_port", twice(link, "by another port of this device"));
        }
        for (Device device : stored.devices().values()) {
            if (!device.id().equals(candidate.id()) && links(device).contains(link)) {
                add(field + "_port", twice(link, "by devices/" + device.id()));
            }
        }
    }

    private static String twice(Link link, String by) {
        return "port " + link.port() + " of devices/" + link.device() + " is named " + by
                + ", too: a link has two ends; use a port each";
    }

    private static List<Link> links(Device device) {
        return device.ports().stream().flatMap(p -> p.link().stream()).toList();
    }

    /** Others may lead to it by their SERVICE ports. */
    private void serves() {
        for (Device other : stored.devices().values()) {
            if (other.id().equals(candidate.id())
                    || links(other).stream().noneMatch(l -> l.device().equals(candidate.id()))) {
                continue;
            }
            for (int i = 0; i < candidate.ports().size(); i++) {
                DevicePort port = candidate.ports().get(i);
                if (port.side() == Side.SERVICE) {
                    add(
                            "ports[" + i + "].side",
                            "devices/" + other.id() + " has SERVICE ports that lead here: a software switch that serves"
                                    + " others does its work alone; leave it out");
                } else if (links(other).contains(new Link(candidate.id(), port.port()))) {
                    add(
                            "ports[" + i + "].port",
                            "a SERVICE port of devices/" + other.id() + " leads to " + port.port()
                                    + ": leave it out, or change that device");
                }
            }
        }
    }

    private void onlyRouted(String field, boolean present) {
        if (present) {
            add(field, "the device is " + candidate.mode() + ": leave it out, or set mode to ROUTED");
        }
    }

    private void gateways() {
        if (candidate.mode() != Device.Mode.ROUTED) {
            return;
        }
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
            if (candidate.mode() != Device.Mode.ROUTED) {
                onlyRouted(field, true);
                continue;
            }
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

    private void duration(String field, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            add(field, duration.toSeconds() + "s is out of range: write 0s to " + LONGEST.toSeconds() + "s");
        }
    }

    /** What a stored translation on this device would make of the candidate. */
    private void translation(Translation translation) {
        String name = "translations/" + translation.id();
        if (candidate.mode() != Device.Mode.TRANSPARENT
                && !translation.gateways().isEmpty()) {
            add(
                    "mode",
                    name + " has gateways, which only TRANSPARENT devices know: take them out of it first, or keep the"
                            + " mode");
        }
        for (int i = 0; i < candidate.ports().size() && candidate.mode() == Device.Mode.ROUTED; i++) {
            for (int j = 0; j < candidate.ports().get(i).gateways().size(); j++) {
                swallowed(
                        "ports[" + i + "].gateways[" + j + "]",
                        candidate.ports().get(i).gateways().get(j).address(),
                        translation);
            }
        }
        for (int i = 0; i < candidate.routes().size() && candidate.mode() == Device.Mode.ROUTED; i++) {
            swallowed("routes[" + i + "].next_hop", candidate.routes().get(i).nextHop(), translation);
        }
    }

    /** Translations on it may share inside hosts only where somebody remembers their flows. */
    private void sharedHosts() {
        SharedInside shared = new SharedInside(stored.translations().values().stream()
                .filter(t -> t.devices().contains(candidate.id()))
                .toList());
        if (shared.isEmpty()) {
            return;
        }
        Optional<Capabilities> capabilities =
                Optional.ofNullable(stored.capabilities().get(candidate.id()));
        SharedHosts.obstacle(candidate, capabilities)
                .ifPresent(v -> add(v.field(), "translations here share inside hosts, but " + v.message()));
    }

    private void swallowed(String field, IpAddress address, Translation translation) {
        translation.outsides().stream()
                .filter(o -> Blocks.contains(o, address))
                .findFirst()
                .ifPresent(o -> add(
                        field,
                        address + " lies in outside " + o + " of translations/" + translation.id()
                                + ", so it would become unreachable: choose another address"));
    }

    private List<DevicePort> ports(Side side) {
        return candidate.ports().stream().filter(p -> p.side() == side).toList();
    }

    private String names(Side side) {
        return ports(side).stream().map(DevicePort::port).collect(Collectors.joining(", "));
    }

    private List<Gateway> gatewaysOfAllPorts() {
        return candidate.ports().stream().flatMap(p -> p.gateways().stream()).toList();
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
