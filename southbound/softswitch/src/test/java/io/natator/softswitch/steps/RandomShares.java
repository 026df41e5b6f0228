package io.natator.softswitch.steps;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.intent.PoolBuilder;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Shares of all kinds, small and crowded, with all options; and changes of them. Some sets are none that may be. */
final class RandomShares {
    private static final List<String> INSIDE_1 = List.of("10.0.0.0/29", "10.0.0.0/28", "10.0.0.0/30");
    private static final List<String> OUTSIDE_1 = List.of("198.51.100.1/32", "198.51.100.4/31", "198.51.100.8/31");
    private static final List<String> INSIDE_2 = List.of("10.0.1.0/29", "10.0.1.0/30");
    private static final List<String> OUTSIDE_2 = List.of("203.0.113.1/32", "203.0.113.2/31");
    private static final List<String> INSIDE_6 = List.of("2001:db8:6::/64", "2001:db8:6::/48", "2001:db8:6::/126");
    private static final List<String> OUTSIDE_6 = List.of("198.18.6.1/32", "198.18.6.2/31");
    private static final List<String> INSIDE_7 = List.of("2001:db8:7::/125", "2001:db8:7::/127");
    private static final List<String> OUTSIDE_7 = List.of("198.18.7.1/32", "198.18.7.4/31");
    private static final List<String> PREF64 = List.of("64:ff9b::/96", "2001:db9::/32", "2001:db8:6:ff00::/56");
    private static final Timers TIMERS =
            new Timers(Duration.ofSeconds(30), Duration.ofSeconds(300), Duration.ofSeconds(40), Duration.ofSeconds(10));
    private static final Timers OTHERS =
            new Timers(Duration.ofSeconds(20), Duration.ofSeconds(90), Duration.ofSeconds(50), Duration.ofSeconds(15));

    private final SplittableRandom random;

