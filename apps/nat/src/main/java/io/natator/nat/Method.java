package io.natator.nat;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.List;
import org.onlab.packet.IpAddress;

/**
 * How a translation can be done on a device, before its tables are counted.
 *
 * @param masked one rewrite for the block, else one a host
 * @param linkPrefixes ARP and ND addresses can be matched against prefixes
 * @param obstacle why it cannot be done at all; empty if it can
 */
record Method(Translation translation, boolean masked, boolean link, boolean linkPrefixes, String obstacle) {
    /** Hosts of one translation that are ever done one by one. */
    private static final int MOST_HOSTS = 1 << 20;

    static Method of(Context context, Translation translation) {
        Abilities abilities = context.abilities();
        boolean linkPrefixes = abilities.can(Feature.MASKED_ARP_ND_MATCH);
        boolean link = context.transparent();
        boolean host = translation.inside().prefixLength() == (translation.isIpv4() ? 32 : 128);
        boolean masked = host
                || (abilities.can(Feature.MASKED_SET_FIELD) && !translation.perHostRules() && (!link || linkPrefixes));
        return new Method(
                translation, masked && !host, link, linkPrefixes, obstacle(context, translation, linkPrefixes));
    }

    private static String obstacle(Context context, Translation translation, boolean linkPrefixes) {
        boolean ipv4 = translation.isIpv4();
        if (translation.kind().stateful()) {
            return "needs a software switch: " + translation.kind() + " needs sessions, which rules have not";
        }
        return switch (context.device().mode()) {
            case NORMAL -> "";
            case ROUTED ->
                gateways(context, Side.INSIDE, ipv4) && gateways(context, Side.OUTSIDE, ipv4)
                        ? ""
                        : "no " + (ipv4 ? "IPv4" : "IPv6") + " gateway on an inside and on an outside port of devices/"
                                + context.device().id() + ": add ports[].gateways";
            case TRANSPARENT -> {
                if (!context.abilities().can(ipv4 ? Feature.SET_ARP : Feature.SET_ND)) {
                    yield "needs a software switch: the device cannot rewrite " + (ipv4 ? "ARP" : "neighbor discovery");
                }
                yield linkPrefixes || translation.exemptDestinations().isEmpty()
                        ? ""
                        : "needs a software switch: the device cannot match prefixes in "
                                + (ipv4 ? "ARP" : "neighbor discovery") + ", which exempt destinations need";
            }
        };
    }

    private static boolean gateways(Context context, Side side, boolean ipv4) {
        return context.ports(side).stream()
                .flatMap(p -> p.config().gateways().stream())
                .anyMatch(g -> g.address().isIp4() == ipv4);
    }

    /** For people. */
    String how() {
        return masked ? "masked set-field" : "set-field per host";
    }

    /** How many rewrites do all of it. */
    BigInteger units() {
        return masked ? BigInteger.ONE : Addresses.size(translation.inside());
    }

    /** {@link #units}, as far as they are ever done. */
    int mostUnits() {
        return units().min(BigInteger.valueOf(MOST_HOSTS)).intValueExact();
    }

    /** {@code units} of them. */
    Work work(int units) {
        Pairs pairs = pairs(units);
        List<IpAddress> gateways = gateways().stream()
                .filter(g -> pairs.done().stream().anyMatch(p -> p.contains(g)))
                .toList();
        boolean partial = units().compareTo(BigInteger.valueOf(units)) > 0;
        return new Work(translation, pairs, gateways, partial, link, linkPrefixes);
    }

    /** All gateways, but {@code units} rewrites only: to count rules. */
    Work sample(int units, boolean partial) {
        return new Work(translation, pairs(units), gateways(), partial, link, linkPrefixes);
    }

    private List<IpAddress> gateways() {
        return translation.gateways().stream().distinct().toList();
    }

    private Pairs pairs(int units) {
        if (units == 0) {
            return Pairs.none();
        }
        return masked ? Pairs.block(translation) : Pairs.hosts(translation, units);
    }

    /** All rules of one translation. */
    static void emit(Context context, Work work, Program out) {
        Admission.translation(context, work, out);
        ToInside.translation(context, work, out);
        ToOutside.translation(work, out);
    }

    /** All rules that serve the device as a whole. */
    static void device(Context context, Program out) {
        Admission.device(context, out);
        ToInside.device(context, out);
        ToOutside.device(out);
        Forward.device(context, out);
    }
}
