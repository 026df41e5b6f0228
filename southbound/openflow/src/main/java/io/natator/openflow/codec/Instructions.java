package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Instructions in a form that does not depend on how a device writes them: instructions sorted by type, every
 * rewrite as (field, value, mask) whether it came as set-field, masked set-field, reg_load or reg_load2, adjacent
 * rewrites of one field merged. What is not known stays as it came.
 */
final class Instructions {
    private static final int NX_REG_LOAD2 = 33;

    private Instructions() {}

    /** The canonical form; octets that cannot be parsed are returned as they are. */
    static byte[] canonical(byte[] wire) {
        List<byte[]> parts = new ArrayList<>(3);
        int at = 0;
        while (at < wire.length) {
            int length = at + 4 <= wire.length ? Bytes.u16(wire, at + 2) : 0;
            if (length < 8 || at + length > wire.length) {
                return wire;
            }
            parts.add(
                    Bytes.u16(wire, at) == Wire.APPLY_ACTIONS
                            ? actions(wire, at, length)
                            : Arrays.copyOfRange(wire, at, at + length));
            at += length;
        }
        parts.sort(Comparator.comparingInt(p -> Bytes.u16(p, 0)));
        ByteWriter out = new ByteWriter();
        parts.forEach(p -> out.bytes(p, 0, p.length));
        return out.toArray();
    }

    private static byte[] actions(byte[] wire, int start, int total) {
        ByteWriter out = new ByteWriter();
        out.u16(Wire.APPLY_ACTIONS);
        Rewrite pending = new Rewrite();
        int end = start + total;
        int at = start + 8;
        while (at < end) {
            int length = at + 4 <= end ? Bytes.u16(wire, at + 2) : 0;
            if (length < 8 || at + length > end) {
                return Arrays.copyOfRange(wire, start, end);
            }
            if (!pending.take(wire, at, length)) {
                pending.flush(out);
                out.bytes(wire, at, length);
            }
            if (pending.overflow != null) {
                pending.swap(out);
            }
            at += length;
        }
        pending.flush(out);
        return out.toArray();
    }

    /** Consecutive rewrites of one field. */
    private static final class Rewrite {
        private Field field;
        private long high;
        private long low;
        private long maskHigh;
        private long maskLow;
        private Rewrite overflow;

        /** True if the action is a rewrite. One of another field than before waits in {@code overflow}. */
        boolean take(byte[] b, int at, int length) {
            Rewrite r = parse(b, at, length);
            if (r == null) {
                return false;
            }
            if (field != null && field != r.field) {
                overflow = r;
            } else {
                merge(r);
            }
            return true;
        }

        private void merge(Rewrite r) {
            field = r.field;
            high = (high & ~r.maskHigh) | r.high;
            low = (low & ~r.maskLow) | r.low;
            maskHigh |= r.maskHigh;
            maskLow |= r.maskLow;
        }

        void swap(ByteWriter out) {
            Rewrite next = overflow;
            overflow = null;
            flush(out);
            merge(next);
        }

        void flush(ByteWriter out) {
            if (field != null) {
                out.u16(Wire.SET_FIELD)
                        .u32(field.header())
                        .u64(high)
                        .u64(low)
                        .u64(maskHigh)
                        .u64(maskLow);
            }
            field = null;
            high = low = maskHigh = maskLow = 0;
        }

        private static Rewrite parse(byte[] b, int at, int length) {
            int type = Bytes.u16(b, at);
            if (type == Wire.SET_FIELD) {
                return oxm(b, at + 4, at + length);
            }
            if (type != Wire.ACTION_EXPERIMENTER || length < 16 || Bytes.i32(b, at + 4) != Wire.NICIRA) {
                return null;
            }
            return switch (Bytes.u16(b, at + 8)) {
                case Wire.NX_REG_LOAD -> length == 24 ? load(b, at) : null;
                case NX_REG_LOAD2 -> oxm(b, at + 16, at + length);
                default -> null;
            };
        }

        private static Rewrite oxm(byte[] b, int at, int end) {
            if (at + 4 > end) {
                return null;
            }
            MatchFields one = new MatchFields();
            int size = 4 + Bytes.u8(b, at + 3);
            Field f = Field.of(Bytes.i32(b, at));
            if (f == null || at + size > end || !one.read(b, at, size) || !one.has(f)) {
                return null;
            }
            return of(f, one.high(f), one.low(f), one.maskHigh(f), one.maskLow(f));
        }

        private static Rewrite load(byte[] b, int at) {
            int offset = Bytes.u16(b, at + 10) >>> 6;
            int bits = (Bytes.u16(b, at + 10) & 63) + 1;
            Field f = Field.of(Bytes.i32(b, at + 12));
            if (f == null || offset + bits > f.bits()) {
                return null;
            }
            long mask = -1L >>> (64 - bits);
            long value = Bytes.i64(b, at + 16) & mask;
            return of(
                    f,
                    left(value, offset, true),
                    left(value, offset, false),
                    left(mask, offset, true),
                    left(mask, offset, false));
        }

        /** One half of the 128-bit number {@code value << offset}. */
        private static long left(long value, int offset, boolean upper) {
            if (upper) {
                return offset >= 64 ? value << (offset - 64) : offset == 0 ? 0 : value >>> (64 - offset);
            }
            return offset >= 64 ? 0 : value << offset;
        }

        private static Rewrite of(Field f, long high, long low, long maskHigh, long maskLow) {
            Rewrite r = new Rewrite();
            r.field = f;
            r.high = high;
            r.low = low;
            r.maskHigh = maskHigh;
            r.maskLow = maskLow;
            return r;
        }
    }
}
