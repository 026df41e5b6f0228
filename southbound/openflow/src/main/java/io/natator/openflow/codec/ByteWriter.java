package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.util.Arrays;

/** A growing array of octets, reused from rule to rule. */
public final class ByteWriter {
    private byte[] b = new byte[256];
    private int size;

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public byte[] toArray() {
        return Arrays.copyOf(b, size);
    }

    public ByteWriter u8(int value) {
        int at = room(1);
        Bytes.put8(b, at, value);
        return this;
    }

    public ByteWriter u16(int value) {
        int at = room(2);
        Bytes.put16(b, at, value);
        return this;
    }

    public ByteWriter u32(int value) {
        int at = room(4);
        Bytes.put32(b, at, value);
        return this;
    }

    public ByteWriter u48(long value) {
        int at = room(6);
        Bytes.put48(b, at, value);
        return this;
    }

    public ByteWriter u64(long value) {
        int at = room(8);
        Bytes.put64(b, at, value);
        return this;
    }

    public ByteWriter bytes(byte[] from, int offset, int length) {
        int at = room(length);
        System.arraycopy(from, offset, b, at, length);
        return this;
    }

    /** The low {@code bits} (8, 16, 32, 48, 64 or 128) of a number of two halves. */
    public ByteWriter number(long high, long low, int bits) {
        return switch (bits) {
            case 8 -> u8((int) low);
            case 16 -> u16((int) low);
            case 32 -> u32((int) low);
            case 48 -> u48(low);
            case 64 -> u64(low);
            default -> u64(high).u64(low);
        };
    }

    /** Zeroes up to a multiple of 8 octets from {@code start}. */
    public ByteWriter pad8(int start) {
        while ((size - start & 7) != 0) {
            u8(0);
        }
        return this;
    }

    public void set16(int at, int value) {
        Bytes.put16(b, at, value);
    }

    /** Where so many octets go; the array may be another one afterwards. */
    private int room(int octets) {
        if (size + octets > b.length) {
            b = Arrays.copyOf(b, Math.max(2 * b.length, size + octets));
        }
        int at = size;
        size += octets;
        return at;
    }
}
