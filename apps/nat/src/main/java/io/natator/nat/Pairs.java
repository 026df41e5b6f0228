package io.natator.nat;

import io.natator.model.intent.Translation;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * The rewrites that make up a block: the block itself where the device rewrites under a mask, else its hosts.
 * Pair {@code i} is inside {@code i} ↔ outside {@code i}, of one length.
 */
final class Pairs {
    private static final Pairs NONE = new Pairs(List.of(), List.of());

    private final List<IpPrefix> inside;
    private final List<IpPrefix> outside;

    private Pairs(List<IpPrefix> inside, List<IpPrefix> outside) {
        this.inside = inside;
        this.outside = outside;
    }

    static Pairs none() {
        return NONE;
    }

    static Pairs block(Translation translation) {
        return new Pairs(List.of(translation.inside()), List.of(translation.outside()));
    }

    /** The first {@code count} hosts of the block. */
    static Pairs hosts(Translation translation, int count) {
        return new Pairs(hosts(translation.inside(), count), hosts(translation.outside(), count));
    }

    private static List<IpPrefix> hosts(IpPrefix block, int count) {
        IpPrefix[] hosts = new IpPrefix[count];
        byte[] octets = block.address().toOctets();
        for (int i = 0; i < count; i++) {
            hosts[i] = IpPrefix.valueOf(IpAddress.valueOf(block.version(), octets), 8 * octets.length);
            increment(octets);
        }
        return Arrays.asList(hosts);
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
}
