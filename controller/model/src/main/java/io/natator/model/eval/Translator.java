package io.natator.model.eval;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.session.Share.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** The translating half of the evaluator: addresses of IP packets, nothing else. */
final class Translator {
    private final Device.Mode mode;
    /** Those of one address for another, in order of preference. */
    private final List<Translation> translations;

    /** Those whose outside addresses are nobody's by themselves: by sessions, or of another family. */
    private final List<Translation> pooled;

    private final Stateful sessions;
    private final Predicate<IpAddress> leadsInside;
    private final LinkTranslator link;

    /** @param leadsInside ROUTED: the way to an address leaves by an inside port */
    Translator(Device.Mode mode, List<Translation> translations, Stateful sessions, Predicate<IpAddress> leadsInside) {
        this.mode = mode;
        this.translations = translations.stream()
                .filter(t -> t.kind() == Kind.STATIC)
                .sorted(SharedInside.PREFERENCE)
                .toList();
        this.pooled = translations.stream().filter(t -> t.kind() != Kind.STATIC).toList();
        this.sessions = sessions;
        this.leadsInside = leadsInside;
        this.link = new LinkTranslator(mode == Device.Mode.TRANSPARENT ? this.translations : List.of());
    }

    /** What an ARP or neighbour discovery packet becomes: one or several. */
    List<Packet> link(Side from, Packet packet) {
        return link.translate(from, packet);
    }

    /**
     * @param settled which way it takes was decided by a translation: its destination was rewritten, exempt or local
     * @param dropped it ends there
     */
    record Result(Packet packet, boolean settled, boolean dropped) {
        Result(Packet packet, boolean settled) {
            this(packet, settled, false);
        }
    }

    Result translate(Side from, Packet packet) {
        return switch (from) {
            case SERVICE -> new Result(packet, true);
            case INSIDE ->
                packet instanceof Ip ip
                        ? fromInside(ip)
                        : new Result(link.translate(from, packet).getFirst(), true);
            case OUTSIDE ->
                packet instanceof Ip ip
                        ? fromOutside(ip)
                        : new Result(link.translate(from, packet).getFirst(), true);
        };
    }

    private Result fromInside(Ip packet) {
        Optional<Translation> crossing = crossing(packet);
        if (crossing.isPresent()) {
            Result left = bySession(crossing.get(), Direction.TO_OUTSIDE, packet);
            Ip now = (Ip) left.packet();
            Optional<Translation> to = left.dropped() ? Optional.empty() : pooled(now.dst());
            return to.isPresent() ? enter(to.get(), now) : left;
        }
        return sameFamily(packet);
    }

    /** The translation that makes an IPv4 packet of it: that of the host, or any if somebody quotes a host. */
    private Optional<Translation> crossing(Ip packet) {
        List<Translation> leaving = pooled.stream()
                .filter(t -> Crossing.leaves(t, packet))
                .sorted(SharedInside.PREFERENCE)
                .toList();
        boolean fixed = translations.stream().anyMatch(t -> Addresses.in(t.inside(), packet.src()));
        return leaving.stream()
                .filter(t -> Addresses.in(t.inside(), packet.src()))
                .findFirst()
                .or(() -> leaving.stream().filter(_ -> !fixed).findFirst());
    }

    private Result sameFamily(Ip packet) {
        List<Step> outward = outward(packet);
        boolean exempt = outward.stream().anyMatch(s -> s.exempts(packet)) || exempt(packet.src(), packet.dst());
        Optional<Translation> pool = mode == Device.Mode.ROUTED ? pooled(packet.dst()) : Optional.empty();
        if (pool.isPresent()) {
            // As if it had left and come back.
            Result left = exempt ? new Result(packet, true) : leave(packet, true);
            return left.dropped() || !pooled(((Ip) left.packet()).dst()).equals(pool)
                    ? left
                    : enter(pool.get(), (Ip) left.packet());
        }
        if (exempt) {
            return new Result(packet, true);
        }
        if (mode == Device.Mode.ROUTED) {
            Optional<Translation> hairpin = translations.stream()
                    .filter(t -> outward(t, packet).reversed().matches(packet))
                    .findFirst();
            if (hairpin.isPresent()) {
                // The other host must answer to the outside address, or its answers would not come this way.
                return hasSessions(packet) ? met(hairpin.get(), packet) : leave(arrive(hairpin.get(), packet), true);
            }
        }
        Optional<Step> gateway =
                toGateways(packet).stream().filter(s -> s.applies(packet)).findFirst();
        if (gateway.isPresent()) {
            return new Result(gateway.get().apply(packet), true);
        }
        if (Stream.concat(translations.stream(), pooled.stream())
                .anyMatch(t -> !t.kind().crosses() && Addresses.in(t.inside(), packet.dst()))) {
            return new Result(packet, true);
        }
        if (pooled.stream().anyMatch(t -> Crossing.leaves(t, packet))) {
            return leave(packet, true); // it quotes nobody of theirs
        }
        if (leadsInside.test(packet.dst())) {
            return new Result(packet, false);
        }
        return leave(packet, false);
    }

