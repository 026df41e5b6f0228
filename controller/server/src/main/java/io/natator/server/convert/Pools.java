package io.natator.server.convert;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.validate.Texts;
import io.natator.v1.PortForward;
import io.natator.v1.SessionTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pools: message ↔ model. */
final class Pools {
    private static final Pool DEFAULT = Pool.DEFAULT;
    private static final Set<String> BOTH = Set.of("also");
    private static final Set<String> DYNAMIC = Set.of("reservations", "sticky", "idle", "hardware_bindings");

    private Pools() {}

    /** The message with what was left out written down, as far as it is of meaning for that kind. */
    static io.natator.v1.Pool complete(Kind kind, io.natator.v1.Pool message) {
        var complete = message.toBuilder();
        if (kind == Kind.DYNAMIC) {
            if (!message.hasIdle()) {
                complete.setIdle(Times.duration(DEFAULT.idle()));
            }
            if (!message.hasHardwareBindings()) {
                complete.setHardwareBindings(DEFAULT.hardwareBindings());
            }
            return complete.build();
        }
        if (message.getFirstPort() == 0) {
            complete.setFirstPort(DEFAULT.firstPort());
        }
        if (message.getLastPort() == 0) {
            complete.setLastPort(DEFAULT.lastPort());
        }
        if (message.getMapping() == io.natator.v1.Pool.Behavior.BEHAVIOR_UNSPECIFIED) {
            complete.setMapping(io.natator.v1.Pool.Behavior.ENDPOINT_INDEPENDENT);
        }
        if (message.getFiltering() == io.natator.v1.Pool.Behavior.BEHAVIOR_UNSPECIFIED) {
            complete.setFiltering(io.natator.v1.Pool.Behavior.ADDRESS_DEPENDENT);
        }
        if (message.getPairing() == io.natator.v1.Pool.Pairing.PAIRING_UNSPECIFIED) {
            complete.setPairing(io.natator.v1.Pool.Pairing.PAIRED);
        }
        if (!message.hasPreserveParity()) {
            complete.setPreserveParity(DEFAULT.preserveParity());
        }
        if (message.getOtherProtocols() == io.natator.v1.Pool.OtherProtocols.OTHER_PROTOCOLS_UNSPECIFIED) {
            complete.setOtherProtocols(io.natator.v1.Pool.OtherProtocols.DROP);
        }
        complete.setTimers(complete(message.getTimers()));
        for (PortForward.Builder forward : complete.getForwardsBuilderList()) {
            if (forward.getInsidePort() == 0) {
                forward.setInsidePort(forward.getOutsidePort());
            }
        }
        return complete.build();
    }

    private static SessionTimers complete(SessionTimers message) {
        var complete = message.toBuilder();
        if (!message.hasUdp()) {
            complete.setUdp(Times.duration(Timers.DEFAULT.udp()));
        }
        if (!message.hasTcpEstablished()) {
            complete.setTcpEstablished(Times.duration(Timers.DEFAULT.tcpEstablished()));
        }
        if (!message.hasTcpTransitory()) {
            complete.setTcpTransitory(Times.duration(Timers.DEFAULT.tcpTransitory()));
        }
        if (!message.hasIcmp()) {
            complete.setIcmp(Times.duration(Timers.DEFAULT.icmp()));
        }
        return complete.build();
    }

    /** The value of a pool; where there are violations, any value. */
    static Pool parse(Reading in, Kind kind, boolean present, io.natator.v1.Pool given) {
        if (!kind.stateful()) {
            if (present) {
                in.bad("pool", kind + " has none: leave it out, or set kind to DYNAMIC, NAPT or NAT64");
            }
            return DEFAULT;
        }
        for (FieldDescriptor field : given.getAllFields().keySet()) {
            String name = field.getName();
            if (!BOTH.contains(name) && DYNAMIC.contains(name) != (kind == Kind.DYNAMIC)) {
                in.bad("pool." + name, "is of no meaning for " + kind + ": leave it out");
            }
        }
        io.natator.v1.Pool message = complete(kind, given);
        boolean dynamic = kind == Kind.DYNAMIC;
        return new Pool(
                in.list("pool.also", message.getAlsoList(), Texts::prefix),
                dynamic ? DEFAULT.firstPort() : message.getFirstPort(),
                dynamic ? DEFAULT.lastPort() : message.getLastPort(),
                mapping(in, message.getMapping()),
                dynamic ? Filtering.ENDPOINT_INDEPENDENT : filtering(in, message.getFiltering()),
                pairing(in, message.getPairing()),
                message.getPreservePort(),
                dynamic ? DEFAULT.preserveParity() : message.getPreserveParity(),
                message.getSessionsPerHost(),
                message.getPortsPerHost(),
                message.getPortBlock(),
                message.getDeterministic(),
                forwards(in, message.getForwardsList()),
                reservations(in, message.getReservationsList()),
                Times.duration(in, "pool.sticky", message.getSticky()),
                message.hasIdle() ? Times.duration(in, "pool.idle", message.getIdle()) : DEFAULT.idle(),
                dynamic ? Timers.DEFAULT : timers(in, message.getTimers()),
                message.getMss(),
                otherProtocols(in, message.getOtherProtocols()),
                dynamic ? message.getHardwareBindings() : DEFAULT.hardwareBindings());
    }

