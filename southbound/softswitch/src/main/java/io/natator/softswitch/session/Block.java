package io.natator.softswitch.session;

import java.nio.ByteBuffer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** A prefix as numbers. IPv4 addresses are 32 bits in {@code low}, unsigned. */
public final class Block {
    public final int version;
    public final int length;
    public final long high;
    public final long low;
    private final long maskHigh;
    private final long maskLow;

    public Block(IpPrefix prefix) {
        boolean ipv4 = prefix.isIp4();
        version = ipv4 ? 4 : 6;
        length = prefix.prefixLength();
        int bits = ipv4 ? length + 96 : length;
        maskHigh = bits >= 64 ? -1L : bits == 0 ? 0 : -1L << (64 - bits);
        maskLow = bits <= 64 ? 0 : -1L << (128 - bits);
        high = ipv4 ? 0 : high(prefix.address());
        low = low(prefix.address());
    }

    public static long high(IpAddress address) {
        return address.isIp4() ? 0 : number(address.toOctets(), 0, 8);
    }

    public static long low(IpAddress address) {
        return address.isIp4() ? number(address.toOctets(), 0, 4) : number(address.toOctets(), 8, 8);
    }

    /** The address of two halves. */
    public static IpAddress address(int version, long high, long low) {
        if (version == 4) {
            return IpAddress.valueOf((int) low);
        }
        return IpAddress.valueOf(
                IpAddress.Version.INET6,
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    private static long number(byte[] octets, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            value = value << 8 | (octets[i] & 0xFF);
        }
        return value;
    }

    /** True if it holds the address, which is of its version. */
    public boolean holds(long addressHigh, long addressLow) {
        return (((addressHigh ^ high) & maskHigh) | ((addressLow ^ low) & maskLow)) == 0;
    }

    /** The address in this block whose host part is that of the given one: upper half. */
    public long placeHigh(long addressHigh) {
        return high | (addressHigh & ~maskHigh);
    }

    /** As {@link #placeHigh}, the lower half. */
    public long placeLow(long addressLow) {
        return low | (addressLow & ~maskLow);
    }

    /** True if any of the blocks holds the address, which is of their version. */
    public static boolean anyHolds(Block[] blocks, long high, long low) {
        for (Block block : blocks) {
            if (block.holds(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Addresses that an IPv4 block holds. */
    public long size() {
        return 1L << (32 - length);
    }
}
