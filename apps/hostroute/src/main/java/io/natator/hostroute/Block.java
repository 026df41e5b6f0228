package io.natator.hostroute;

import java.nio.ByteBuffer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A prefix of either family as a number whose first bit is the first of the address, so that both are handled alike.
 * Prefixes of different families are never compared.
 *
 * @param high the first 64 bits, zero beyond {@code length}
 * @param low the rest; zero for IPv4, whose address is in the upper half of {@code high}
 * @param length of the prefix, 0 to 128
 */
record Block(long high, long low, int length) implements Comparable<Block> {
    static Block of(IpPrefix prefix) {
        ByteBuffer octets = ByteBuffer.wrap(prefix.address().toOctets());
        return prefix.isIp4()
                ? new Block((octets.getInt() & 0xffffffffL) << 32, 0, prefix.prefixLength())
                : new Block(octets.getLong(), octets.getLong(), prefix.prefixLength());
    }

    IpPrefix toPrefix(boolean ipv4) {
        if (ipv4) {
            return IpPrefix.valueOf((int) (high >>> 32), length);
        }
        byte[] octets = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return IpPrefix.valueOf(IpAddress.Version.INET6, octets, length);
    }

    /** By address, then the larger block first: a block comes right before what it contains. */
    @Override
    public int compareTo(Block other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) {
            order = Long.compareUnsigned(low, other.low);
        }
        return order == 0 ? Integer.compare(length, other.length) : order;
    }

    boolean contains(Block other) {
        return other.length >= length
                && (other.high & highMask(length)) == high
                && (other.low & lowMask(length)) == low;
    }

    /** The block of twice the size that holds this one; not for a block of length 0. */
    Block parent() {
        int shorter = length - 1;
        return new Block(high & highMask(shorter), low & lowMask(shorter), shorter);
    }

    /** The half that holds the lower ({@code upper} false) or the higher addresses; not for a single address. */
    Block half(boolean upper) {
        if (!upper) {
            return new Block(high, low, length + 1);
        }
        return length < Long.SIZE
                ? new Block(high | Long.MIN_VALUE >>> length, low, length + 1)
                : new Block(high, low | Long.MIN_VALUE >>> (length - Long.SIZE), length + 1);
    }

    /** True if the two are the halves of one block. */
    boolean completes(Block other) {
        return length == other.length && length > 0 && !equals(other) && parent().equals(other.parent());
    }

    /** The address {@code index} after the first, as a block of one address. */
    Block host(int index, boolean ipv4) {
        return ipv4 ? new Block(high + ((long) index << 32), 0, 32) : new Block(high, low + index, 128);
    }

    private static long highMask(int length) {
        return length >= Long.SIZE ? -1 : mask(length);
    }

    private static long lowMask(int length) {
        return length <= Long.SIZE ? 0 : mask(length - Long.SIZE);
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }
}