    private static Timers timers(Reading in, SessionTimers timers) {
        return new Timers(
                Times.duration(in, "pool.timers.udp", timers.getUdp()),
                Times.duration(in, "pool.timers.tcp_established", timers.getTcpEstablished()),
                Times.duration(in, "pool.timers.tcp_transitory", timers.getTcpTransitory()),
                Times.duration(in, "pool.timers.icmp", timers.getIcmp()));
    }

    private static List<Forward> forwards(Reading in, List<PortForward> messages) {
        List<Forward> forwards = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            PortForward message = messages.get(i);
            String field = "pool.forwards[" + i + "]";
            int protocol = protocol(in, field + ".protocol", message.getProtocol());
            var outside = in.required(field + ".outside", message.getOutside(), Texts::address);
            var inside = in.required(field + ".inside", message.getInside(), Texts::address);
            if (outside.isPresent() && inside.isPresent()) {
                forwards.add(new Forward(
                        protocol, outside.get(), message.getOutsidePort(), inside.get(), message.getInsidePort()));
            }
        }
        return forwards;
    }

    private static int protocol(Reading in, String field, PortForward.Protocol protocol) {
        return switch (protocol) {
            case TCP -> 6;
            case UDP -> 17;
            case PROTOCOL_UNSPECIFIED -> {
                in.bad(field, "is required: write TCP or UDP");
                yield 0;
            }
            case UNRECOGNIZED -> {
                in.bad(field, "is unknown: write TCP or UDP");
                yield 0;
            }
        };
    }

    private static List<Reservation> reservations(Reading in, List<io.natator.v1.Reservation> messages) {
        List<Reservation> reservations = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            String field = "pool.reservations[" + i + "]";
            var inside = in.required(field + ".inside", messages.get(i).getInside(), Texts::address);
            var outside = in.required(field + ".outside", messages.get(i).getOutside(), Texts::address);
            if (outside.isPresent() && inside.isPresent()) {
                reservations.add(new Reservation(inside.get(), outside.get()));
            }
        }
        return reservations;
    }

    private static Mapping mapping(Reading in, io.natator.v1.Pool.Behavior behavior) {
        return switch (behavior) {
            case BEHAVIOR_UNSPECIFIED, ENDPOINT_INDEPENDENT -> Mapping.ENDPOINT_INDEPENDENT;
            case ADDRESS_DEPENDENT -> Mapping.ADDRESS_DEPENDENT;
            case ADDRESS_AND_PORT_DEPENDENT -> Mapping.ADDRESS_AND_PORT_DEPENDENT;
            case UNRECOGNIZED -> {
                unknown(in, "pool.mapping");
                yield DEFAULT.mapping();
            }
        };
    }

    private static Filtering filtering(Reading in, io.natator.v1.Pool.Behavior behavior) {
        return switch (behavior) {
            case ENDPOINT_INDEPENDENT -> Filtering.ENDPOINT_INDEPENDENT;
            case BEHAVIOR_UNSPECIFIED, ADDRESS_DEPENDENT -> Filtering.ADDRESS_DEPENDENT;
            case ADDRESS_AND_PORT_DEPENDENT -> Filtering.ADDRESS_AND_PORT_DEPENDENT;
            case UNRECOGNIZED -> {
                unknown(in, "pool.filtering");
                yield DEFAULT.filtering();
            }
        };
    }

    private static void unknown(Reading in, String field) {
        in.bad(field, "is unknown: write ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT or ADDRESS_AND_PORT_DEPENDENT");
    }

    private static Pairing pairing(Reading in, io.natator.v1.Pool.Pairing pairing) {
        return switch (pairing) {
            case PAIRING_UNSPECIFIED, PAIRED -> Pairing.PAIRED;
            case ARBITRARY -> Pairing.ARBITRARY;
            case UNRECOGNIZED -> {
                in.bad("pool.pairing", "is unknown: write PAIRED or ARBITRARY");
                yield DEFAULT.pairing();
            }
        };
    }

    private static OtherProtocols otherProtocols(Reading in, io.natator.v1.Pool.OtherProtocols other) {
        return switch (other) {
            case OTHER_PROTOCOLS_UNSPECIFIED, DROP -> OtherProtocols.DROP;
            case ADDRESS_ONLY -> OtherProtocols.ADDRESS_ONLY;
            case UNRECOGNIZED -> {
                in.bad("pool.other_protocols", "is unknown: write DROP or ADDRESS_ONLY");
                yield DEFAULT.otherProtocols();
            }
        };
    }

    /** The message of a value; empty of stateless ones. */
    static Optional<io.natator.v1.Pool> message(Kind kind, Pool value) {
        if (!kind.stateful()) {
            return Optional.empty();
        }
        var message = io.natator.v1.Pool.newBuilder();
        value.also().forEach(p -> message.addAlso(p.toString()));
        if (kind == Kind.DYNAMIC) {
            value.reservations()
                    .forEach(r -> message.addReservations(io.natator.v1.Reservation.newBuilder()
                            .setInside(r.inside().toString())
                            .setOutside(r.outside().toString())));
            if (!value.sticky().equals(Duration.ZERO)) {
                message.setSticky(Times.duration(value.sticky()));
            }
            return Optional.of(message.setIdle(Times.duration(value.idle()))
                    .setHardwareBindings(value.hardwareBindings())
                    .build());
        }
        message.setFirstPort(value.firstPort())
                .setLastPort(value.lastPort())
                .setMapping(behavior(value.mapping()))
                .setFiltering(behavior(value.filtering()))
                .setPairing(
                        switch (value.pairing()) {
                            case PAIRED -> io.natator.v1.Pool.Pairing.PAIRED;
                            case ARBITRARY -> io.natator.v1.Pool.Pairing.ARBITRARY;
                        })
                .setPreservePort(value.preservePort())
                .setPreserveParity(value.preserveParity())
                .setSessionsPerHost(value.sessionsPerHost())
                .setPortsPerHost(value.portsPerHost())
                .setPortBlock(value.portBlock())
                .setDeterministic(value.deterministic())
                .setTimers(SessionTimers.newBuilder()
                        .setUdp(Times.duration(value.timers().udp()))
                        .setTcpEstablished(Times.duration(value.timers().tcpEstablished()))
                        .setTcpTransitory(Times.duration(value.timers().tcpTransitory()))
                        .setIcmp(Times.duration(value.timers().icmp())))
                .setMss(value.mss())
                .setOtherProtocols(
                        switch (value.otherProtocols()) {
                            case DROP -> io.natator.v1.Pool.OtherProtocols.DROP;
                            case ADDRESS_ONLY -> io.natator.v1.Pool.OtherProtocols.ADDRESS_ONLY;
                        });
        value.forwards()
                .forEach(f -> message.addForwards(PortForward.newBuilder()
                        .setProtocol(f.protocol() == 6 ? PortForward.Protocol.TCP : PortForward.Protocol.UDP)
                        .setOutside(f.outside().toString())
                        .setOutsidePort(f.outsidePort())
                        .setInside(f.inside().toString())
                        .setInsidePort(f.insidePort())));
        return Optional.of(message.build());
    }

    private static io.natator.v1.Pool.Behavior behavior(Mapping mapping) {
        return switch (mapping) {
            case ENDPOINT_INDEPENDENT -> io.natator.v1.Pool.Behavior.ENDPOINT_INDEPENDENT;
            case ADDRESS_DEPENDENT -> io.natator.v1.Pool.Behavior.ADDRESS_DEPENDENT;
            case ADDRESS_AND_PORT_DEPENDENT -> io.natator.v1.Pool.Behavior.ADDRESS_AND_PORT_DEPENDENT;
        };
    }

    private static io.natator.v1.Pool.Behavior behavior(Filtering filtering) {
        return switch (filtering) {
            case ENDPOINT_INDEPENDENT -> io.natator.v1.Pool.Behavior.ENDPOINT_INDEPENDENT;
            case ADDRESS_DEPENDENT -> io.natator.v1.Pool.Behavior.ADDRESS_DEPENDENT;
            case ADDRESS_AND_PORT_DEPENDENT -> io.natator.v1.Pool.Behavior.ADDRESS_AND_PORT_DEPENDENT;
        };
    }
}
