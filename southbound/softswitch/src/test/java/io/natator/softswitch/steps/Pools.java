package io.natator.softswitch.steps;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.PoolBuilder;
import io.natator.model.session.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Shares, said by what is not as usual. */
final class Pools {
    int id = 1;
    Kind kind = Kind.NAPT;
    String inside = "10.0.0.0/24";
    List<String> outside = List.of("198.51.100.0/30");
    List<String> exempt = List.of();
    boolean affine;
    boolean offered;
    Embedding embedding;
    final PoolBuilder pool = Pool.DEFAULT.but();
    final List<Forward> forwards = new ArrayList<>();
    final List<Reservation> reservations = new ArrayList<>();

    static Pools napt() {
        return new Pools();
    }

    static Pools dynamic() {
        Pools pools = new Pools();
        pools.kind = Kind.DYNAMIC;
        return pools;
    }

    /** 198.51.100.0/30 for 2001:db8:1::/64, which finds others at 64:ff9b::/96. */
    static Pools nat64() {
        Pools pools = new Pools();
        pools.kind = Kind.NAT64;
        pools.inside = "2001:db8:1::/64";
        return pools.pref64("64:ff9b::/96");
    }

    /** One outside address, 198.51.100.1; ports are kept. */
    static Pools oneOfNat64() {
        Pools pools = nat64();
        pools.outside = List.of("198.51.100.1/32");
        pools.pool.preservePort(true);
        return pools;
    }

    /** Share 2, of 203.0.113.1, which lets everyone in; ports are kept. */
    static Pools second() {
        Pools pools = napt();
        pools.id = 2;
        pools.outside = List.of("203.0.113.1/32");
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT).preservePort(true);
        return pools;
    }

    Pools pref64(String prefix) {
        embedding = new Embedding(IpPrefix.valueOf(prefix), 1500);
        return this;
    }

    static Pools fixed(String inside, String outside) {
        Pools pools = new Pools();
        pools.kind = Kind.STATIC;
        pools.inside = inside;
        pools.outside = List.of(outside);
        return pools;
    }

    static Pools siit(String inside, String outside, String pref64) {
        Pools pools = fixed(inside, outside);
        pools.kind = Kind.SIIT;
        return pools.pref64(pref64);
    }

    Pools forward(int protocol, String outside, int outsidePort, String inside, int insidePort) {
        forwards.add(
                new Forward(protocol, IpAddress.valueOf(outside), outsidePort, IpAddress.valueOf(inside), insidePort));
        return this;
    }

    Pools reserve(String inside, String outside) {
        reservations.add(new Reservation(IpAddress.valueOf(inside), IpAddress.valueOf(outside)));
        return this;
    }

    Share share() {
        return new Share(
                id,
                "t" + id,
                kind,
                IpPrefix.valueOf(inside),
                outside.stream().map(IpPrefix::valueOf).toList(),
                exempt.stream().map(IpPrefix::valueOf).toList(),
                affine,
                offered,
                pool.forwards(forwards).reservations(reservations).build(),
                Optional.ofNullable(embedding));
    }
}
