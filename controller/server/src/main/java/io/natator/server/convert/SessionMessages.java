package io.natator.server.convert;

import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import io.natator.v1.SessionFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Sessions, filters and pools: message ↔ model. */
public final class SessionMessages {
    private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 6, "udp", 17, "icmp", 1);

    private SessionMessages() {}

    /**
     * A filter.
     *
     * @param device id of the only software switch that is meant
     */
    public record Filter(Optional<String> device, SessionQuery query) {
        /** True if it takes every session. */
        public boolean takesAll() {
            return device.isEmpty() && query.equals(SessionQuery.ALL);
        }
    }

    /**
     * Reads a filter.
     *
     * @param field that holds it, for messages
     */
    public static Filter filter(String field, SessionFilter message, List<Violation> violations) {
        Reading in = new Reading(violations);
        Optional<String> device =
                in.optional(field + ".device", message.getDevice(), (f, text) -> Texts.name(f, "devices", text));
        Optional<String> translation = in.optional(
                field + ".translation", message.getTranslation(), (f, text) -> Texts.name(f, "translations", text));
        OptionalInt protocol = protocol(field + ".protocol", message.getProtocol(), violations);
        Optional<IpPrefix> inside = in.optional(field + ".inside", message.getInside(), Texts::prefix);
        Optional<IpAddress> outside = in.optional(field + ".outside", message.getOutside(), Texts::address);
        OptionalInt port = port(field + ".outside_port", message.getOutsidePort(), violations);
        Optional<IpPrefix> remote = in.optional(field + ".remote", message.getRemote(), Texts::prefix);
        return new Filter(device, new SessionQuery(translation, protocol, inside, outside, port, remote));
    }

    /** An IP protocol by name or number; empty if it is left out or wrong. */
    public static OptionalInt protocol(String field, String text, List<Violation> violations) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        Integer named = PROTOCOLS.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return OptionalInt.of(named);
        }
        if (text.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= 255) {
                return OptionalInt.of(number);
            }
        }
        violations.add(new Violation(
                field, '"' + text + "\" is no IP protocol: write tcp, udp, icmp, or a number from 1 to 255"));
        return OptionalInt.empty();
    }

    /** A port; empty if it is left out or wrong. */
    public static OptionalInt port(String field, int port, List<Violation> violations) {
        if (port < 0 || port > 0xFFFF) {
            violations.add(new Violation(
                    field, Integer.toUnsignedString(port) + " is no port: write 1 to 65535, or leave it out for any"));
            return OptionalInt.empty();
        }
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** An address that must be there. */
    public static Optional<IpAddress> address(String field, String text, List<Violation> violations) {
        return new Reading(violations).required(field, text, Texts::address);
    }

    /** The id in "translations/{id}"; empty if it is left out or wrong. */
    public static Optional<String> translation(String field, String name, List<Violation> violations) {
        return new Reading(violations).optional(field, name, (f, text) -> Texts.name(f, "translations", text));
    }

    /** @param device id */
    public static io.natator.v1.Session message(String device, Session session) {
        var message = io.natator.v1.Session.newBuilder()
                .setDevice("devices/" + device)
                .setTranslation(session.translation().isEmpty() ? "" : "translations/" + session.translation())
                .setProtocol(session.protocol())
                .setInside(session.inside().toString())
                .setInsidePort(session.insidePort())
                .setOutside(session.outside().toString())
                .setOutsidePort(session.outsidePort())
                .setRemotePort(session.remotePort())
                .setState(session.state())
                .setStartTime(Times.timestamp(session.since()))
                .setEndTime(Times.timestamp(session.until()))
                .setPackets(session.packets())
                .setBytes(session.bytes());
        if (hasRemote(session)) {
            message.setRemote(session.remote().toString());
        }
        return message.build();
    }

    /** A binding and a mapping have none; they hold the outside address in its place. */
    private static boolean hasRemote(Session session) {
        return session.protocol() != 0
                && (session.remotePort() != 0 || !session.remote().equals(session.outside()));
    }

    /**
     * Use of a pool.
     *
     * @param device id
     * @param hardwareBindings of the translation
     */
    public static io.natator.v1.PoolUse message(String device, PoolUse use, int hardwareBindings) {
        var message = io.natator.v1.PoolUse.newBuilder()
                .setDevice("devices/" + device)
                .setTranslation("translations/" + use.translation())
                .setShare(use.share())
                .setAddresses(use.addresses())
                .setAddressesUsed(use.addressesUsed())
                .setPorts(use.ports())
                .setPortsUsed(use.portsUsed())
                .setSessions(use.sessions())
                .setCreated(use.created())
                .putAllRefused(use.refused())
                .setLost(use.lost())
                .setHardwareBindings(hardwareBindings);
        use.top()
                .forEach(host -> message.addTopHostsBuilder()
                        .setInside(host.inside().toString())
                        .setSessions(host.sessions()));
        return message.build();
    }
}
