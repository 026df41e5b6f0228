package io.natator.bgp.ribin;

import io.natator.bgp.codec.Update;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.agrona.collections.LongHashSet;
import org.onlab.packet.IpPrefix;

/**
 * How many prefixes a neighbour has told us and not withdrawn. Keeps 64 bits a prefix: exact for IPv4; of two IPv6
 * prefixes that share their hash, which no one will live to see, one is not counted.
 */
public final class HeardPrefixes {
    /** More than a full table of today; then new ones are not counted, so that no neighbour can fill our memory. */
    public static final int MAX = 2_000_000;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final int max;
    private final LongHashSet prefixes = new LongHashSet();
    /** Those of them that we announced when we heard them: somebody took them, and told it around. */
    private final LongHashSet reflected = new LongHashSet();

    private long uncounted;

    public HeardPrefixes() {
        this(MAX);
    }

    HeardPrefixes(int max) {
        this.max = max;
    }

    /** @param ours true of prefixes that we announce */
    public void apply(Update update, Predicate<IpPrefix> ours) {
        for (IpPrefix prefix : update.withdrawn()) {
            long key = key(prefix);
            prefixes.remove(key);
            reflected.remove(key);
        }
        for (IpPrefix prefix : update.announced()) {
            long key = key(prefix);
            if (prefixes.size() < max) {
                prefixes.add(key);
                if (ours.test(prefix)) {
                    reflected.add(key);
                }
            } else if (!prefixes.contains(key)) {
                uncounted++;
            }
        }
    }

    public void clear() {
        prefixes.clear();
        prefixes.compact();
        reflected.clear();
        reflected.compact();
        uncounted = 0;
    }

    public int count() {
        return prefixes.size();
    }

    /** Those that we announced ourselves when we heard them. */
    public int reflected() {
        return reflected.size();
    }

    /** Prefixes that came when {@link #MAX} were there; a lower bound of nothing, for some may have come twice. */
    public long uncounted() {
        return uncounted;
    }

    private static long key(IpPrefix prefix) {
        ByteBuffer octets = ByteBuffer.wrap(prefix.address().toOctets());
        if (prefix.isIp4()) {
            return ((octets.getInt() & 0xffffffffL) << 8) | prefix.prefixLength();
        }
        long mixed = (octets.getLong() * GOLDEN) ^ Long.rotateLeft(octets.getLong() * GOLDEN, 29);
        mixed = (mixed + prefix.prefixLength()) * GOLDEN;
        return (mixed ^ (mixed >>> 32)) | Long.MIN_VALUE; // never the key of an IPv4 prefix
    }
}
