package io.natator.bgp.codec;

/** AS numbers in two octets where a speaker knows no more (RFC 6793). */
final class AsNumber {
    /** Stands for one that does not fit. */
    static final int AS_TRANS = 23456;

    static final int MAX_TWO_OCTETS = 0xffff;

    private AsNumber() {}

    static int twoOctets(long as) {
        return as > MAX_TWO_OCTETS ? AS_TRANS : (int) as;
    }
}
