package io.natator.softswitch.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Big-endian access to off-heap memory by absolute address. Nothing is checked here: callers stay between
 * {@link Frame#address} and {@link Frame#end}.
 */
public final class Memory {
    /** All of memory: one segment with absolute addresses costs less than a slice per frame (docs/benchmarks.md). */
    @SuppressWarnings("restricted")
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

    private Memory() {}

    /** Unsigned octet. */
    public static int u8(long at) {
        return ALL.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    /** Unsigned 16 bits. */
    public static int u16(long at) {
        return ALL.get(U16, at) & 0xFFFF;
    }

    /** 32 bits. */
    public static int i32(long at) {
        return ALL.get(U32, at);
    }

    /** 32 bits, unsigned. */
    public static long u32(long at) {
        return ALL.get(U32, at) & 0xFFFF_FFFFL;
    }

    /** 48 bits: a MAC address. */
    public static long u48(long at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    /** 64 bits. */
    public static long i64(long at) {
        return ALL.get(U64, at);
    }

    /** Writes the low 8 bits of {@code value}. */
    public static void put8(long at, int value) {
        ALL.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    /** Writes the low 16 bits of {@code value}. */
    public static void put16(long at, int value) {
        ALL.set(U16, at, (short) value);
    }

    /** Writes 32 bits. */
    public static void put32(long at, int value) {
        ALL.set(U32, at, value);
    }

    /** Writes the low 48 bits of {@code value}. */
    public static void put48(long at, long value) {
        put16(at, (int) (value >>> 32));
        put32(at + 2, (int) value);
    }

    /** Writes 64 bits. */
    public static void put64(long at, long value) {
        ALL.set(U64, at, value);
    }

    /** Copies {@code length} octets; the ranges may overlap. */
    public static void copy(long from, long to, long length) {
        MemorySegment.copy(ALL, from, ALL, to, length);
    }
}
