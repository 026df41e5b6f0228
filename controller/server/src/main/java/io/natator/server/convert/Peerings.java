package io.natator.server.convert;

import com.google.protobuf.Duration;
import io.natator.model.peering.AddressFamily;
import io.natator.model.peering.Bfd;
import io.natator.model.peering.Community;
import io.natator.model.peering.ExportPolicy;
import io.natator.model.peering.Features;
import io.natator.model.peering.GracefulRestart;
import io.natator.model.peering.ImportPolicy;
import io.natator.model.peering.Peering;
import io.natator.model.peering.PrefixRange;
import io.natator.model.peering.Transport;
import io.natator.model.validate.Communities;
import io.natator.model.validate.Parsed;
import io.natator.model.validate.Texts;
import io.natator.v1.Bfd.AuthType;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborCapabilities;
import io.natator.v1.NeighborTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** What a session is to be like: message ↔ model. Defaults are those of the model's records. */
final class Peerings {
    private static final Peering DEFAULT = Peering.between(0, 0);

    private Peerings() {}

    /** The message with what was left out written down. */
    static void complete(Neighbor.Builder message) {
        if (!message.hasHoldTime()) {
            message.setHoldTime(Times.duration(DEFAULT.holdTime()));
        }
        if (!message.hasEnabled()) {
            message.setEnabled(DEFAULT.enabled());
        }
        transport(message.getTransportBuilder());
        capabilities(message.getCapabilitiesBuilder());
        var imports = message.getImportPolicyBuilder();
        if (!imports.hasShowReceived()) {
            imports.setShowReceived(DEFAULT.imports().show());
        }
        exports(message.getExportPolicyBuilder());
        bfd(message.getBfdBuilder());
        if (!message.getBfdAuthKey().isEmpty() && message.getBfd().getAuthType() == AuthType.AUTH_TYPE_UNSPECIFIED) {
            message.getBfdBuilder().setAuthType(AuthType.METICULOUS_KEYED_SHA1);
        }
    }

    private static void transport(NeighborTransport.Builder transport) {
        if (!transport.hasPassive()) {
            transport.setPassive(DEFAULT.transport().passive());
        }
    }

    private static void capabilities(NeighborCapabilities.Builder offered) {
        Features defaults = DEFAULT.features();
        if (offered.getFamiliesCount() == 0) {
            defaults.families().forEach(f -> offered.addFamilies(f.label()));
        }
        if (!offered.hasExtendedNextHop()) {
            offered.setExtendedNextHop(defaults.extendedNextHop());
        }
        if (!offered.hasAddPathSend()) {
            offered.setAddPathSend(defaults.addPathSend());
        }
        var restart = offered.getGracefulRestartBuilder();
        if (!restart.hasEnabled()) {
            restart.setEnabled(defaults.gracefulRestart().enabled());
        }
        if (!restart.hasRestartTime()) {
            restart.setRestartTime(Times.duration(defaults.gracefulRestart().restartTime()));
        }
    }

    private static void exports(io.natator.v1.ExportPolicy.Builder exports) {
        for (var range : exports.getAllowedPrefixesBuilderList()) {
            // A prefix that cannot be read is refused later.
            if (Texts.prefix("", range.getPrefix()) instanceof Parsed.Ok<IpPrefix>(var prefix)) {
                if (range.getLe() == 0) {
                    range.setLe(range.getGe() > 0 ? (prefix.isIp4() ? 32 : 128) : prefix.prefixLength());
                }
                if (range.getGe() == 0) {
                    range.setGe(prefix.prefixLength());
                }
            }
        }
        if (exports.getMaxRoutes() == 0) {
            exports.setMaxRoutes(DEFAULT.exports().maxRoutes());
        }
    }

    private static void bfd(io.natator.v1.Bfd.Builder bfd) {
        Bfd defaults = DEFAULT.bfd();
        if (!bfd.hasEnabled()) {
            bfd.setEnabled(defaults.enabled());
        }
        if (!bfd.hasMinTx()) {
            bfd.setMinTx(Times.duration(defaults.minTx()));
        }
        if (!bfd.hasMinRx()) {
            bfd.setMinRx(Times.duration(defaults.minRx()));
        }
        if (bfd.getMultiplier() == 0) {
            bfd.setMultiplier(defaults.multiplier());
        }
        if (!bfd.hasMultihop()) {
            bfd.setMultihop(defaults.multihop());
        }
        if (!bfd.hasStrict()) {
            bfd.setStrict(defaults.strict());
        }
    }

