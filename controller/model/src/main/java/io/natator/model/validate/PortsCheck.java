package io.natator.model.validate;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.proof.ProbeCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks which ports a device has, and the wires between them. */
final class PortsCheck {
    private final Device candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    PortsCheck(Device candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        if (!candidate.translates()) {
            if (stored.translations().values().stream()
                    .anyMatch(t -> t.devices().contains(candidate.id()))) {
                add("ports", "lists no port: list at least one INSIDE and one OUTSIDE port");
            }
            return List.copyOf(violations);
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
            if (port.mac().filter(ProbeCase.MAC::equals).isPresent()) {
                add("ports[" + i + "].mac", ProbeCase.MAC + " is that of probes: choose another, or leave it out");
            }
            if (candidate.mode() != Device.Mode.ROUTED) {
                onlyRouted("ports[" + i + "].gateways", !port.gateways().isEmpty());
                onlyRouted("ports[" + i + "].mac", port.mac().isPresent());
            }
        }
        sameNumber();
        return List.copyOf(violations);
    }

    private void onlyRouted(String field, boolean present) {
        if (present) {
            add(field, DeviceRoutingCheck.onlyRouted(candidate.mode()));
        }
    }

    private void known(String field, String name) {
        Capabilities capabilities = stored.capabilities().get(candidate.id());
        if (capabilities != null && capabilities.port(name).isEmpty()) {
            add(field, "the device has no port " + name + ": it has " + listed(capabilities));
        }
    }

    /** {@code eth0 (1), eth1 (2)}. */
    static String listed(Capabilities capabilities) {
        return capabilities.ports().stream()
                .map(p -> p.name() + " (" + p.number() + ")")
                .collect(Collectors.joining(", "));
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

    private List<DevicePort> ports(Side side) {
        return candidate.ports().stream().filter(p -> p.side() == side).toList();
    }

    private String names(Side side) {
        return ports(side).stream().map(DevicePort::port).collect(Collectors.joining(", "));
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
