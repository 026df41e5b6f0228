package io.natator.model.validate;

import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Checks one translation. */
final class TranslationCheck {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Translation candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    TranslationCheck(Translation candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        Texts.id("name", candidate.id()).or(violations);
        block("inside", candidate.inside());
        List<IpPrefix> outsides = candidate.outsides();
        for (int i = 0; i < outsides.size(); i++) {
            block(outsideField(i), outsides.get(i));
        }
        violations.addAll(new OverlapCheck(candidate, others(), stored).violations());
        pair();
        if (candidate.kind().crosses()) {
            violations.addAll(new EmbeddingCheck(candidate, others(), devicesOf(candidate)).violations());
        }
        for (int i = 0; i < outsides.size(); i++) {
            outside(outsideField(i), outsides.get(i));
        }
        exemptDestinations();
        gateways();
        devices();
        announce();
        if (candidate.kind().stateful()) {
            violations.addAll(new PoolCheck(candidate).violations());
        }
        return List.copyOf(violations);
    }

    /** Of the i-th of all outside prefixes. */
    static String outsideField(int i) {
        return i == 0 ? "outside" : "pool.also[" + (i - 1) + "]";
    }

    private void block(String field, IpPrefix block) {
        Blocks.special(block)
                .ifPresent(what ->
                        add(field, block + " contains " + what + ", which no host may have: choose a unicast block"));
    }

    private void pair() {
        IpPrefix inside = candidate.inside();
        IpPrefix outside = candidate.outside();
        if (candidate.kind() == Kind.SIIT
                && inside.isIp6()
                && outside.isIp4()
                && candidate.eam().padding() < 0) {
            add(
                    "outside",
                    outside + " has " + Addresses.size(outside) + " addresses but inside " + inside + " only "
                            + Addresses.size(inside) + ": SIIT maps one to one; write a /"
                            + (inside.prefixLength() - 96) + " or longer");
        } else if (inside.isIp4() == outside.isIp4()
                && candidate.kind() == Kind.STATIC
                && inside.prefixLength() != outside.prefixLength()) {
            add(
                    "outside",
                    outside + " is a /" + outside.prefixLength() + " but inside " + inside + " is a /"
                            + inside.prefixLength() + ": STATIC maps one to one; write a /" + inside.prefixLength());
        } else if (Blocks.overlap(inside, outside)) {
            add("outside", outside + " overlaps inside " + inside + ": choose a block that hosts do not use");
        }
    }

    /** One of the outside prefixes: of the right family, and nobody else's. */
    private void outside(String field, IpPrefix outside) {
        IpPrefix inside = candidate.inside();
        if (candidate.kind().crosses()) {
            if (outside.isIp6()) {
                add(field, outside + " is IPv6: " + candidate.kind() + " is IPv4 outside; write an IPv4 block");
            }
        } else if (inside.isIp4() != outside.isIp4()) {
            add(
                    field,
                    outside + " is " + Blocks.family(outside) + " but inside " + inside + " is " + Blocks.family(inside)
                            + ": " + candidate.kind() + " keeps the family; write an " + Blocks.family(inside)
                            + " block");
        }
        stored.groups()
                .values()
                .forEach(g -> g.dynamicPrefixes().stream()
                        .filter(p -> Blocks.overlap(p, outside))
                        .forEach(p -> add(
                                field,
                                outside + " overlaps " + p + ", from where neighbours of peerGroups/" + g.id()
                                        + " call, which would become unreachable: choose another block")));
        stored.neighbors().values().stream()
                .flatMap(n -> Blocks.swallows(outside, Blocks.owned(n)).stream())
                .forEach(message -> add(field, message));
        devicesOf(candidate).stream()
                .flatMap(d -> Blocks.owned(d).stream())
                .distinct()
                .flatMap(o -> Blocks.swallows(outside, o).stream())
                .forEach(message -> add(field, message));
    }

    private void exemptDestinations() {
        for (int i = 0; i < candidate.exemptDestinations().size(); i++) {
            IpPrefix exempt = candidate.exemptDestinations().get(i);
            if (candidate.kind().crosses()) {
                add(
                        "exempt_destinations[" + i + "]",
                        candidate.kind() + " translates only what is sent to pref64: leave it out");
            } else if (exempt.isIp4() != candidate.isIpv4()) {
                add(
                        "exempt_destinations[" + i + "]",
                        exempt + " is " + Blocks.family(exempt) + " but the blocks are "
                                + Blocks.family(candidate.inside()) + ": hosts never reach it; leave it out");
            }
        }
    }

