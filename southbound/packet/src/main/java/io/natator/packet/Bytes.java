package io.natator.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian access to byte arrays, as every header of this package uses it. */
public final class Bytes {
    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /** Unsigned octet at {@code at}. */
    public static int u8(byte[] b, int at) {
        return b[at] & 0xFF;
    }

    /** Unsigned 16 bits at {@code at}. */
    public static int u16(byte[] b, int at) {
        return (short) U16.get(b, at) & 0xFFFF;
    }

    /** 32 bits at {@code at}. */
    public static int i32(byte[] b, int at) {
        return (int) U32.get(b, at);
    }

    /** 48 bits at {@code at}: a MAC address. */
    public static long u48(byte[] b, int at) {
        return (long) u16(b, at) << 32 | (i32(b, at + 2) & 0xFFFF_FFFFL);
    }

    /** 64 bits at {@code at}. */
    public static long i64(byte[] b, int at) {
        return (long) U64.get(b, at);
    }

    /** Writes the low 8 bits of {@code value}. */
    public static void put8(byte[] b, int at, int value) {
        b[at] = (byte) value;
    }

    /** Writes the low 16 bits of {@code value}. */
    public static void put16(byte[] b, int at, int value) {
        U16.set(b, at, (short) value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] b, int at, int value) {
        U32.set(b, at, value);
    }

    /** Writes the low 48 bits of {@code value}. */
    public static void put48(byte[] b, int at, long value) {
        put16(b, at, (int) (value >>> 32));
        put32(b, at + 2, (int) value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] b, int at, long value) {
        U64.set(b, at, value);
    }
}
