package io.natator.softswitch.frame;

/**
 * How CRC32c (RFC 9260, appendix A) changes with what it covers. It is linear: the change is the CRC of the exclusive or
 * of old and new, without initial and final inversion, and zeroes behind only multiply it by a power of x. Polynomials
 * are bit-reflected: the highest bit is the coefficient of x^0.
 */
final class Crc32c {
    private static final int POLYNOMIAL = 0x82F6_3B78;
    private static final int ONE = 1 << 31;
    /** x^(8·2^i). */
    private static final int[] OCTETS = new int[17];

    static {
        OCTETS[0] = 1 << 23;
        for (int i = 1; i < OCTETS.length; i++) {
            OCTETS[i] = times(OCTETS[i - 1], OCTETS[i - 1]);
        }
    }

    private Crc32c() {}

    /**
     * What to exclusive-or the CRC of {@code length} octets with, when their first four change.
     *
     * @param difference old ^ new of the four octets, big-endian
     * @param length 4 to 131071
     */
    static int change(int difference, int length) {
        int power = ONE;
        for (int i = 0; i < OCTETS.length; i++) {
            if ((length >>> i & 1) != 0) {
                power = times(power, OCTETS[i]);
            }
        }
        return times(Integer.reverseBytes(difference), power);
    }

    /** The product modulo the polynomial. */
    private static int times(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bits = a; bits != 0; bits <<= 1) {
            product ^= bits < 0 ? shifted : 0;
            shifted = (shifted & 1) != 0 ? shifted >>> 1 ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
