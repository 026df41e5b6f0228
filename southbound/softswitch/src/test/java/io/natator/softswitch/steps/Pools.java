package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    int firstPort = 1024;
    int lastPort = 65535;
    Mapping mapping = Mapping.ENDPOINT_INDEPENDENT;
    Filtering filtering = Filtering.ADDRESS_DEPENDENT;
    Pairing pairing = Pairing.PAIRED;
    boolean preservePort;
    boolean preserveParity = true;
    int sessionsPerHost;
    int portsPerHost;
    int portBlock;
    boolean deterministic;
    final List<Forward> forwards = new ArrayList<>();
    final List<Reservation> reservations = new ArrayList<>();
    Duration sticky = Duration.ZERO;
    Duration idle = Duration.ofMinutes(5);
    Timers timers = Timers.DEFAULT;
    int mss;
    OtherProtocols otherProtocols = OtherProtocols.DROP;

    static Pools napt() {
        return new Pools();
    }

    static Pools dynamic() {
        Pools pools = new Pools();
        pools.kind = Kind.DYNAMIC;
        return pools;
    }

    static Pools fixed(String inside, String outside) {
        Pools pools = new Pools();
        pools.kind = Kind.STATIC;
        pools.inside = inside;
        pools.outside = List.of(outside);
        return pools;
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
        Pool pool = new Pool(
                List.of(),
                firstPort,
                lastPort,
                mapping,
                filtering,
                pairing,
                preservePort,
                preserveParity,
                sessionsPerHost,
                portsPerHost,
                portBlock,
                deterministic,
                forwards,
                reservations,
                sticky,
                idle,
                timers,
                mss,
                otherProtocols);
        return new Share(
                id,
                "t" + id,
                kind,
                IpPrefix.valueOf(inside),
                outside.stream().map(IpPrefix::valueOf).toList(),
                exempt.stream().map(IpPrefix::valueOf).toList(),
                affine,
                pool);
    }
}
