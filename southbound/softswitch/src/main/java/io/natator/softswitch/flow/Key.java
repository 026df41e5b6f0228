package io.natator.softswitch.flow;

/**
 * What of a packet can be matched, in {@link #WORDS} words; {@link Field} says what is where. Bits that no field covers
 * are zero but for {@link #FRAGMENT} and {@link #RESUMED}. Keys are plain {@code long[]}: one is reused for packet after packet.
 */
public final class Key {
    /** Words of a key. */
    public static final int WORDS = 17;
    /**
     * Word 2, two bits from {@link #FRAGMENT_SHIFT}: the lower one says that it is a fragment, the upper one that its
     * transport header is not there: it is a later fragment, or cut short. Then ports and ICMP fields are 0.
     */
    public static final int FRAGMENT = 2;
    /** Bits to the right of the fragment bits. */
    public static final int FRAGMENT_SHIFT = 8;
    /** In word {@link #FRAGMENT}: there is no transport header. */
    public static final long NO_TRANSPORT = 2L << FRAGMENT_SHIFT;

    /** Word of {@link #RESUMED}. */
    public static final int RESUMED_WORD = 13;
    /**
     * In word {@link #RESUMED_WORD}: which path a packet has come that is looked up again, since what it now is could not be
     * known from how it came; 0: as it came.
     */
    public static final long RESUMED = 0xF_FFFF;

    private Key() {}

    /** The field's value, or its lower half if it is wide. */
    public static long get(long[] key, Field field) {
        return field.wide() ? key[field.word() + 1] : key[field.word()] >>> field.shift() & field.ones();
    }

    /** The upper half of a wide field; 0 of another. */
    public static long high(long[] key, Field field) {
        return field.wide() ? key[field.word()] : 0;
    }

    /** Sets a field of up to 64 bits; bits of {@code value} beyond its width are ignored. */
    public static void set(long[] key, Field field, long value) {
        int word = field.word();
        key[word] = (key[word] & ~(field.ones() << field.shift())) | ((value & field.ones()) << field.shift());
    }

    /** Sets a field of 128 bits. */
    public static void set(long[] key, Field field, long high, long low) {
        key[field.word()] = high;
        key[field.word() + 1] = low;
    }
}
