package io.natator.model.packet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Arithmetic on addresses and prefixes. */
public final class Addresses {
    private Addresses() {}

    /** {@code network.address | (address & ~network.mask)}: the host part of one, the network part of the other. */
    public static IpAddress withNetwork(IpAddress address, IpPrefix network) {
        int length = network.prefixLength();
        byte[] host = address.toOctets();
        byte[] net = network.address().toOctets();
        for (int i = 0; i < host.length; i++) {
            int bits = Math.max(0, Math.min(8, length - 8 * i));
            int mask = (0xFF00 >>> bits) & 0xFF;
            host[i] = (byte) ((net[i] & mask) | (host[i] & ~mask));
        }
        return IpAddress.valueOf(address.version(), host);
    }

    /** True if both are of one family and {@code prefix} contains {@code address}. */
    public static boolean in(IpPrefix prefix, IpAddress address) {
        return prefix.isIp4() == address.isIp4() && prefix.contains(address);
    }

    /** How many addresses a prefix holds. */
    public static BigInteger size(IpPrefix prefix) {
        return BigInteger.ONE.shiftLeft((prefix.isIp4() ? 32 : 128) - prefix.prefixLength());
    }

    /** The address {@code index} after the first of {@code prefix}; it must lie within. */
    public static IpAddress nth(IpPrefix prefix, BigInteger index) {
        byte[] octets = prefix.address().toOctets();
        byte[] sum = new BigInteger(1, octets).add(index).toByteArray();
        byte[] result = new byte[octets.length];
        int n = Math.min(sum.length, result.length);
        System.arraycopy(sum, sum.length - n, result, result.length - n, n);
        return IpAddress.valueOf(prefix.version(), result);
    }

    /** The minimal list of prefixes, in order, that holds just the first {@code count} addresses of {@code prefix}. */
    public static List<IpPrefix> firstOf(IpPrefix prefix, BigInteger count) {
        int width = prefix.isIp4() ? 32 : 128;
        List<IpPrefix> prefixes = new ArrayList<>();
        BigInteger done = BigInteger.ZERO;
        for (int bit = width - prefix.prefixLength(); bit >= 0; bit--) {
            if (count.testBit(bit)) {
                prefixes.add(IpPrefix.valueOf(nth(prefix, done), width - bit));
                done = done.setBit(bit);
            }
        }
        return List.copyOf(prefixes);
    }
}
