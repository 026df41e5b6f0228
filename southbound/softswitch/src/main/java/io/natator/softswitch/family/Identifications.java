package io.natator.softswitch.family;

import io.natator.packet.Ipv4;
import java.util.SplittableRandom;

/**
 * Identifications of {@link Ipv4} packets that had none (RFC 7915, section 5.1): counted for each group of parties apart, from a number that
 * nobody outside knows, so that one party's traffic is not seen in what another gets.
 */
final class Identifications {
    private static final int GROUPS = 1 << 11;

    private final int[] next = new int[GROUPS];
    private final long key;

    Identifications(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        key = random.nextLong() | 1;
        for (int i = 0; i < GROUPS; i++) {
            next[i] = random.nextInt();
        }
    }

    /** 16 bits for a packet between these. */
    int next(long source, long destination) {
        long mixed = (source << 32 ^ destination ^ key) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 32) * key;
        return next[(int) (mixed >>> 53)]++ & 0xFFFF;
    }
}
