package io.natator.softswitch.table;

import static io.natator.softswitch.flow.Field.IPV4_DST;
import static io.natator.softswitch.flow.Field.IPV4_SRC;
import static io.natator.softswitch.flow.Field.IPV6_DST;
import static io.natator.softswitch.flow.Field.IPV6_SRC;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Part of a subtable's mask, and what the rules hold under it. A packet that differs from all rules there need not be
 * looked at further: fewer of its bits decide, so more packets share one entry of the flow cache.
 */
final class Stage {
    private static final int[] PIPELINE = {14, 15, 16, 0};
    private static final int[] ETHERNET = {1, 2};
    /** Prefixes of addresses are cut here. */
    private static final int STEP = 8;

    private final long[] mask;
    private final int[] words;
    private final HashCounts seen = new HashCounts();

    private Stage(long[] mask) {
        this.mask = mask;
        words = MaskedKeys.words(mask);
    }

    /** The stages of a mask, each looking at more than the one before; the whole mask is not among them. */
    static Stage[] of(long[] mask) {
        List<long[]> cuts = new ArrayList<>();
        long[] sum = new long[Key.WORDS];
        take(sum, mask, PIPELINE, cuts);
        take(sum, mask, ETHERNET, cuts);
        prefixes(sum, mask, IPV4_DST, cuts);
        prefixes(sum, mask, IPV4_SRC, cuts);
        prefixes(sum, mask, IPV6_DST, cuts);
        prefixes(sum, mask, IPV6_SRC, cuts);
        return cuts.stream()
                .filter(cut -> !Arrays.equals(cut, mask))
                .map(Stage::new)
                .toArray(Stage[]::new);
    }

    private static void take(long[] sum, long[] mask, int[] words, List<long[]> cuts) {
        for (int word : words) {
            sum[word] |= mask[word];
        }
        cut(sum, cuts);
    }

    private static void prefixes(long[] sum, long[] mask, Field field, List<long[]> cuts) {
        int words = field.wide() ? 2 : 1;
        int bits = field.bits() / words;
        for (int i = 0; i < words; i++) {
            int word = field.word() + i;
            for (int length = STEP; length <= bits; length += STEP) {
                long prefix = field.ones() & (-1L << (bits - length));
                sum[word] |= mask[word] & (prefix << field.shift());
                cut(sum, cuts);
            }
        }
    }

    private static void cut(long[] sum, List<long[]> cuts) {
        boolean empty = Arrays.equals(sum, new long[Key.WORDS]);
        if (!empty && (cuts.isEmpty() || !Arrays.equals(cuts.getLast(), sum))) {
            cuts.add(sum.clone());
        }
    }

    long[] mask() {
        return mask;
    }

    boolean mayHold(long[] key) {
        return seen.contains(hash(key));
    }

    void add(long[] value) {
        seen.add(hash(value));
    }

    void remove(long[] value) {
        seen.remove(hash(value));
    }

    /** Hash of a key under the mask. */
    long hash(long[] key) {
        long hash = 0;
        for (int word : words) {
            hash = Hash.mix(hash, key[word] & mask[word]);
        }
        return Hash.finish(hash);
    }
}
