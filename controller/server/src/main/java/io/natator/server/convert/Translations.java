package io.natator.server.convert;

import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Translation;
import io.natator.model.validate.Communities;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import io.natator.v1.AnnouncePolicy;
import io.natator.v1.TranslationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Translations: message ↔ model. */
public final class Translations {
    private Translations() {}

    /** The message with what was left out written down. */
    public static io.natator.v1.Translation complete(io.natator.v1.Translation message) {
        var complete = message.toBuilder();
        if (message.getKind() == io.natator.v1.Translation.Kind.KIND_UNSPECIFIED) {
            complete.setKind(io.natator.v1.Translation.Kind.STATIC);
        }
        switch (message.getKind()) {
            case DYNAMIC -> complete.setPool(Pools.complete(Kind.DYNAMIC, message.getPool()));
            case NAPT -> complete.setPool(Pools.complete(Kind.NAPT, message.getPool()));
            case SIIT -> embedding(complete);
            case NAT64 -> embedding(complete.setPool(Pools.complete(Kind.NAT64, message.getPool())));
            case STATIC, KIND_UNSPECIFIED, UNRECOGNIZED -> {}
        }
        if (message.getAnnounce().getRoutes() == AnnouncePolicy.Routes.ROUTES_UNSPECIFIED) {
            complete.getAnnounceBuilder().setRoutes(AnnouncePolicy.Routes.AGGREGATE);
        }
        if (!message.getAnnounce().hasGracefulShutdown()) {
            complete.getAnnounceBuilder().setGracefulShutdown(Times.duration(Announce.GRACEFUL_SHUTDOWN));
        }
        return complete.build();
    }

    private static void embedding(io.natator.v1.Translation.Builder complete) {
        if (complete.getPref64().isEmpty()) {
            complete.setPref64(Embedding.DEFAULT.pref64().toString());
        }
        if (complete.getIpv6Mtu() == 0) {
            complete.setIpv6Mtu(Embedding.DEFAULT.ipv6Mtu());
        }
    }

    /** The model's value of a complete message; empty if there are violations. */
    public static Optional<Translation> parse(
            String id, io.natator.v1.Translation message, List<Violation> violations) {
        int before = violations.size();
        Reading in = new Reading(violations);
        Optional<IpPrefix> inside = in.required("inside", message.getInside(), Texts::prefix);
        Optional<IpPrefix> outside = in.required("outside", message.getOutside(), Texts::prefix);
        List<IpPrefix> exempt = in.list("exempt_destinations", message.getExemptDestinationsList(), Texts::prefix);
        List<IpAddress> gateways = in.list("gateways", message.getGatewaysList(), Texts::address);
        List<String> devices =
                in.list("devices", message.getDevicesList(), (field, text) -> Texts.name(field, "devices", text));
        Optional<Kind> kind = kind(in, message.getKind());
        Optional<Announce> announce = announce(in, message.getAnnounce());
        Pool pool = Pools.parse(in, kind.orElse(Kind.STATIC), message.hasPool(), message.getPool());
        Optional<Embedding> embedding = embedding(in, kind.orElse(Kind.STATIC), message);
        if (violations.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Translation(
                id,
                kind.orElseThrow(),
                inside.orElseThrow(),
                outside.orElseThrow(),
                exempt,
                gateways,
                devices,
                announce.orElseThrow(),
                message.getPerHostRules(),
                pool,
                embedding));
    }

    private static Optional<Embedding> embedding(Reading in, Kind kind, io.natator.v1.Translation message) {
        if (kind.crosses()) {
            var complete = message.toBuilder();
            embedding(complete);
            return in.required("pref64", complete.getPref64(), Texts::prefix)
                    .map(p -> new Embedding(p, complete.getIpv6Mtu()));
        }
        if (!message.getPref64().isEmpty()) {
            in.bad("pref64", "is of no meaning for " + kind + ": leave it out, or set kind to SIIT or NAT64");
        }
        if (message.getIpv6Mtu() != 0) {
            in.bad("ipv6_mtu", "is of no meaning for " + kind + ": leave it out, or set kind to SIIT or NAT64");
        }
        return Optional.empty();
    }

