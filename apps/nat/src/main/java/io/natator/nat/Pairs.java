package io.natator.nat;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    static Pairs block(Translation translation) {
        List<IpPrefix> inside = List.of(translation.inside());
        return new Pairs(inside, List.of(translation.outside()), inside);
    }

    /**
     * {@code count} hosts of the block, no more than there are: gateways, without whom nobody gets out, then the first ones.
     *
     * @param without hosts that are left out
     */
    static Pairs hosts(Translation translation, int count, Set<IpAddress> without) {
        List<IpPrefix> inside = new ArrayList<>(count);
        List<IpPrefix> outside = new ArrayList<>(count);
        Set<IpAddress> gateways = new HashSet<>();
        for (IpAddress gateway : translation.gateways()) {
            if (inside.size() < count && !without.contains(gateway) && gateways.add(gateway)) {
                inside.add(gateway.toIpPrefix());
                outside.add(
                        Addresses.withNetwork(gateway, translation.outside()).toIpPrefix());
            }
        }
        List<IpPrefix> done = new ArrayList<>(inside);
        byte[] in = translation.inside().address().toOctets();
        byte[] out = translation.outside().address().toOctets();
        int first = 0;
        for (; inside.size() < count; first++) {
            IpAddress address = IpAddress.valueOf(translation.inside().version(), in);
            if (!gateways.contains(address) && !without.contains(address)) {
                inside.add(IpPrefix.valueOf(address, 8 * in.length));
                outside.add(IpPrefix.valueOf(translation.outside().version(), out, 8 * out.length));
            }
            increment(in);
            increment(out);
        }
        done.addAll(Addresses.firstOf(translation.inside(), BigInteger.valueOf(first)));
        for (IpAddress host : without) {
            done = done.stream()
                    .flatMap(p -> Addresses.without(p, host.toIpPrefix()).stream())
                    .toList();
        }
        return new Pairs(inside, outside, Addresses.minimal(done));
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
