package io.natator.softswitch.table;

import io.natator.softswitch.flow.Key;

/**
 * Keys under one mask, of which only the words that the mask touches are stored, one key after the other, by open
 * addressing. Where a key is, is all that this knows; owners keep what belongs to it in arrays of their own.
 */
public final class MaskedKeys {
    private final long[] mask;
    private final int[] words;
    private final long[] masks;

    /** @param mask {@link Key#WORDS} words */
    public MaskedKeys(long[] mask) {
        this.mask = mask;
        words = words(mask);
        masks = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            masks[i] = mask[words[i]];
        }
    }

    /** Indices of the words that a mask touches. */
    static int[] words(long[] mask) {
        int count = 0;
        for (long word : mask) {
            count += word == 0 ? 0 : 1;
        }
        int[] words = new int[count];
        for (int i = Key.WORDS - 1; i >= 0; i--) {
            if (mask[i] != 0) {
                words[--count] = i;
            }
        }
        return words;
    }

    /** The whole mask; not to be changed. */
    public long[] mask() {
        return mask;
    }

    /** Words of a stored key. */
    public int width() {
        return words.length;
    }

    /** Hash of a packet's or a rule's key under the mask. */
    public long hash(long[] key) {
        long hash = 0;
        for (int i = 0; i < words.length; i++) {
            hash = Hash.mix(hash, key[words[i]] & masks[i]);
        }
        return Hash.finish(hash);
    }

    /** Hash of the stored key that starts at {@code at}. */
    public long hash(long[] store, int at) {
        long hash = 0;
        for (int i = 0; i < words.length; i++) {
            hash = Hash.mix(hash, store[at + i]);
        }
        return Hash.finish(hash);
    }

    /** True if {@code key} under the mask is the stored key that starts at {@code at}. */
    public boolean same(long[] key, long[] store, int at) {
        for (int i = 0; i < words.length; i++) {
            if ((key[words[i]] & masks[i]) != store[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** Stores {@code key} under the mask. */
    public void put(long[] key, long[] store, int at) {
        for (int i = 0; i < words.length; i++) {
            store[at + i] = key[words[i]] & masks[i];
        }
    }

    /**
     * True unless the stored key differs from {@code value} in a bit that both masks hold and {@code changed} does not.
     *
     * @param changed null for none
     */
    public boolean overlaps(long[] store, int at, long[] value, long[] otherMask, long[] changed) {
        for (int i = 0; i < words.length; i++) {
            int word = words[i];
            long bits = masks[i] & otherMask[word] & (changed == null ? -1L : ~changed[word]);
            if (((store[at + i] ^ value[word]) & bits) != 0) {
                return false;
            }
        }
        return true;
    }
}