    /** Its source becomes an outside address, whomever it is sent to: exemptions are over by now. */
    private Result leave(Ip packet, boolean settled) {
        Optional<Translation> pool = pooled.stream()
                .filter(t -> !t.kind().crosses() && Addresses.in(t.inside(), packet.src()))
                .findFirst();
        if (pool.isPresent()) {
            Result result = bySession(pool.get(), Direction.TO_OUTSIDE, packet);
            return new Result(result.packet(), settled, result.dropped());
        }
        List<Translation> owners = translations.stream()
                .filter(t -> outward(t, packet).matches(packet))
                .toList();
        if (owners.isEmpty()) {
            return new Result(packet, settled);
        }
        Translation by = owners.size() == 1
                ? owners.getFirst()
                : sessions.cameBy(packet).filter(owners::contains).orElse(owners.getFirst());
        return new Result(outward(by, packet).apply(packet), settled);
    }

    /** The session must know whom the host spoke to, so its source comes first. */
    private Result met(Translation hairpin, Ip packet) {
        Result left = leave(packet, true);
        return left.dropped() ? left : new Result(arrive(hairpin, (Ip) left.packet()), true);
    }

    private boolean hasSessions(Ip packet) {
        return pooled.stream().anyMatch(t -> !t.kind().crosses() && Addresses.in(t.inside(), packet.src()));
    }

    /** Its destination becomes an inside address; if that has other outside addresses, too, its answers must find back. */
    private Ip arrive(Translation translation, Ip packet) {
        Ip inside = (Ip) outward(translation, packet).reversed().apply(packet);
        if (translations.stream()
                        .filter(t -> Addresses.in(t.inside(), inside.dst()))
                        .count()
                > 1) {
            sessions.came(translation, inside);
        }
        return inside;
    }

    /** Exempt peers have no sessions, and who claims to come from inside lies. */
    private Result enter(Translation translation, Ip packet) {
        boolean none = Addresses.in(translation.inside(), packet.src())
                || translation.exempt().stream().anyMatch(e -> Addresses.in(e, packet.src()));
        return none ? new Result(packet, true, true) : bySession(translation, Direction.TO_INSIDE, packet);
    }

    private Result bySession(Translation translation, Direction direction, Ip packet) {
        return made(translation, direction, packet)
                .map(p -> new Result(p, true))
                .orElseGet(() -> new Result(packet, true, true));
    }

    private Optional<Ip> made(Translation translation, Direction direction, Ip packet) {
        if (translation.kind().stateful()) {
            return sessions.translate(translation, direction, packet);
        }
        return direction == Direction.TO_OUTSIDE
                ? Crossing.toOutside(translation, packet)
                : Crossing.toInside(translation, packet);
    }

    /** The translation whose pool holds {@code address}. */
    private Optional<Translation> pooled(IpAddress address) {
        return pooled.stream()
                .filter(t -> t.outsides().stream().anyMatch(o -> Addresses.in(o, address)))
                .findFirst();
    }

    /** {@code host} has sessions, but not with {@code peer}. */
    private boolean exempt(IpAddress host, IpAddress peer) {
        return pooled.stream()
                .filter(t -> Addresses.in(t.inside(), host))
                .anyMatch(t -> t.exempt().stream().anyMatch(e -> Addresses.in(e, peer)));
    }

    private Result fromOutside(Ip packet) {
        Optional<Translation> pool = pooled(packet.dst());
        if (pool.isPresent()) {
            return enter(pool.get(), packet);
        }
        List<Step> gateways = toGateways(packet).stream().map(Step::reversed).toList();
        Optional<Step> gateway =
                gateways.stream().filter(s -> s.applies(packet)).findFirst();
        if (gateway.isPresent()) {
            return new Result(gateway.get().apply(packet), true);
        }
        boolean settled = Stream.concat(
                        gateways.stream(), outward(packet).stream().map(Step::reversed))
                .anyMatch(s -> s.matches(packet));
        return translations.stream()
                .filter(t -> outward(t, packet).reversed().applies(packet))
                .findFirst()
                .map(t -> new Result(arrive(t, packet), true))
                .orElse(new Result(packet, settled));
    }

    /** Every translation's rule for what leaves: the source becomes an outside address. */
    private List<Step> outward(Ip packet) {
        return translations.stream().map(t -> outward(t, packet)).toList();
    }

    private static Step outward(Translation t, Ip packet) {
        return new Step(
                List.of(new Rewrite(Fields.source(packet), t.inside(), t.outside())),
                Fields.destination(packet),
                t.exempt());
    }

    /** TRANSPARENT: to the router beyond, which hosts know by an inside address, both addresses change. */
    private List<Step> toGateways(Ip packet) {
        List<Step> steps = new ArrayList<>();
        for (Translation t : mode == Device.Mode.TRANSPARENT ? translations : List.<Translation>of()) {
            for (IpAddress gateway : t.gateways()) {
                IpPrefix outside = Addresses.withNetwork(gateway, t.outside()).toIpPrefix();
                steps.add(new Step(
                        List.of(
                                new Rewrite(Fields.destination(packet), gateway.toIpPrefix(), outside),
                                new Rewrite(Fields.source(packet), t.inside(), t.outside())),
                        Fields.destination(packet),
                        t.exempt()));
            }
        }
        return steps;
    }
}
