package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A match as values and masks, whatever the order and the headers in which it came. Reused from rule to rule.
 * {@link #write} gives one canonical form, so that equal matches have equal octets: fields in the order of
 * {@link Field}, values masked, full masks left out, empty masks dropped; fields that are not known follow as they came,
 * sorted.
 */
final class MatchFields {
    private long present;
    private final long[] high = new long[Field.count()];
    private final long[] low = new long[Field.count()];
    private final long[] maskHigh = new long[Field.count()];
    private final long[] maskLow = new long[Field.count()];
    private List<byte[]> unknown = List.of();

    void clear() {
        present = 0;
        unknown = List.of();
    }

    boolean has(Field f) {
        return (present & (1L << f.index())) != 0;
    }

    long high(Field f) {
        return high[f.index()];
    }

    long low(Field f) {
        return low[f.index()];
    }

    long maskHigh(Field f) {
        return maskHigh[f.index()];
    }

    long maskLow(Field f) {
        return maskLow[f.index()];
    }

    List<byte[]> unknown() {
        return unknown;
    }

    boolean isExact(Field f) {
        return maskHigh(f) == f.ones(1) && maskLow(f) == f.ones(0);
    }

    void exact(Field f, long value) {
        masked(f, 0, value, f.ones(1), f.ones(0));
    }

    void masked(Field f, long valueHigh, long valueLow, long mHigh, long mLow) {
        int i = f.index();
        maskHigh[i] = mHigh & f.ones(1);
        maskLow[i] = mLow & f.ones(0);
        high[i] = valueHigh & maskHigh[i];
        low[i] = valueLow & maskLow[i];
        if ((maskHigh[i] | maskLow[i]) == 0) {
            present &= ~(1L << i);
        } else {
            present |= 1L << i;
        }
    }

    /** Reads OXM TLVs; false if they are cut short or a length is impossible. */
    boolean read(byte[] b, int offset, int length) {
        clear();
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (at + 4 > end) {
                return false;
            }
            int header = Bytes.i32(b, at);
            int size = header & 0xFF;
            if (at + 4 + size > end) {
                return false;
            }
            boolean masked = (header & 0x100) != 0;
            Field f = Field.of(header);
            if (f != null && size == (masked ? 2 : 1) * f.octets()) {
                readKnown(f, masked, b, at + 4);
            } else {
                if (unknown.isEmpty()) {
                    unknown = new ArrayList<>();
                }
                unknown.add(Arrays.copyOfRange(b, at, at + 4 + size));
            }
            at += 4 + size;
        }
        return true;
    }

    /** The prefixes that canonical TLVs ask for in IP, ARP and neighbour discovery, other masks left out. */
    static List<IpPrefix> addresses(byte[] match) {
        MatchFields fields = new MatchFields();
        List<IpPrefix> addresses = new ArrayList<>();
        if (fields.read(match, 0, match.length)) {
            for (Field f : Field.ADDRESSES) {
                if (fields.has(f)) {
                    fields.prefix(f).ifPresent(addresses::add);
                }
            }
        }
        return List.copyOf(addresses);
    }

    private Optional<IpPrefix> prefix(Field f) {
        int length = Long.bitCount(maskHigh(f)) + Long.bitCount(maskLow(f));
        byte[] octets = new byte[16];
        Bytes.put64(octets, 0, high(f));
        Bytes.put64(octets, 8, low(f));
        boolean ipv4 = f.bits() == 32;
        IpPrefix prefix = IpPrefix.valueOf(
                IpAddress.valueOf(
                        ipv4 ? IpAddress.Version.INET : IpAddress.Version.INET6,
                        Arrays.copyOfRange(octets, ipv4 ? 12 : 0, 16)),
                length);
        boolean leading = ipv4
                ? maskLow(f) == (0xFFFF_FFFF_0000_0000L >>> length & 0xFFFF_FFFFL)
                : maskHigh(f) == leading(Math.min(length, 64)) && maskLow(f) == leading(Math.max(0, length - 64));
        return leading ? Optional.of(prefix) : Optional.empty();
    }

    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    private void readKnown(Field f, boolean masked, byte[] b, int at) {
        long valueHigh = f.bits() > 64 ? Bytes.i64(b, at) : 0;
        long valueLow = low(f, b, at);
        if (masked) {
            int m = at + f.octets();
            masked(f, valueHigh, valueLow, f.bits() > 64 ? Bytes.i64(b, m) : 0, low(f, b, m));
        } else {
            masked(f, valueHigh, valueLow, -1L, -1L);
        }
    }

    private static long low(Field f, byte[] b, int at) {
        return switch (f.bits()) {
            case 8 -> Bytes.u8(b, at);
            case 16 -> Bytes.u16(b, at);
            case 32 -> Bytes.i32(b, at) & 0xFFFF_FFFFL;
            case 48 -> Bytes.u48(b, at);
            case 64 -> Bytes.i64(b, at);
            default -> Bytes.i64(b, at + 8);
        };
    }

    /** Appends the canonical TLVs. */
    void write(ByteWriter out) {
        for (long left = present; left != 0; left &= left - 1) {
            Field f = Field.at(Long.numberOfTrailingZeros(left));
            int i = f.index();
            if (isExact(f)) {
                out.u32(f.header()).number(high[i], low[i], f.bits());
            } else {
                out.u32(f.maskedHeader()).number(high[i], low[i], f.bits()).number(maskHigh[i], maskLow[i], f.bits());
            }
        }
        if (!unknown.isEmpty()) {
            unknown.sort(Arrays::compareUnsigned);
            for (byte[] tlv : unknown) {
                out.bytes(tlv, 0, tlv.length);
            }
        }
    }
}
