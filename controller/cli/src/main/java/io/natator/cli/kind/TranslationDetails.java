package io.natator.cli.kind;

import io.natator.cli.output.Details;
import io.natator.cli.output.Words;
import io.natator.v1.AnnouncePolicy;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import java.time.Instant;

/** {@code describe translation}. */
final class TranslationDetails {
    private TranslationDetails() {}

    static void describe(Translation translation, Details details, Instant now) {
        details.value("Name", translation.getName());
        details.value("Description", translation.getDescription());
        details.value(
                "Kind",
                translation.getKind() == Translation.Kind.KIND_UNSPECIFIED
                        ? "STATIC"
                        : translation.getKind().name());
        details.value("Inside", translation.getInside());
        details.value("Outside", translation.getOutside());
        details.value("Pref64", translation.getPref64());
        details.value("IPv6 MTU", translation.getIpv6Mtu() == 0 ? "" : Words.number(translation.getIpv6Mtu()));
        details.values("Exempt", translation.getExemptDestinationsList());
        details.values("Gateways", translation.getGatewaysList());
        details.values("Devices", translation.getDevicesList());
        details.value("Per-host rules", translation.getPerHostRules() ? "yes" : "");
        announce(translation.getAnnounce(), details);
        details.value("Created", Words.moment(translation.getCreateTime(), now));
        details.value("Updated", Words.moment(translation.getUpdateTime(), now));
        details.value("Etag", translation.getEtag());
        translation.getStatusesList().forEach(status -> status(status, details, now));
    }

    private static void announce(AnnouncePolicy policy, Details details) {
        details.section("Announce", () -> {
            details.value(
                    "Routes",
                    policy.getRoutes() == AnnouncePolicy.Routes.ROUTES_UNSPECIFIED
                            ? "AGGREGATE"
                            : policy.getRoutes().name());
            details.value("Next hop", policy.getNextHop().isEmpty() ? "the device's own" : policy.getNextHop());
            details.value("Communities", String.join(" ", policy.getCommunitiesList()));
            details.value(
                    "Neighbors", policy.getNeighborsCount() == 0 ? "all" : String.join(" ", policy.getNeighborsList()));
        });
    }

    private static void status(TranslationStatus status, Details details, Instant now) {
        details.section("On " + status.getDevice(), () -> {
            details.styled("State", status.getState().name(), States.style(status.getState()));
            details.value("Reason", status.getReason());
            details.value("Since", Words.moment(status.getSince(), now));
            details.value("Placement", status.getPlacement());
            details.value("Rules", Words.number(status.getRules()));
            details.value(
                    "Bindings in hardware",
                    status.getHardwareBindings() == 0 ? "" : Words.number(status.getHardwareBindings()));
            details.value("Packets", Words.number(status.getPackets()));
            details.value("Bytes", Words.number(status.getBytes()));
            details.value(
                    "Rules restored", status.getRulesRestored() == 0 ? "" : Words.number(status.getRulesRestored()));
            details.value("Sessions lost", lost(status));
        });
    }

    /** When software switches went: what is known of it. */
    private static String lost(TranslationStatus status) {
        long unknown = status.getUncountedMoves();
        if (status.getSessionsLost() == 0 && unknown == 0) {
            return "";
        }
        return Words.number(status.getSessionsLost())
                + (unknown == 0 ? "" : ", and those of " + Words.number(unknown) + " shares that nobody had counted");
    }
}
