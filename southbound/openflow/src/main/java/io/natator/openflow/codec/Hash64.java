package io.natator.openflow.codec;

import io.natator.packet.Bytes;

/** A 64-bit hash that is the same on every machine and in every release: it is part of cookies that stay on devices. */
final class Hash64 {
    static final long START = 0xCBF2_9CE4_8422_2325L;
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private Hash64() {}

    static long of(long seed, byte[] b, int offset, int length) {
        long h = seed ^ length;
        int at = offset;
        int end = offset + length;
        for (; at + 8 <= end; at += 8) {
            h = mix(h, Bytes.i64(b, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 8 | (b[at] & 0xFF);
        }
        return finish(mix(h, rest));
    }

    static long mix(long h, long value) {
        long x = (h ^ value) * PRIME;
        return x ^ x >>> 32;
    }

    /** Every bit of the input reaches every bit of the output (Stafford's variant 13 of the 64-bit finalizer). */
    private static long finish(long h) {
        long x = (h ^ h >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ x >>> 27) * 0x94D0_49BB_1331_11EBL;
        return x ^ x >>> 31;
    }
}
