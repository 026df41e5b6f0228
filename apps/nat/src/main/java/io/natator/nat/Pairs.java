package io.natator.nat;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * The rewrites that make up a block: the block itself where the device rewrites under a mask, else its hosts.
 * Pair {@code i} is inside {@code i} ↔ outside {@code i}, of one length.
 */
final class Pairs {
    private static final Pairs NONE = new Pairs(List.of(), List.of(), List.of());

    private final List<IpPrefix> inside;
    private final List<IpPrefix> outside;
    private final List<IpPrefix> done;

    private Pairs(List<IpPrefix> inside, List<IpPrefix> outside, List<IpPrefix> done) {
        this.inside = inside;
        this.outside = outside;
        this.done = done;
    }

    static Pairs none() {
        return NONE;
    }

    /** @param without of it, what other rules do */
    static Pairs block(Translation translation, List<IpPrefix> without) {
        List<IpPrefix> inside = List.of(translation.inside());
        return new Pairs(inside, List.of(translation.outside()), rest(inside, without));
    }

    /**
     * {@code count} hosts of the block, no more than there are: gateways, without whom nobody gets out, then the first ones.
     *
     * @param without what is left out: disjoint
     */
    static Pairs hosts(Translation translation, int count, List<IpPrefix> without) {
        List<IpPrefix> inside = new ArrayList<>(count);
        List<IpPrefix> outside = new ArrayList<>(count);
        Set<IpAddress> gateways = new HashSet<>();
        for (IpAddress gateway : translation.gateways()) {
            if (inside.size() < count && hole(without, gateway).isEmpty() && gateways.add(gateway)) {
                inside.add(gateway.toIpPrefix());
                outside.add(
                        Addresses.withNetwork(gateway, translation.outside()).toIpPrefix());
            }
        }
        List<IpPrefix> done = new ArrayList<>(inside);
        byte[] in = translation.inside().address().toOctets();
        byte[] out = translation.outside().address().toOctets();
        while (inside.size() < count) {
            IpAddress address = IpAddress.valueOf(translation.inside().version(), in);
            Optional<IpPrefix> hole = hole(without, address);
            if (hole.isPresent()) {
                IpAddress last = Addresses.last(hole.get());
                in = last.toOctets();
                out = Addresses.withNetwork(last, translation.outside()).toOctets();
            } else if (!gateways.contains(address)) {
                inside.add(IpPrefix.valueOf(address, 8 * in.length));
                outside.add(IpPrefix.valueOf(translation.outside().version(), out, 8 * out.length));
            }
            increment(in);
            increment(out);
        }
        BigInteger first = new BigInteger(1, translation.inside().address().toOctets());
        done.addAll(Addresses.firstOf(translation.inside(), new BigInteger(1, in).subtract(first)));
        return new Pairs(inside, outside, rest(Addresses.minimal(done), without));
    }

    private static Optional<IpPrefix> hole(List<IpPrefix> without, IpAddress address) {
        return without.stream().filter(p -> p.contains(address)).findFirst();
    }

    private static List<IpPrefix> rest(List<IpPrefix> done, List<IpPrefix> without) {
        List<IpPrefix> rest = done;
        for (IpPrefix hole : without) {
            rest = rest.stream()
                    .flatMap(p -> Addresses.without(p, hole).stream())
                    .toList();
        }
        return Addresses.minimal(rest);
    }

    private static void increment(byte[] octets) {
        for (int i = octets.length - 1; i >= 0 && ++octets[i] == 0; i--) {}
    }

    int size() {
        return inside.size();
    }

    IpPrefix inside(int i) {
        return inside.get(i);
    }

    IpPrefix outside(int i) {
        return outside.get(i);
    }

    /** The inside addresses that are translated: disjoint, minimal, in order. */
    List<IpPrefix> done() {
        return done;
    }
}