    private void gateways() {
        Set<IpAddress> seen = new HashSet<>();
        for (int i = 0; i < candidate.gateways().size(); i++) {
            IpAddress gateway = candidate.gateways().get(i);
            String field = "gateways[" + i + "]";
            if (gateway.isIp4() != candidate.isIpv4()) {
                add(
                        field,
                        gateway + " is " + Blocks.family(gateway) + " but the blocks are "
                                + Blocks.family(candidate.inside()) + ": write an " + Blocks.family(candidate.inside())
                                + " address within inside");
            } else if (!candidate.inside().contains(gateway)) {
                add(
                        field,
                        gateway + " is not within inside " + candidate.inside()
                                + ": write the address by which hosts know their router");
            } else if (!seen.add(gateway)) {
                add(field, gateway + " is listed twice: leave one out");
            }
        }
        if (!candidate.gateways().isEmpty() && candidate.kind() != Kind.STATIC) {
            add(
                    "gateways",
                    candidate.kind() + " gives routers no other addresses: gateways are for STATIC; leave them out");
        } else if (!candidate.gateways().isEmpty()) {
            for (Device device : devicesOf(candidate)) {
                if (device.mode() != Device.Mode.TRANSPARENT) {
                    add(
                            "gateways",
                            "devices/" + device.id() + " is " + device.mode()
                                    + ": gateways are for TRANSPARENT devices only; leave them out"
                                    + (device.mode() == Device.Mode.ROUTED
                                            ? " (a ROUTED device has ports[].gateways)"
                                            : ""));
                }
            }
        }
    }

    private void devices() {
        if (candidate.devices().isEmpty()) {
            add("devices", "names no device: name at least one that translates, like devices/ID");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < candidate.devices().size(); i++) {
            String id = candidate.devices().get(i);
            if (!stored.devices().containsKey(id)) {
                add(
                        "devices[" + i + "]",
                        unknown("device", "devices", id, stored.devices().keySet()));
            } else if (!seen.add(id)) {
                add("devices[" + i + "]", "devices/" + id + " is listed twice: leave one out");
            } else if (!stored.devices().get(id).translates()) {
                add(
                        "devices[" + i + "]",
                        "devices/" + id + " lists no ports, so it only serves other devices: name the device whose"
                                + " SERVICE port leads there, or list its INSIDE and OUTSIDE ports");
            }
        }
    }

    private void announce() {
        candidate.announce().nextHop().ifPresent(nextHop -> {
            if (nextHop.isIp4() != candidate.outside().isIp4()) {
                add(
                        "announce.next_hop",
                        nextHop + " is " + Blocks.family(nextHop) + " but outside is "
                                + Blocks.family(candidate.outside()) + ": write a next hop of that family");
            } else if (candidate.outsides().stream().anyMatch(o -> Blocks.contains(o, nextHop))) {
                add(
                        "announce.next_hop",
                        nextHop + " lies in outside "
                                + candidate.outsides().stream()
                                        .filter(o -> Blocks.contains(o, nextHop))
                                        .findFirst()
                                        .orElseThrow()
                                + ", so the route would lead to itself: name an address outside of it");
            }
        });
        for (int i = 0; i < candidate.announce().communities().size(); i++) {
            String community = candidate.announce().communities().get(i);
            Communities.parse("announce.communities[" + i + "]", community).or(violations);
        }
        duration("announce.hold_down", candidate.announce().holdDown());
        duration("announce.graceful_shutdown", candidate.announce().gracefulShutdown());
        for (int i = 0; i < candidate.announce().neighbors().size(); i++) {
            String id = candidate.announce().neighbors().get(i);
            if (!stored.neighbors().containsKey(id)) {
                add(
                        "announce.neighbors[" + i + "]",
                        unknown("neighbor", "neighbors", id, stored.neighbors().keySet()));
            }
        }
    }

    private void duration(String field, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            add(field, value.toSeconds() + " s is out of range: write 0s to 3600s");
        }
    }

    private List<Translation> others() {
        return stored.translations().values().stream()
                .filter(t -> !t.id().equals(candidate.id()))
                .toList();
    }

    private List<Device> devicesOf(Translation translation) {
        return translation.devices().stream()
                .filter(stored.devices()::containsKey)
                .map(stored.devices()::get)
                .toList();
    }

    private static String unknown(String kind, String collection, String id, Set<String> known) {
        return "unknown " + kind + " " + collection + "/" + id + ": create it first"
                + (known.isEmpty() ? "" : ", or name one of " + String.join(", ", new TreeSet<>(known)));
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
