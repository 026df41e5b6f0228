package io.natator.nat;

import io.natator.model.compile.Refusal;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpAddress;

/**
 * How a translation can be done on a device, before its tables are counted.
 *
 * @param masked one rewrite for the block, else one a host
 * @param linkPrefixes ARP and ND addresses can be matched against prefixes
 * @param obstacle why rules cannot do it at all; empty if they can
 * @param parts what software switches do of it, and of what rules leave over; none if there is no such switch, or if that
 *     would not help
 * @param who does the parts, for people
 * @param nobody what would help where there is nobody to do them, for people; else empty
 * @param refused hosts whose rules the device does not take, so that software switches do them
 */
record Method(
        Translation translation,
        boolean masked,
        boolean link,
        boolean linkPrefixes,
        String obstacle,
        List<Part> parts,
        String who,
        String nobody,
        Optional<Refusal> refused) {
    /** Hosts of one translation that are ever done one by one. */
    private static final int MOST_HOSTS = 1 << 20;

    /** How obstacles begin that a software switch overcomes. */
    private static final String NEEDS = "needs a software switch: ";

    /** How it is told that the device would not have the rules. */
    private static final String REFUSED = "the switch refused ";

    static Method of(Context context, Translation translation, Services services, Optional<Refusal> refusal) {
        Abilities abilities = context.abilities();
        boolean linkPrefixes = abilities.can(Feature.MASKED_ARP_ND_MATCH);
        boolean stateful = translation.kind().stateful();
        boolean link = context.transparent();
        boolean host = translation.inside().prefixLength() == (translation.isIpv4() ? 32 : 128);
        boolean masked = host
                || (abilities.can(Feature.MASKED_SET_FIELD) && !translation.perHostRules() && (!link || linkPrefixes));
        String obstacle = obstacle(context, translation, linkPrefixes);
        // In ARP and neighbour discovery, what is left over can be told only by prefixes.
        boolean helps = obstacle.isEmpty() || (obstacle.startsWith(NEEDS) && (!link || linkPrefixes || stateful));
        List<Part> parts = helps ? services.parts(translation) : List.of();
        // Where nobody else does it, what the device takes is better than nothing.
        Optional<Refusal> refused =
                refusal.filter(_ -> !parts.isEmpty() && obstacle.isEmpty() && (!link || linkPrefixes));
        boolean hosts = refused.filter(r -> !r.all()
                        && !masked
                        && Addresses.size(translation.inside())
                                        .compareTo(BigInteger.valueOf(r.hosts().size()))
                                > 0)
                .isPresent();
        String nobody = services.nobody().map(why -> ": " + why).orElse("");
        return new Method(
                translation,
                masked && !host,
                link && !stateful,
                linkPrefixes,
                refused.filter(_ -> !hosts)
                        .map(r -> NEEDS + REFUSED + "its rules: " + r.reason())
                        .orElse(obstacle.startsWith(NEEDS) ? obstacle + nobody : obstacle),
                parts,
                parts.isEmpty() ? "" : services.who(parts),
                nobody,
                refused.filter(_ -> hosts));
    }

    /**
     * How a software switch does a translation for another device: the whole block at once.
     *
     * @param parts those that are done here
     */
    static Method served(Context context, Translation translation, List<Part> parts) {
        boolean host = translation.inside().prefixLength() == (translation.isIpv4() ? 32 : 128);
        boolean link = context.transparent() && !translation.kind().stateful();
        return new Method(translation, !host, link, true, "", parts, "", "", Optional.empty());
    }

    private static String obstacle(Context context, Translation translation, boolean linkPrefixes) {
        boolean ipv4 = translation.isIpv4();
        String missing = context.routed() ? gateways(context, ipv4) : "";
        if (translation.kind().stateful() && missing.isEmpty()) {
            return NEEDS + translation.kind() + " needs sessions, which rules have not"
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

    private static String gateways(Context context, boolean ipv4) {
        return gateways(context, Side.INSIDE, ipv4) && gateways(context, Side.OUTSIDE, ipv4)
                ? ""
                : "no " + (ipv4 ? "IPv4" : "IPv6") + " gateway on an inside and on an outside port of devices/"
                        + context.device().id() + ": add ports[].gateways";
    }

    private static boolean gateways(Context context, Side side, boolean ipv4) {
        return context.ports(side).stream()
                .flatMap(p -> p.config().gateways().stream())
                .anyMatch(g -> g.address().isIp4() == ipv4);
    }

    /** For people. */
    String how(Work work) {
        if (parts.isEmpty()) {
            return rules();
        }
        if (work.stateful()) {
            int slices = parts.size();
            return who + ": " + translation.kind() + " needs sessions"
                    + (slices == 1 ? "" : "; the pool is divided into " + slices);
        }
        if (work.pairs().size() == 0) {
            return who + (obstacle.isEmpty() ? "" : ": " + obstacle.substring(NEEDS.length()));
        }
        String rest = work.partial()
                ? " for " + work.count() + " of " + Addresses.size(work.inside())
                        + " addresses, the others"
                        + refused.map(r ->
                                        " (" + REFUSED + "rules of " + r.hosts().size() + ": " + r.reason() + ")")
                                .orElse("")
                        + " and ICMP errors "
                : ", ICMP errors ";
        return rules() + rest + who;
    }

    private String rules() {
        return masked ? "masked set-field" : "set-field per host";
    }

    /** Rules can do some of it. */
    boolean possible() {
        return obstacle.isEmpty();
    }

    /** How many rewrites do all of it, if rules do. */
    BigInteger units() {
        return masked
                ? BigInteger.ONE
                : Addresses.size(translation.inside())
                        .subtract(BigInteger.valueOf(without().size()));
    }

    /** {@link #units}, as far as they are ever done. */
    int mostUnits() {
        return units().min(BigInteger.valueOf(MOST_HOSTS)).intValueExact();
    }

    private Set<IpAddress> without() {
        return refused.map(r -> (Set<IpAddress>) r.hosts()).orElse(Set.of());
    }

    /** Something is left over, whatever the room. */
    boolean leaves() {
        return !without().isEmpty();
    }

    /** {@code units} of them. */
    Work work(int units) {
        Pairs pairs = pairs(units);
        List<IpAddress> gateways = gateways().stream()
                .filter(g -> pairs.done().stream().anyMatch(p -> p.contains(g)))
                .toList();
        boolean partial = leaves() || units().compareTo(BigInteger.valueOf(units)) > 0;
        return new Work(translation, pairs, gateways, partial, link, linkPrefixes, leftTo(partial));
    }

    /** All gateways, but {@code units} rewrites only: to count rules. */
    Work sample(int units, boolean partial) {
        return new Work(translation, pairs(units), gateways(), partial, link, linkPrefixes, leftTo(partial));
    }

    /** In ARP and neighbour discovery, what is left over can be told only by prefixes: else nobody can take it over. */
    private List<Part> leftTo(boolean partial) {
        return partial && link && !linkPrefixes ? List.of() : parts;
    }

    private List<IpAddress> gateways() {
        return translation.gateways().stream().distinct().toList();
    }

    private Pairs pairs(int units) {
        if (units == 0) {
            return Pairs.none();
        }
        return masked ? Pairs.block(translation) : Pairs.hosts(translation, units, without());
    }

    /** All rules of one translation. */
    static void emit(Context context, Work work, Program out) {
        Admission.translation(context, work, out);
        ToInside.translation(context, work, out);
        ToOutside.translation(context, work, out);
        Forward.translation(context, work, out);
    }

    /** All rules that serve the device as a whole. */
    static void device(Context context, Program out) {
        Admission.device(context, out);
        ToInside.device(context, out);
        ToOutside.device(out);
        Forward.device(context, out);
    }
}
