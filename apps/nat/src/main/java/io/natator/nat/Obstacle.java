package io.natator.nat;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;

/** Why rules of a device cannot do a translation, for people. */
final class Obstacle {
    /** How obstacles begin that a software switch overcomes. */
    static final String NEEDS = "needs a software switch: ";

    /** How it is told that the device would not have the rules. */
    static final String REFUSED = "the switch refused ";

    private Obstacle() {}

    /**
     * @param linkPrefixes ARP and ND addresses can be matched against prefixes
     * @return empty if rules can do it
     */
    static String of(Context context, Translation translation, boolean linkPrefixes) {
        boolean ipv4 = translation.isIpv4();
        String missing = context.routed() ? gateways(context, translation) : "";
        if (translation.kind() != Kind.STATIC && missing.isEmpty()) {
            return NEEDS
                    + translation.kind()
                    + (translation.kind().stateful()
                            ? " needs sessions, which rules have not"
                            : " changes the IP version, which rules cannot")
                    + (context.ports(Side.SERVICE).isEmpty()
                            ? "; give devices/" + context.device().id() + " a SERVICE port that leads to one"
                            : "");
        }
        return switch (context.device().mode()) {
            case NORMAL -> "";
            case ROUTED -> missing;
            case TRANSPARENT -> {
                if (!context.abilities().can(ipv4 ? Feature.SET_ARP : Feature.SET_ND)) {
                    yield NEEDS + "the device cannot rewrite " + (ipv4 ? "ARP" : "neighbor discovery");
                }
                yield linkPrefixes || translation.exemptDestinations().isEmpty()
                        ? ""
                        : NEEDS + "the device cannot match prefixes in " + (ipv4 ? "ARP" : "neighbor discovery")
                                + ", which exempt destinations need";
            }
        };
    }

    private static String gateways(Context context, Translation translation) {
        boolean inside = translation.inside().isIp4();
        boolean outside = translation.outside().isIp4();
        return gateways(context, Side.INSIDE, inside) && gateways(context, Side.OUTSIDE, outside)
                ? ""
                : "no " + version(inside) + " gateway on an inside and "
                        + (inside == outside ? "" : "no " + version(outside) + " gateway ")
                        + "on an outside port of devices/" + context.device().id() + ": add ports[].gateways";
    }

    private static String version(boolean ipv4) {
        return ipv4 ? "IPv4" : "IPv6";
    }

    private static boolean gateways(Context context, Side side, boolean ipv4) {
        return context.ports(side).stream()
                .flatMap(p -> p.config().gateways().stream())
                .anyMatch(g -> g.address().isIp4() == ipv4);
    }
}