    /** The model's value of a complete message; what is wrong with it goes to {@code in}. */
    static Peering parse(Reading in, Neighbor message) {
        Optional<IpAddress> routerId = in.optional("router_id", message.getRouterId(), Texts::address);
        return new Peering(
                Integer.toUnsignedLong(message.getLocalAs()),
                Integer.toUnsignedLong(message.getPeerAs()),
                routerId,
                Times.duration(in, "hold_time", message.getHoldTime()),
                message.getEnabled(),
                message.getShutdownText(),
                transport(in, message),
                features(in, message.getCapabilities()),
                new ImportPolicy(
                        message.getImportPolicy().getMaxPrefixes(),
                        message.getImportPolicy().getShowReceived()),
                exports(in, message.getExportPolicy()),
                bfd(in, message.getBfd(), message.getBfdAuthKey()));
    }

    private static Transport transport(Reading in, Neighbor message) {
        NeighborTransport transport = message.getTransport();
        return new Transport(
                in.optional("local_address", message.getLocalAddress(), Texts::address),
                text(message.getPassword()),
                transport.getPassive(),
                number(transport.getTtlSecurityHops()),
                number(transport.getMultihopTtl()),
                text(transport.getBindDevice()),
                duration(in, "transport.keep_alive", transport.hasKeepAlive(), transport.getKeepAlive()),
                duration(in, "transport.user_timeout", transport.hasUserTimeout(), transport.getUserTimeout()));
    }

    private static Features features(Reading in, NeighborCapabilities offered) {
        List<AddressFamily> families = in.list("capabilities.families", offered.getFamiliesList(), Peerings::family);
        var restart = offered.getGracefulRestart();
        String field = "capabilities.graceful_restart.";
        return new Features(
                families,
                offered.getExtendedNextHop(),
                offered.getAddPathSend(),
                new GracefulRestart(
                        restart.getEnabled(),
                        Times.duration(in, field + "restart_time", restart.getRestartTime()),
                        Times.duration(in, field + "long_lived_stale_time", restart.getLongLivedStaleTime())));
    }

    private static Parsed<AddressFamily> family(String field, String label) {
        return AddressFamily.of(label)
                .<Parsed<AddressFamily>>map(Parsed.Ok::new)
                .orElseGet(() -> Parsed.bad(
                        field, '"' + label + "\" is not an address family: write ipv4-unicast or ipv6-unicast"));
    }

    private static ExportPolicy exports(Reading in, io.natator.v1.ExportPolicy exports) {
        List<PrefixRange> allowed = new ArrayList<>();
        for (int i = 0; i < exports.getAllowedPrefixesCount(); i++) {
            var range = exports.getAllowedPrefixes(i);
            in.required("export_policy.allowed_prefixes[" + i + "].prefix", range.getPrefix(), Texts::prefix)
                    .ifPresent(p -> allowed.add(new PrefixRange(p, range.getGe(), range.getLe())));
        }
        List<Community> communities =
                in.list("export_policy.communities", exports.getCommunitiesList(), Communities::parse);
        return new ExportPolicy(
                allowed,
                communities,
                exports.hasMed() ? OptionalLong.of(Integer.toUnsignedLong(exports.getMed())) : OptionalLong.empty(),
                exports.hasLocalPreference()
                        ? OptionalLong.of(Integer.toUnsignedLong(exports.getLocalPreference()))
                        : OptionalLong.empty(),
                exports.getPrependCount(),
                exports.getMaxRoutes());
    }

    private static Bfd bfd(Reading in, io.natator.v1.Bfd bfd, String key) {
        Optional<Bfd.AuthenticationType> type = switch (bfd.getAuthType()) {
            case AUTH_TYPE_UNSPECIFIED -> Optional.empty();
            case SIMPLE_PASSWORD -> Optional.of(Bfd.AuthenticationType.SIMPLE_PASSWORD);
            case KEYED_MD5 -> Optional.of(Bfd.AuthenticationType.KEYED_MD5);
            case METICULOUS_KEYED_MD5 -> Optional.of(Bfd.AuthenticationType.METICULOUS_KEYED_MD5);
            case KEYED_SHA1 -> Optional.of(Bfd.AuthenticationType.KEYED_SHA1);
            case METICULOUS_KEYED_SHA1 -> Optional.of(Bfd.AuthenticationType.METICULOUS_KEYED_SHA1);
            case UNRECOGNIZED -> {
                in.bad("bfd.auth_type", "is unknown: write METICULOUS_KEYED_SHA1, or leave it out");
                yield Optional.empty();
            }
        };
        return new Bfd(
                bfd.getEnabled(),
                Times.duration(in, "bfd.min_tx", bfd.getMinTx()),
                Times.duration(in, "bfd.min_rx", bfd.getMinRx()),
                bfd.getMultiplier(),
                bfd.getMultihop(),
                bfd.getStrict(),
                type.map(t -> new Bfd.Authentication(t, bfd.getAuthKeyId(), key)));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static OptionalInt number(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Optional<java.time.Duration> duration(Reading in, String field, boolean given, Duration duration) {
        return given ? Optional.of(Times.duration(in, field, duration)) : Optional.empty();
    }
}
