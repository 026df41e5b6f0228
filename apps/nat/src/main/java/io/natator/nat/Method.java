package io.natator.nat;

import io.natator.model.compile.Refusal;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Kind;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

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
 * @param sharing hosts that have other outside addresses, too
 * @param itself the device is a software switch, and does all parts itself
 * @param blockwise one rewrite for the block would do as well, although one a host is asked for
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
        Optional<Refusal> refused,
        Sharing sharing,
        boolean itself,
        boolean blockwise) {
    /** Hosts of one translation that are ever done one by one. */
    private static final int MOST_HOSTS = 1 << 20;

    /**
     * @param shared hosts of the device's translations
     * @param refusal what the device refused of this one
     */
    static Method of(
            Context context,
            Translation translation,
            SharedInside shared,
            Services services,
            Optional<Refusal> refusal) {
        Abilities abilities = context.abilities();
        boolean linkPrefixes = abilities.can(Feature.MASKED_ARP_ND_MATCH);
        boolean byRules = translation.kind() == Kind.STATIC;
        boolean link = context.transparent();
        boolean host = translation.inside().prefixLength() == (translation.isIpv4() ? 32 : 128);
        boolean maskable = abilities.can(Feature.MASKED_SET_FIELD) && (!link || linkPrefixes);
        boolean masked = host || (maskable && !translation.perHostRules());
        boolean told = link && !shared.with(translation).isEmpty();
        String missing = Obstacle.of(context, translation, linkPrefixes);
        String obstacle = missing.isEmpty() && told && !maskable
                ? Obstacle.NEEDS + "the device cannot rewrite prefixes in "
                        + (translation.isIpv4() ? "ARP" : "neighbor discovery")
                        + ", which hosts with several outside addresses need"
                : missing;
        // In ARP and neighbour discovery, what is left over can be told only by prefixes.
        boolean helps =
                obstacle.isEmpty() || (obstacle.startsWith(Obstacle.NEEDS) && (!link || linkPrefixes || !byRules));
        // Whether somebody does it does not depend on where.
        boolean served = helps && !services.parts(translation).isEmpty();
        Sharing sharing = Sharing.of(translation, shared, served);
        List<Part> parts = served ? services.parts(translation, sharing.place()) : List.of();
        // Where nobody else does it, what the device takes is better than nothing. Who is told of under several
        // addresses must be so
        // in one place.
        Optional<Refusal> refused =
                refusal.filter(_ -> !parts.isEmpty() && obstacle.isEmpty() && !told && (!link || linkPrefixes));
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
                link && byRules,
                linkPrefixes,
                refused.filter(_ -> !hosts)
                        .map(r -> Obstacle.NEEDS + Obstacle.REFUSED + "its rules: " + r.reason())
                        .orElse(obstacle.startsWith(Obstacle.NEEDS) ? obstacle + nobody : obstacle),
                parts,
                parts.isEmpty() ? "" : services.who(parts),
                nobody,
                refused.filter(_ -> hosts),
                sharing,
                services.itself(),
                services.itself() && maskable && !masked);
    }

    /**
     * How a software switch does a translation for another device: the whole block at once.
     *
     * @param shared hosts of that device's translations
     * @param parts those that are done here
     */
    static Method served(Context context, Translation translation, SharedInside shared, List<Part> parts) {
        boolean host = translation.inside().prefixLength() == (translation.isIpv4() ? 32 : 128);
        boolean link = context.transparent() && translation.kind() == Kind.STATIC;
        Sharing sharing = Sharing.of(translation, shared, true);
        return new Method(translation, !host, link, true, "", parts, "", "", Optional.empty(), sharing, false, false);
    }

    /** The same with one rewrite for the block, where there is no room for one a host. */
    Method asBlock() {
        return new Method(
                translation,
                true,
                link,
                linkPrefixes,
                obstacle,
                parts,
                who,
                nobody,
                Optional.empty(),
                sharing,
                itself,
                false);
    }

    /** Rules can do some of it. */
    boolean possible() {
        return obstacle.isEmpty();
    }

    /** How many rewrites do all of it, if rules do. */
    BigInteger units() {
        if (masked) {
            return sharing.all(translation) ? BigInteger.ZERO : BigInteger.ONE;
        }
        return without().stream()
                .map(Addresses::size)
                .reduce(Addresses.size(translation.inside()), BigInteger::subtract);
    }

    /** {@link #units}, as far as they are ever done. */
    int mostUnits() {
        return units().min(BigInteger.valueOf(MOST_HOSTS)).intValueExact();
    }

    /** Inside prefixes that are not done by rewriting: disjoint, minimal, in order. */
    private List<IpPrefix> without() {
        Stream<IpPrefix> hosts =
                refused.stream().flatMap(r -> r.hosts().stream()).map(IpAddress::toIpPrefix);
        return Addresses.minimal(Stream.concat(hosts, sharing.inside().stream()).toList());
    }

    /** Something is left over, whatever the room. */
    boolean leaves() {
        return refused.isPresent();
    }

    /** {@code units} of them. */
    Work work(int units) {
        Pairs pairs = pairs(units);
        List<IpAddress> gateways = gateways().stream()
                .filter(g -> pairs.done().stream().anyMatch(p -> p.contains(g)))
                .toList();
        // Of hosts that are shared, ARP and neighbour discovery are left over, too.
        boolean partial = leaves() || units().compareTo(BigInteger.valueOf(units)) > 0 || (link && !possible());
        return new Work(
                translation,
                pairs,
                linkPairs(pairs),
                gateways,
                partial,
                link,
                linkPrefixes,
                leftTo(partial),
                sharing,
                true);
    }

    /**
     * {@code units} of them in one table, where two addresses that are rewritten are a rule for every pair of hosts: what has
     * those is left to software switches, if there are any.
     */
    Work withoutPairs(int units) {
        Work work = work(units);
        return masked || units == 0 || leftTo(true).isEmpty()
                ? work
                : new Work(
                        translation,
                        work.pairs(),
                        Pairs.none(),
                        work.gateways(),
                        true,
                        link,
                        linkPrefixes,
                        leftTo(true),
                        sharing,
                        false);
    }

    /** All gateways, but {@code units} rewrites only: to count rules. */
    Work sample(int units, boolean partial) {
        Pairs pairs = pairs(units);
        return new Work(
                translation,
                pairs,
                linkPairs(pairs),
                gateways(),
                partial,
                link,
                linkPrefixes,
                leftTo(partial),
                sharing,
                true);
    }

    /**
     * In ARP and neighbour discovery, what is left over can be told only by prefixes: else nobody can take it over. Sessions
     * know nothing of either.
     */
    private List<Part> leftTo(boolean partial) {
        return partial && link && (itself || !linkPrefixes) ? List.of() : parts;
    }

    private List<IpAddress> gateways() {
        return translation.gateways().stream().distinct().toList();
    }

    private Pairs pairs(int units) {
        int count = Math.min(units, mostUnits());
        if (count == 0) {
            return Pairs.none();
        }
        return masked ? Pairs.block(translation, sharing.inside()) : Pairs.hosts(translation, count, without());
    }

    /** Of hosts that are shared, a block: whose they are is told by priorities. */
    private Pairs linkPairs(Pairs pairs) {
        return link && possible() && !sharing.inside().isEmpty() ? Pairs.block(translation, List.of()) : pairs;
    }

    /** All rules of one translation. */
    static void emit(Context context, Work work, Program out) {
        Admission.translation(context, work, out);
        ToInside.translation(context, work, out);
        ToOutside.translation(context, work, out);
        Forward.translation(context, work, out);
        Copies.own(context, work, out);
        context.hairpins().own(context, work, out);
    }

    /** All rules that serve the device as a whole. */
    static void device(Context context, Program out) {
        Admission.device(context, out);
        ToInside.device(context, out);
        ToOutside.device(out);
        Forward.device(context, out);
    }
}
