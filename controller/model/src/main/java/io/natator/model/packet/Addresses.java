package io.natator.model.packet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** The last address of {@code prefix}. */
    public static IpAddress last(IpPrefix prefix) {
        return nth(prefix, size(prefix).subtract(BigInteger.ONE));
    }

    /** The minimal list of prefixes, in order, that holds just what {@code prefixes} of one family hold. */
    public static List<IpPrefix> minimal(List<IpPrefix> prefixes) {
        List<IpPrefix> sorted = new ArrayList<>(prefixes);
        sorted.sort(Comparator.comparing(IpPrefix::address).thenComparingInt(IpPrefix::prefixLength));
        List<IpPrefix> minimal = new ArrayList<>();
        for (IpPrefix prefix : sorted) {
            if (!minimal.isEmpty() && minimal.getLast().contains(prefix)) {
                continue;
            }
            minimal.add(prefix);
            while (minimal.size() > 1 && siblings(minimal.get(minimal.size() - 2), minimal.getLast())) {
                IpPrefix half = minimal.removeLast();
                minimal.set(minimal.size() - 1, IpPrefix.valueOf(half.address(), half.prefixLength() - 1));
            }
        }
        return List.copyOf(minimal);
    }

    /** The prefixes that hold what {@code prefix} holds without {@code hole}, which is of the same family. */
    public static List<IpPrefix> without(IpPrefix prefix, IpPrefix hole) {
        if (hole.contains(prefix)) {
            return List.of();
        }
        if (!prefix.contains(hole)) {
            return List.of(prefix);
        }
        List<IpPrefix> rest = new ArrayList<>();
        for (int length = prefix.prefixLength() + 1; length <= hole.prefixLength(); length++) {
            rest.add(flipped(IpPrefix.valueOf(hole.address(), length)));
        }
        return List.copyOf(rest);
    }

    /** The other half of the prefix that is one bit shorter. */
    private static IpPrefix flipped(IpPrefix prefix) {
        byte[] octets = prefix.address().toOctets();
        int bit = prefix.prefixLength() - 1;
        octets[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        return IpPrefix.valueOf(prefix.version(), octets, prefix.prefixLength());
    }

    /** Two different prefixes that are the halves of one. */
    private static boolean siblings(IpPrefix a, IpPrefix b) {
        return a.prefixLength() == b.prefixLength()
                && a.prefixLength() > 0
                && IpPrefix.valueOf(a.address(), a.prefixLength() - 1).contains(b);
    }
}