    private static Optional<Kind> kind(Reading in, io.natator.v1.Translation.Kind kind) {
        return switch (kind) {
            case STATIC, KIND_UNSPECIFIED -> Optional.of(Kind.STATIC);
            case DYNAMIC -> Optional.of(Kind.DYNAMIC);
            case NAPT -> Optional.of(Kind.NAPT);
            case SIIT -> Optional.of(Kind.SIIT);
            case NAT64 -> Optional.of(Kind.NAT64);
            case UNRECOGNIZED -> {
                in.bad("kind", "is unknown: write STATIC, DYNAMIC, NAPT, SIIT or NAT64");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Announce> announce(Reading in, AnnouncePolicy policy) {
        Optional<Announce.Routes> routes = switch (policy.getRoutes()) {
            case HOST_ROUTES -> Optional.of(Announce.Routes.HOST_ROUTES);
            case AGGREGATE, ROUTES_UNSPECIFIED -> Optional.of(Announce.Routes.AGGREGATE);
            case NONE -> Optional.of(Announce.Routes.NONE);
            case UNRECOGNIZED -> {
                in.bad("announce.routes", "is unknown: write HOST_ROUTES, AGGREGATE or NONE");
                yield Optional.empty();
            }
        };
        Optional<IpAddress> nextHop = in.optional("announce.next_hop", policy.getNextHop(), Texts::address);
        List<String> communities =
                in.list("announce.communities", policy.getCommunitiesList(), Communities::parse).stream()
                        .map(Object::toString)
                        .toList();
        List<String> neighbors = in.list(
                "announce.neighbors", policy.getNeighborsList(), (field, text) -> Texts.name(field, "neighbors", text));
        Duration holdDown = Times.duration(in, "announce.hold_down", policy.getHoldDown());
        // What an earlier version remembered has none.
        Duration shutdown = policy.hasGracefulShutdown()
                ? Times.duration(in, "announce.graceful_shutdown", policy.getGracefulShutdown())
                : Announce.GRACEFUL_SHUTDOWN;
        OptionalLong med =
                policy.hasMed() ? OptionalLong.of(Integer.toUnsignedLong(policy.getMed())) : OptionalLong.empty();
        return routes.map(
                r -> new Announce(r, nextHop, communities, neighbors, med, holdDown, shutdown, policy.getForce()));
    }

    /** The message of a value: what is remembered of what a device was told. */
    public static io.natator.v1.Translation message(Translation value) {
        var announce = AnnouncePolicy.newBuilder()
                .setRoutes(
                        switch (value.announce().routes()) {
                            case HOST_ROUTES -> AnnouncePolicy.Routes.HOST_ROUTES;
                            case AGGREGATE -> AnnouncePolicy.Routes.AGGREGATE;
                            case NONE -> AnnouncePolicy.Routes.NONE;
                        })
                .addAllCommunities(value.announce().communities())
                .setHoldDown(Times.duration(value.announce().holdDown()))
                .setGracefulShutdown(Times.duration(value.announce().gracefulShutdown()))
                .setForce(value.announce().force());
        value.announce().med().ifPresent(m -> announce.setMed((int) m));
        value.announce().nextHop().ifPresent(a -> announce.setNextHop(a.toString()));
        value.announce().neighbors().forEach(n -> announce.addNeighbors("neighbors/" + n));
        var message = io.natator.v1.Translation.newBuilder()
                .setName("translations/" + value.id())
                .setKind(
                        switch (value.kind()) {
                            case STATIC -> io.natator.v1.Translation.Kind.STATIC;
                            case DYNAMIC -> io.natator.v1.Translation.Kind.DYNAMIC;
                            case NAPT -> io.natator.v1.Translation.Kind.NAPT;
                            case SIIT -> io.natator.v1.Translation.Kind.SIIT;
                            case NAT64 -> io.natator.v1.Translation.Kind.NAT64;
                        })
                .setInside(value.inside().toString())
                .setOutside(value.outside().toString())
                .setAnnounce(announce)
                .setPerHostRules(value.perHostRules());
        value.exemptDestinations().forEach(p -> message.addExemptDestinations(p.toString()));
        value.gateways().forEach(a -> message.addGateways(a.toString()));
        value.devices().forEach(d -> message.addDevices("devices/" + d));
        Pools.message(value.kind(), value.pool()).ifPresent(message::setPool);
        value.embedding()
                .ifPresent(e -> message.setPref64(e.pref64().toString()).setIpv6Mtu(e.ipv6Mtu()));
        return message.build();
    }

    /** Where it stands. */
    public static TranslationStatus status(PartStatus status) {
        return TranslationStatus.newBuilder()
                .setDevice("devices/" + status.device())
                .setState(state(status.state()))
                .setReason(status.reason())
                .setPlacement(status.placement())
                .setRules(status.rules())
                .setPackets(status.packets())
                .setBytes(status.bytes())
                .setRulesRestored(status.rulesRestored())
                .setSessionsLost(status.sessionsLost())
                .setUncountedMoves(status.uncountedMoves())
                .setHardwareBindings(status.hardwareBindings())
                .setSince(Times.timestamp(status.since()))
                .build();
    }

    private static TranslationStatus.State state(PartState state) {
        return switch (state) {
            case PENDING -> TranslationStatus.State.PENDING;
            case INSTALLING -> TranslationStatus.State.INSTALLING;
            case PROVING -> TranslationStatus.State.PROVING;
            case ACTIVE -> TranslationStatus.State.ACTIVE;
            case DRAINING -> TranslationStatus.State.DRAINING;
            case DEGRADED -> TranslationStatus.State.DEGRADED;
        };
    }
}
