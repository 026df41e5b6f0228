package io.natator.softswitch.flow;

import java.util.Arrays;

/**
 * What packets a rule takes: those with {@code (key & mask) == value}. A match of a port or an ICMP field takes no packet
 * without transport header (OpenFlow 1.3.5, section 7.3.2.1: "if any field is not present, the packet should not match").
 *
 * @param value {@link Key#WORDS} words, zero outside the mask
 * @param mask bits that matter
 */
public record Match(long[] value, long[] mask) {
    /** Takes every packet. */
    public static final Match ANY = new Match(new long[Key.WORDS], new long[Key.WORDS]);

    public Match {
        value = value.clone();
        mask = mask.clone();
        if (mask[Field.TCP_SRC.word()] >>> Field.TCP_DST.shift() != 0) {
            mask[Key.FRAGMENT] |= Key.NO_TRANSPORT;
        }
    }

    /** True if a packet with this key is taken. */
    public boolean takes(long[] key) {
        for (int i = 0; i < Key.WORDS; i++) {
            if ((key[i] & mask[i]) != value[i]) {
                return false;
            }
        }
        return true;
    }

    /** True if every packet that {@code other} takes is taken. */
    public boolean contains(Match other) {
        for (int i = 0; i < Key.WORDS; i++) {
            if ((mask[i] & ~other.mask[i]) != 0 || (other.value[i] & mask[i]) != value[i]) {
                return false;
            }
        }
        return true;
    }

    /** True if some packet is taken by both. */
    public boolean overlaps(Match other) {
        for (int i = 0; i < Key.WORDS; i++) {
            if (((value[i] ^ other.value[i]) & mask[i] & other.mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Match m && Arrays.equals(value, m.value) && Arrays.equals(mask, m.mask);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(value) + Arrays.hashCode(mask);
    }
}
