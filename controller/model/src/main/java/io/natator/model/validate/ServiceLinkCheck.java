package io.natator.model.validate;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Link;
import io.natator.model.intent.DevicePort.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Checks the links between a device and software switches: those of its SERVICE ports, and those that lead to it. */
final class ServiceLinkCheck {
    private final Device candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    ServiceLinkCheck(Device candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        for (int i = 0; i < candidate.ports().size(); i++) {
            link(i, candidate.ports().get(i));
        }
        serves();
        return List.copyOf(violations);
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
                            + PortsCheck.listed(capabilities));
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

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
