package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.util.Arrays;

/** A growing array of octets, reused from rule to rule. */
final class ByteWriter {
    private byte[] b = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(b, size);
    }

    ByteWriter u8(int value) {
        Bytes.put8(b, room(1), value);
        return this;
    }

    ByteWriter u16(int value) {
        Bytes.put16(b, room(2), value);
        return this;
    }

    ByteWriter u32(int value) {
        Bytes.put32(b, room(4), value);
        return this;
    }

    ByteWriter u48(long value) {
        Bytes.put48(b, room(6), value);
        return this;
    }

    ByteWriter u64(long value) {
        Bytes.put64(b, room(8), value);
        return this;
    }

    ByteWriter bytes(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, b, room(length), length);
        return this;
    }

    /** The low {@code bits} (8, 16, 32, 48, 64 or 128) of a number of two halves. */
    ByteWriter number(long high, long low, int bits) {
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
    ByteWriter pad8(int start) {
        while ((size - start & 7) != 0) {
            u8(0);
        }
        return this;
    }

    void set16(int at, int value) {
        Bytes.put16(b, at, value);
    }

    private int room(int octets) {
        if (size + octets > b.length) {
            b = Arrays.copyOf(b, Math.max(2 * b.length, size + octets));
        }
        int at = size;
        size += octets;
        return at;
    }
}
