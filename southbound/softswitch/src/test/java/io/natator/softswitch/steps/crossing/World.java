package io.natator.softswitch.steps.crossing;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Hosts 2001:db8:1::0 to ff are 198.51.100.0 to 255; others of IPv4 are where {@code embedding} says. */
public record World(Embedding embedding) {
    public static final String INSIDE = "2001:db8:1::/120";
    public static final String OUTSIDE = "198.51.100.0/24";

    private static final IpPrefix IN = IpPrefix.valueOf(INSIDE);
    private static final IpPrefix OUT = IpPrefix.valueOf(OUTSIDE);

    /** Share 1, which translates between them. */
    public Share share() {
        return new Share(
                1, "t1", Kind.SIIT, IN, List.of(OUT), List.of(), false, false, Pool.DEFAULT, Optional.of(embedding));
    }

    IpAddress inside(Random random) {
        return random.nextInt(20) == 0
                ? IpAddress.valueOf("2001:db8:99::" + random.nextInt(10))
                : host(random.nextInt(256));
    }

    IpAddress outside(Random random) {
        return IpAddress.valueOf(
                random.nextInt(20) == 0 ? "192.0.2." + random.nextInt(256) : "198.51.100." + random.nextInt(256));
    }

    IpAddress remote(Random random) {
        String network = switch (random.nextInt(40)) {
            case 0 -> "224.0.0.";
            case 1 -> "127.0.0.";
            case 2 -> "0.0.0.";
            case 3 -> "255.255.255.";
            case 4, 5, 6, 7, 8, 9 -> "10.1.2.";
            default -> "203.0.113.";
        };
        return IpAddress.valueOf(network + random.nextInt(256));
    }

    IpAddress embedded(Random random) {
        return random.nextInt(20) == 0
                ? IpAddress.valueOf("2001:db8:77::1")
                : embedding.embed(
                        Ip4Address.valueOf(remote(random).getIp4Address().toInt()));
    }

    private static IpAddress host(int number) {
        byte[] octets = IN.address().toOctets();
        octets[15] = (byte) number;
        return Ip6Address.valueOf(octets);
    }

    /** What an inside host is outside. */
    public Optional<IpAddress> toOutside(IpAddress host) {
        return IN.contains(host)
                ? Optional.of(IpAddress.valueOf("198.51.100." + (host.toOctets()[15] & 0xFF)))
                : Optional.empty();
    }

    /** What an outside address is inside. */
    public Optional<IpAddress> toInside(IpAddress address) {
        return OUT.contains(address) ? Optional.of(host(address.toOctets()[3] & 0xFF)) : Optional.empty();
    }

    /** Who is at an IPv6 address, if that can be a host. */
    public Optional<IpAddress> extract(IpAddress address) {
        return embedding.extract(address).filter(World::canBeHost).map(a -> (IpAddress) a);
    }

    /** Where an IPv4 host is found. */
    public Optional<IpAddress> embed(IpAddress address) {
        return canBeHost(address) ? Optional.of(embedding.embed(address.getIp4Address())) : Optional.empty();
    }

    private static boolean canBeHost(IpAddress address) {
        int first = address.toOctets()[0] & 0xFF;
        return first != 0 && first != 127 && first < 224;
    }
}
