package io.natator.softswitch.steps;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.session.Share;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.session.Shares;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** What shares cannot be carried out, in words. */
final class ShareCheck {
    private ShareCheck() {}

    /** The first thing that is wrong. */
    static Optional<String> wrong(List<Share> shares) {
        if (shares.size() > Shares.MOST / 2) {
            return Optional.of(shares.size() + " shares, " + Shares.MOST / 2 + " at most");
        }
        Set<Integer> ids = new HashSet<>();
        List<IpPrefix> given = new ArrayList<>();
        for (Share share : shares) {
            Optional<String> wrong = ids.add(share.id()) ? wrong(share) : Optional.of("comes twice");
            if (wrong.isEmpty() && share.kind().stateful()) {
                wrong = twice(share.outside(), given);
            }
            if (wrong.isPresent()) {
                return Optional.of("share " + share.id() + " of " + share.translation() + ": " + wrong.get());
            }
        }
        return Optional.empty();
    }

    /** An address that is given away by two would be nobody's. */
    private static Optional<String> twice(List<IpPrefix> prefixes, List<IpPrefix> given) {
        for (IpPrefix prefix : prefixes) {
            for (IpPrefix other : given) {
                if (prefix.contains(other) || other.contains(prefix)) {
                    return Optional.of("its outside " + prefix + " and " + other + " have addresses in common");
                }
            }
            given.add(prefix);
        }
        return Optional.empty();
    }

    private static Optional<String> wrong(Share share) {
        if (share.id() < 1) {
            return Optional.of("its id is not positive");
        }
        boolean ipv4 = share.inside().isIp4();
        if (share.kind().crosses()) {
            return crossing(share).or(() -> share.kind() == Kind.SIIT ? stateless(share) : nat64(share));
        }
        if (share.outside().stream().anyMatch(o -> o.isIp4() != ipv4)
                || share.exempt().stream().anyMatch(e -> e.isIp4() != ipv4)) {
            return Optional.of("its prefixes are of two families");
        }
        return switch (share.kind()) {
            case STATIC -> fixed(share);
            case DYNAMIC, NAPT -> ipv4 ? stateful(share) : Optional.of(share.kind() + " is for IPv4 only");
            case SIIT, NAT64 -> Optional.empty(); // looked at above
        };
    }

    private static Optional<String> stateless(Share share) {
        List<IpPrefix> outside = share.outside();
        if (share.inside().isIp4() || outside.size() != 1 || !outside.getFirst().isIp4()) {
            return Optional.of("SIIT needs an inside prefix of IPv6 and one outside prefix of IPv4");
        }
        if (32 - outside.getFirst().prefixLength() > 128 - share.inside().prefixLength()) {
            return Optional.of("its inside " + share.inside() + " has less room for hosts than " + outside.getFirst());
        }
        return Optional.empty();
    }

    private static Optional<String> nat64(Share share) {
        if (share.inside().isIp4() || share.outside().stream().anyMatch(o -> !o.isIp4())) {
            return Optional.of("NAT64 needs an inside prefix of IPv6 and outside prefixes of IPv4");
        }
        if (share.pool().deterministic() || !share.pool().reservations().isEmpty()) {
            return Optional.of("NAT64 takes neither deterministic ports nor reservations");
        }
        return stateful(share);
    }

    /** What is wrong with where inside hosts find IPv4 ones. */
    private static Optional<String> crossing(Share share) {
        if (share.embedding().isEmpty()) {
            return Optional.of(share.kind() + " needs pref64, where inside hosts find IPv4 ones");
        }
        Embedding embedding = share.embedding().get();
        IpPrefix pref64 = embedding.pref64();
        if (pref64.isIp4() || !Embedding.LENGTHS.contains(pref64.prefixLength())) {
            return Optional.of("its pref64 is " + pref64 + ", and its length must be one of " + Embedding.LENGTHS);
        }
        if (embedding.ipv6Mtu() < Embedding.LEAST_MTU || embedding.ipv6Mtu() > Embedding.MOST_MTU) {
            return Optional.of("its IPv6 MTU is " + embedding.ipv6Mtu() + ", " + Embedding.LEAST_MTU + " to "
                    + Embedding.MOST_MTU + " can be");
        }
        return Optional.empty();
    }

    private static Optional<String> fixed(Share share) {
        List<IpPrefix> outside = share.outside();
        boolean same = outside.size() == 1
                && outside.getFirst().prefixLength() == share.inside().prefixLength();
        return same ? Optional.empty() : Optional.of("STATIC needs one outside prefix of the length of the inside one");
    }

    private static Optional<String> stateful(Share share) {
        long addresses =
                share.outside().stream().mapToLong(o -> new Block(o).size()).sum();
        if (addresses < 1 || addresses > Shares.MOST_ADDRESSES) {
            return Optional.of("its pool has " + addresses + " addresses, 1 to " + Shares.MOST_ADDRESSES + " can be");
        }
        return share.kind().sharesPorts() ? ports(share) : reservations(share);
    }

    private static Optional<String> ports(Share share) {
        Pool pool = share.pool();
        int range = pool.lastPort() - pool.firstPort() + 1;
        if (pool.firstPort() < 1 || pool.lastPort() > 65535 || range < 1) {
            return Optional.of("its ports are " + pool.firstPort() + " to " + pool.lastPort());
        }
        if (pool.portBlock() < 0 || pool.portBlock() > range) {
            return Optional.of("its blocks have " + pool.portBlock() + " ports, and there are " + range);
        }
        if (pool.deterministic() && Shares.deterministicPorts(share) < 1) {
            return Optional.of("its pool has not enough ports for each of its hosts");
        }
        if (pool.mss() != 0 && (pool.mss() < 64 || pool.mss() > 65535)) {
            return Optional.of("its MSS is " + pool.mss());
        }
        Set<String> places = new HashSet<>();
        for (Forward f : pool.forwards()) {
            boolean known = (f.protocol() == 6 || f.protocol() == 17)
                    && isPort(f.outsidePort())
                    && isPort(f.insidePort())
                    && share.inside().contains(f.inside())
                    && isOutside(share, f.outside());
            if (!known || !places.add(f.protocol() + " " + f.outside() + " " + f.outsidePort())) {
                return Optional.of("it cannot " + f);
            }
        }
        return Optional.empty();
    }

    private static boolean isPort(int port) {
        return port > 0 && port < 65536;
    }

    private static boolean isOutside(Share share, IpAddress address) {
        return address.isIp4() && share.outside().stream().anyMatch(o -> o.contains(address));
    }

    private static Optional<String> reservations(Share share) {
        Set<IpAddress> hosts = new HashSet<>();
        Set<IpAddress> addresses = new HashSet<>();
        for (Reservation r : share.pool().reservations()) {
            boolean known = r.inside().isIp4() && share.inside().contains(r.inside()) && isOutside(share, r.outside());
            if (!known || !hosts.add(r.inside()) || !addresses.add(r.outside())) {
                return Optional.of("it cannot " + r);
            }
        }
        return Optional.empty();
    }
}