    RandomShares(SplittableRandom random) {
        this.random = random;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    /** A set to begin with. */
    List<Share> some() {
        List<Share> all = new ArrayList<>();
        all.add(stateful(1, chance(4) ? Kind.DYNAMIC : Kind.NAPT));
        if (chance(2)) {
            all.add(stateful(2, chance(2) ? Kind.DYNAMIC : Kind.NAPT));
        }
        if (chance(2)) {
            boolean nested = chance(2);
            all.add(fixed(
                    3, nested ? "10.0.0.2/31" : "10.0.2.0/29", nested ? "198.18.0.2/31" : "198.18.0.0/29", false));
        }
        if (chance(2)) {
            boolean ipv4 = random.nextBoolean();
            String inside = ipv4 ? "10.0.3.0/29" : "2001:db8:1::/64";
            all.add(fixed(4, inside, ipv4 ? "198.18.1.0/29" : "2001:db8:a::/64", true));
            all.add(fixed(5, inside, ipv4 ? "198.18.2.0/29" : "2001:db8:b::/64", true));
        }
        if (chance(2)) {
            all.add(stateful(6, Kind.NAT64));
            if (chance(3)) {
                all.add(stateful(7, Kind.NAT64));
            }
        }
        return all;
    }

    /** The same, with something else. */
    List<Share> changed(List<Share> before) {
        List<Share> all = new ArrayList<>(before);
        int at = random.nextInt(all.size());
        Share share = all.get(at);
        if (chance(12) && all.size() > 1) {
            all.remove(at);
        } else if (share.kind() == Kind.STATIC) {
            all.set(at, fixed(share, share.affine() != chance(8)));
        } else if (chance(12)) {
            all.set(at, stateful(share.id(), share.kind()));
        } else {
            all.set(at, changed(share));
        }
        for (int id = 1; id <= 2; id++) {
            int wanted = id;
            if (chance(4) && all.stream().noneMatch(s -> s.id() == wanted)) {
                all.add(stateful(id, chance(2) ? Kind.DYNAMIC : Kind.NAPT));
            }
        }
        return all;
    }

    private Share fixed(int id, String inside, String outside, boolean affine) {
        Pools pools = Pools.fixed(inside, outside);
        pools.id = id;
        pools.pool.timers(TIMERS);
        return fixed(pools.share(), affine);
    }

    private Share fixed(Share s, boolean affine) {
        List<IpPrefix> exempt =
                s.inside().isIp4() ? exempt().stream().map(IpPrefix::valueOf).toList() : List.of();
        return new Share(s.id(), s.translation(), s.kind(), s.inside(), s.outside(), exempt, affine, s.pool());
    }

    private List<String> exempt() {
        return chance(3) ? List.of("192.0.2.2/32") : List.of();
    }

    private List<IpPrefix> some(List<String> of) {
        List<IpPrefix> some = new ArrayList<>();
        for (String prefix : of) {
            if (random.nextBoolean()) {
                some.add(IpPrefix.valueOf(prefix));
            }
        }
        return some.isEmpty() ? List.of(IpPrefix.valueOf(one(of))) : some;
    }

    private static List<String> insides(int id) {
        return switch (id) {
            case 1 -> INSIDE_1;
            case 2 -> INSIDE_2;
            case 6 -> INSIDE_6;
            default -> INSIDE_7;
        };
    }

    private static List<String> outsides(int id) {
        return switch (id) {
            case 1 -> OUTSIDE_1;
            case 2 -> OUTSIDE_2;
            case 6 -> OUTSIDE_6;
            default -> OUTSIDE_7;
        };
    }

    private Share stateful(int id, Kind kind) {
        IpPrefix inside = IpPrefix.valueOf(insides(id).getFirst());
        PoolBuilder pool = Pool.DEFAULT.but().timers(TIMERS);
        List<IpPrefix> outside = some(outsides(id));
        List<IpPrefix> exempt = exempt().stream().map(IpPrefix::valueOf).toList();
        Optional<Embedding> embedding =
                kind == Kind.NAT64 ? Optional.of(new Embedding(IpPrefix.valueOf(one(PREF64)), 1500)) : Optional.empty();
        Share share = new Share(id, "t" + id, kind, inside, outside, exempt, false, false, pool.build(), embedding);
        for (int option = 0; option < OPTIONS; option++) {
            share = with(share, option);
        }
        return share;
    }

    /** One to three things are otherwise. */
    private Share changed(Share share) {
        Share now = share;
        for (int i = random.nextInt(3); i >= 0; i--) {
            now = switch (random.nextInt(6)) {
                case 0 -> with(now, IpPrefix.valueOf(one(insides(now.id()))), now.outside());
                case 1, 2 -> with(now, now.inside(), some(outsides(now.id())));
                default -> with(now, random.nextInt(OPTIONS));
            };
        }
        return now;
    }

    private static Share with(Share s, IpPrefix inside, List<IpPrefix> outside) {
        List<Forward> forwards = s.pool().forwards().stream()
                .filter(f -> inside.contains(f.inside()) && outside.stream().anyMatch(o -> o.contains(f.outside())))
                .toList();
        List<Reservation> reservations = s.pool().reservations().stream()
                .filter(r -> inside.contains(r.inside()) && outside.stream().anyMatch(o -> o.contains(r.outside())))
                .toList();
        Pool pool = s.pool().with(forwards, reservations);
        return share(s, inside, outside, pool);
    }

    private static Share share(Share s, IpPrefix inside, List<IpPrefix> outside, Pool pool) {
        return new Share(
                s.id(),
                s.translation(),
                s.kind(),
                inside,
                outside,
                s.exempt(),
                s.affine(),
                s.offered(),
                pool,
                s.embedding());
    }

    private static final int OPTIONS = 13;

    private Share with(Share s, int option) {
        PoolBuilder pool = s.pool().but();
        boolean napt = s.kind().sharesPorts();
        switch (option) {
            case 0 -> pool.firstPort(1000).lastPort(1000 + random.nextInt(40));
            case 1 -> pool.mapping(one(List.of(Mapping.values())));
            case 2 -> pool.filtering(one(List.of(Filtering.values())));
            case 3 -> pool.pairing(one(List.of(Pairing.values())));
            case 4 -> pool.preservePort(random.nextBoolean()).preserveParity(random.nextBoolean());
            case 5 -> pool.sessionsPerHost(random.nextBoolean() ? 0 : 1 + random.nextInt(12));
            case 6 -> pool.portsPerHost(random.nextBoolean() ? 0 : 1 + random.nextInt(6));
            case 7 -> pool.portBlock(chance(3) ? 1 + random.nextInt(6) : 0);
            case 8 -> pool.deterministic(chance(6) && s.kind() != Kind.NAT64);
            case 9 -> pool.forwards(napt ? forwards(s) : List.of());
            case 10 -> pool.reservations(napt ? List.of() : reservations(s));
            case 11 ->
                pool.sticky(Duration.ofSeconds(chance(2) ? 0 : 20 + random.nextInt(60)))
                        .idle(Duration.ofSeconds(10 + random.nextInt(30)))
                        .timers(chance(2) ? TIMERS : OTHERS);
            default -> pool.mss(chance(2) ? 0 : 1200).otherProtocols(one(List.of(OtherProtocols.values())));
        }
        return share(s, s.inside(), s.outside(), pool.build());
    }

    /** IPv6 hosts that forwards lead to: they stay. */
    static long pinned(List<Share> shares) {
        return shares.stream()
                .filter(s -> s.kind() == Kind.NAT64)
                .mapToLong(s -> s.pool().forwards().stream()
                        .map(Forward::inside)
                        .distinct()
                        .count())
                .sum();
    }

    private IpAddress inside(Share s, int host) {
        byte[] octets = s.inside().address().toOctets();
        octets[octets.length - 1] += (byte) host;
        return IpAddress.valueOf(s.inside().isIp4() ? IpAddress.Version.INET : IpAddress.Version.INET6, octets);
    }

    private List<Forward> forwards(Share s) {
        IpAddress outside = s.outside().getFirst().address();
        List<Forward> all = new ArrayList<>();
        if (random.nextBoolean()) {
            all.add(new Forward(6, outside, 1003, inside(s, 2), 1001));
        }
        if (random.nextBoolean()) {
            all.add(new Forward(17, outside, 80, inside(s, 3), 1002));
        }
        if (random.nextBoolean()) {
            all.add(new Forward(17, outside, 81, inside(s, 3), 1002));
        }
        if (random.nextBoolean()) {
            all.add(new Forward(17, s.outside().getLast().address(), 1001, inside(s, random.nextInt(4)), 1000));
        }
        return all;
    }

    private List<Reservation> reservations(Share s) {
        List<Reservation> all = new ArrayList<>();
        if (random.nextBoolean()) {
            all.add(new Reservation(
                    inside(s, random.nextInt(4)), s.outside().getFirst().address()));
        }
        return all;
    }
}
