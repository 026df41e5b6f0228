package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Outcome;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Ip;
import java.util.List;
import java.util.Optional;

/** Hosts of pools and hosts of STATIC translations that speak to each other by outside addresses, on a ROUTED device. */
record Meetings(Scenario scenario, Capabilities capabilities) {
    /** Now and then, a packet of one to the other. */
    Optional<Arrival> maybe() {
        List<ResolvedPort> ports = ResolvedPort.of(scenario.device, capabilities).stream()
                .filter(p -> p.side() == Side.INSIDE)
                .toList();
        List<Translation> pools = scenario.translations.stream()
                .filter(t -> t.kind().stateful() && t.isIpv4())
                .toList();
        List<Translation> blocks = scenario.translations.stream()
                .filter(t -> t.kind() == Kind.STATIC && t.isIpv4())
                .toList();
        if (scenario.random.nextInt(6) > 0 || ports.isEmpty() || pools.isEmpty() || blocks.isEmpty()) {
            return Optional.empty();
        }
        Translation pool = pools.get(scenario.random.nextInt(pools.size()));
        Translation block = blocks.get(scenario.random.nextInt(blocks.size()));
        boolean begins = scenario.random.nextInt(4) > 0;
        ResolvedPort port = ports.get(scenario.random.nextInt(ports.size()));
        Ip any = scenario.ip(port.mac(), true);
        return Optional.of(new Arrival(
                port.number(),
                new Ip(
                        any.ethSrc(),
                        any.ethDst(),
                        scenario.in((begins ? pool : block).inside()),
                        scenario.in((begins ? block : pool).outside()),
                        64,
                        any.protocol(),
                        any.srcPort(),
                        any.dstPort())));
    }

    /** What a host of a pool said to an outside address of a STATIC translation, if somebody got it who can answer. */
    Optional<Ip> asked(Arrival arrival, Outcome outcome) {
        Optional<Ip> seen = got(outcome);
        if (scenario.device.mode() != Device.Mode.ROUTED
                || !isFromInside(scenario, capabilities, arrival)
                || !(arrival.packet() instanceof Ip asked)
                || Flows.isError(asked)
                || seen.filter(s -> !s.dst().equals(asked.dst())).isEmpty()) {
            return Optional.empty();
        }
        boolean ofPool = scenario.translations.stream()
                .anyMatch(t -> t.kind().stateful() && t.isIpv4() && Addresses.in(t.inside(), asked.src()));
        boolean toBlock = scenario.translations.stream()
                .filter(t -> t.kind() == Kind.STATIC && Addresses.in(t.outside(), asked.dst()))
                .anyMatch(t -> t.exempt().stream()
                        .noneMatch(e -> Addresses.in(e, seen.get().src())));
        return ofPool && toBlock ? Optional.of(asked) : Optional.empty();
    }

    /** If the answer reaches anybody, it is who asked, and by the address that was asked. True if it does. */
    static boolean answered(Ip asked, Outcome outcome, String about) {
        Optional<Ip> got = got(outcome);
        got.ifPresent(g -> assertThat(List.of(g.src(), g.dst()))
                .as(about + "\nthe answer to " + asked)
                .isEqualTo(List.of(asked.dst(), asked.src())));
        return got.isPresent();
    }

    static boolean isFromInside(Scenario scenario, Capabilities capabilities, Arrival arrival) {
        return ResolvedPort.of(scenario.device, capabilities).stream()
                .anyMatch(port -> port.number() == arrival.inPort() && port.side() == Side.INSIDE);
    }

    /** What reaches somebody, or will. */
    static Optional<Ip> got(Outcome outcome) {
        Packet got = switch (outcome) {
            case Outcome.Sent sent -> sent.packet();
            case Outcome.Normal normal -> normal.packet();
            case Outcome.Controlled told when told.cause() == Outcome.Cause.UNRESOLVED -> told.packet();
            default -> null;
        };
        return got instanceof Ip ip ? Optional.of(ip) : Optional.empty();
    }
}
