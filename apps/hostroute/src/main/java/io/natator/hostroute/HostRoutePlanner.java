package io.natator.hostroute;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Decides which prefixes are announced with which next hop. Announces only addresses that are translated, all of them,
 * and aggregates them across translations and devices where next hop, communities and neighbours are the same.
 *
 * <p>Of one prefix on several devices there is one announcement a next hop.
 */
public final class HostRoutePlanner implements RoutePlanner {
    /** Host routes of all translations together; what a backbone router's table can be expected to take, and more. */
    public static final int MAX_HOST_ROUTES = 1 << 20;

    /** Blocks of one offer, by the policy of their translations. */
    private record Shares(List<Share> aggregates, List<Share> hosts) {
        Shares() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The two families apart, IPv4 first, each by offer. */
    private record Plan(Map<Offer, Shares> ipv4, Map<Offer, Shares> ipv6, List<Problem> problems) {
        Plan() {
            this(new TreeMap<>(Offer.ORDER), new TreeMap<>(Offer.ORDER), new ArrayList<>());
        }
    }

    @Override
    public List<Announcement> announcements(List<Proved> proved) {
        Plan plan = plan(proved);
        List<Announcement> announcements = new ArrayList<>();
        announce(plan.ipv4(), true, announcements);
        announce(plan.ipv6(), false, announcements);
        return announcements;
    }

    @Override
    public List<Problem> problems(List<Proved> proved) {
        return List.copyOf(plan(proved).problems());
    }

    private static Plan plan(List<Proved> proved) {
        List<Proved> ordered = new ArrayList<>(proved);
        ordered.sort(Comparator.comparing((Proved one) -> one.translation().id())
                .thenComparing(one -> one.device().id()));
        Plan plan = new Plan();
        int room = MAX_HOST_ROUTES;
        for (Proved one : ordered) {
            Translation translation = one.translation();
            Announce policy = translation.announce();
            if (policy.routes() == Announce.Routes.NONE) {
                continue;
            }
            Optional<IpAddress> nextHop = nextHop(translation, one.device());
            if (nextHop.isEmpty()) {
                plan.problems().add(problem(one, noNextHop(one)));
                continue;
            }
            Map<Offer, Shares> offers = translation.isIpv4() ? plan.ipv4() : plan.ipv6();
            Shares shares = offers.computeIfAbsent(Offer.of(nextHop.get(), policy), offer -> new Shares());
            if (policy.routes() == Announce.Routes.AGGREGATE) {
                aggregates(one, shares);
                continue;
            }
            BigInteger wanted = one.translated().stream().map(Addresses::size).reduce(BigInteger.ZERO, BigInteger::add);
            if (wanted.compareTo(BigInteger.valueOf(room)) > 0) {
                plan.problems().add(problem(one, tooMany(wanted, room)));
                continue;
            }
            room -= wanted.intValue();
            hosts(one, shares);
        }
        return plan;
    }

    private static void aggregates(Proved one, Shares shares) {
        List<String> id = List.of(one.translation().id());
        for (IpPrefix prefix : one.translated()) {
            shares.aggregates().add(new Share(Block.of(prefix), id));
        }
    }

    private static void hosts(Proved one, Shares shares) {
        List<String> id = List.of(one.translation().id());
        boolean ipv4 = one.translation().isIpv4();
        for (IpPrefix prefix : one.translated()) {
            Block block = Block.of(prefix);
            int count = Addresses.size(prefix).intValue();
            for (int i = 0; i < count; i++) {
                shares.hosts().add(new Share(block.host(i, ipv4), id));
            }
        }
    }

    private static void announce(Map<Offer, Shares> offers, boolean ipv4, List<Announcement> into) {
        int first = into.size();
        offers.forEach((offer, shares) -> {
            List<Share> all = new ArrayList<>(Share.aggregate(shares.aggregates()));
            all.addAll(shares.hosts());
            for (Share share : Share.distinct(all)) {
                into.add(new Announcement(
                        share.block().toPrefix(ipv4),
                        offer.nextHop(),
                        offer.communities(),
                        offer.neighbors(),
                        share.translations()));
            }
        });
        if (offers.size() > 1) {
            // Stable: of one prefix, the offers stay in their order.
            into.subList(first, into.size())
                    .sort(Comparator.comparing(
                                    (Announcement one) -> one.prefix().address())
                            .thenComparingInt(one -> one.prefix().prefixLength()));
        }
    }

    private static Optional<IpAddress> nextHop(Translation translation, Device device) {
        Optional<IpAddress> own = translation.announce().nextHop().filter(hop -> hop.isIp4() == translation.isIpv4());
        return own.or(() -> device.nextHops().stream()
                .filter(hop -> hop.isIp4() == translation.isIpv4())
                .findFirst());
    }

    private static Problem problem(Proved one, String reason) {
        return new Problem(one.translation().id(), one.device().id(), reason);
    }

    private static String noNextHop(Proved one) {
        String family = one.translation().isIpv4() ? "IPv4" : "IPv6";
        return "not announced: devices/" + one.device().id() + " has no " + family
                + " next hop; set next_hops of the device, or announce.next_hop of the translation";
    }

    private static String tooMany(BigInteger wanted, int room) {
        return "not announced: " + wanted + " host routes, and there is room for " + room + " of " + MAX_HOST_ROUTES
                + "; announce AGGREGATE instead";
    }
}
