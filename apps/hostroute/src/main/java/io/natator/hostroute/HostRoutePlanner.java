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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Decides which prefixes are announced with which next hop. Announces only addresses that are translated, all of them,
 * and aggregates them across translations and devices where next hop, communities and neighbours are the same. Where a
 * block is shared by several next hops, it goes to one of them with the others' parts as more specific routes, if that
 * takes fewer routes.
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

    /** What is asked for: the two families apart, each by offer. */
    private record Wanted(Map<Offer, Shares> ipv4, Map<Offer, Shares> ipv6, List<Problem> problems) {
        Wanted() {
            this(new TreeMap<>(Offer.ORDER), new TreeMap<>(Offer.ORDER), new ArrayList<>());
        }
    }

    @Override
    public Routes plan(List<Proved> proved, Origins origins) {
        Wanted wanted = wanted(proved);
        Validation validation = new Validation(origins);
        List<Announcement> announcements = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        announce(wanted.ipv4(), true, validation, announcements, refused);
        announce(wanted.ipv6(), false, validation, announcements, refused);
        return new Routes(announcements, refused, List.copyOf(wanted.problems()));
    }

    private static Wanted wanted(List<Proved> proved) {
        List<Proved> ordered = new ArrayList<>(proved);
        ordered.sort(Comparator.comparing((Proved one) -> one.translation().id())
                .thenComparing(one -> one.device().id()));
        Wanted wanted = new Wanted();
        int room = MAX_HOST_ROUTES;
        for (Proved one : ordered) {
            Translation translation = one.translation();
            Announce policy = translation.announce();
            if (policy.routes() == Announce.Routes.NONE) {
                continue;
            }
            Optional<IpAddress> nextHop = nextHop(translation, one.device());
            if (nextHop.isEmpty()) {
                wanted.problems().add(problem(one, noNextHop(one)));
                continue;
            }
            Map<Offer, Shares> offers = translation.outside().isIp4() ? wanted.ipv4() : wanted.ipv6();
            if (policy.routes() == Announce.Routes.HOST_ROUTES) {
                BigInteger hosts = Stream.concat(one.translated().stream(), one.leaving().stream())
                        .map(Addresses::size)
                        .reduce(BigInteger.ZERO, BigInteger::add);
                if (hosts.compareTo(BigInteger.valueOf(room)) > 0) {
                    wanted.problems().add(problem(one, tooMany(hosts, room)));
                    continue;
                }
                room -= hosts.intValue();
            }
            share(one, one.translated(), Offer.of(nextHop.get(), policy, false), offers);
            share(one, one.leaving(), Offer.of(nextHop.get(), policy, true), offers);
        }
        return wanted;
    }

    private static void share(Proved one, List<IpPrefix> prefixes, Offer offer, Map<Offer, Shares> offers) {
        if (prefixes.isEmpty()) {
            return;
        }
        Shares shares = offers.computeIfAbsent(offer, o -> new Shares());
        if (one.translation().announce().routes() == Announce.Routes.AGGREGATE) {
            aggregates(one, prefixes, shares);
        } else {
            hosts(one, prefixes, shares);
        }
    }

    private static void aggregates(Proved one, List<IpPrefix> prefixes, Shares shares) {
        List<String> id = List.of(one.translation().id());
        for (IpPrefix prefix : prefixes) {
            shares.aggregates().add(new Share(Block.of(prefix), id));
        }
    }

    private static void hosts(Proved one, List<IpPrefix> prefixes, Shares shares) {
        List<String> id = List.of(one.translation().id());
        boolean ipv4 = one.translation().outside().isIp4();
        for (IpPrefix prefix : prefixes) {
            Block block = Block.of(prefix);
            int count = Addresses.size(prefix).intValue();
            for (int i = 0; i < count; i++) {
                shares.hosts().add(new Share(block.host(i, ipv4), id));
            }
        }
    }

    private static void announce(
            Map<Offer, Shares> offers,
            boolean ipv4,
            Validation validation,
            List<Announcement> announced,
            List<Refusal> refused) {
        int first = announced.size();
        Map<Offer, List<Share>> wanted = new HashMap<>();
        offers.forEach((offer, shares) -> wanted.put(offer, shares.aggregates()));
        Map<Offer, List<Share>> aggregates = Aggregates.of(wanted, ipv4, validation);
        offers.forEach((offer, shares) -> {
            List<Share> all = new ArrayList<>(aggregates.get(offer));
            all.addAll(shares.hosts());
            for (Share share : Share.distinct(all)) {
                Announcement one = offer.announce(share.block().toPrefix(ipv4), share.translations());
                validation.sort(one, offer.force(), announced, refused);
            }
        });
        if (offers.size() > 1) {
            // Stable: of one prefix, the offers stay in their order.
            announced
                    .subList(first, announced.size())
                    .sort(Comparator.comparing(
                                    (Announcement one) -> one.prefix().address())
                            .thenComparingInt(one -> one.prefix().prefixLength()));
        }
    }

    private static Optional<IpAddress> nextHop(Translation translation, Device device) {
        Optional<IpAddress> own = translation
                .announce()
                .nextHop()
                .filter(hop -> hop.isIp4() == translation.outside().isIp4());
        return own.or(() -> device.nextHops().stream()
                .filter(hop -> hop.isIp4() == translation.outside().isIp4())
                .findFirst());
    }

    private static Problem problem(Proved one, String reason) {
        return new Problem(one.translation().id(), one.device().id(), reason);
    }

    private static String noNextHop(Proved one) {
        String family = one.translation().outside().isIp4() ? "IPv4" : "IPv6";
        return "not announced: devices/" + one.device().id() + " has no " + family
                + " next hop; set next_hops of the device, or announce.next_hop of the translation";
    }

    private static String tooMany(BigInteger wanted, int room) {
        return "not announced: " + wanted + " host routes, and there is room for " + room + " of " + MAX_HOST_ROUTES
                + "; announce AGGREGATE instead";
    }
}
