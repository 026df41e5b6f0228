package io.natator.nat;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Divides a pool: hosts by the first bits of their host part, addresses evenly. What is promised (a forward, a
 * reservation) must stay together, so there are as many slices as that allows.
 *
 * @param inside the hosts of one slice
 * @param outside their addresses, disjoint, in order
 */
record Split(IpPrefix inside, List<IpPrefix> outside) {
    /** @param most a power of two */
    static List<Split> of(Translation translation, int most) {
        BigInteger size = translation.outsides().stream().map(Addresses::size).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger room = size.min(Addresses.size(translation.inside()));
        int count = most;
        while (count > 1 && room.compareTo(BigInteger.valueOf(count)) < 0) {
            count /= 2;
        }
        List<Split> slices = slices(translation, size, count);
        while (!keepsPromises(translation, slices)) {
            count /= 2;
            slices = slices(translation, size, count);
        }
        return slices;
    }

    private static List<Split> slices(Translation translation, BigInteger size, int count) {
        IpPrefix inside = translation.inside();
        BigInteger number = BigInteger.valueOf(count);
        BigInteger each = Addresses.size(inside).divide(number);
        int length = inside.prefixLength() + Integer.numberOfTrailingZeros(count);
        return IntStream.range(0, count)
                .mapToObj(BigInteger::valueOf)
                .map(i -> new Split(
                        IpPrefix.valueOf(Addresses.nth(inside, each.multiply(i)), length),
                        range(
                                translation.outsides(),
                                size.multiply(i).divide(number),
                                size.multiply(i.add(BigInteger.ONE)).divide(number))))
                .toList();
    }

    /** The addresses {@code from} to before {@code to} of several prefixes, one after the other. */
    private static List<IpPrefix> range(List<IpPrefix> prefixes, BigInteger from, BigInteger to) {
        List<IpPrefix> result = new ArrayList<>();
        BigInteger first = BigInteger.ZERO;
        for (IpPrefix prefix : prefixes) {
            cover(prefix, from.subtract(first), to.subtract(first), result);
            first = first.add(Addresses.size(prefix));
        }
        return Addresses.minimal(result);
    }

    private static void cover(IpPrefix prefix, BigInteger from, BigInteger to, List<IpPrefix> result) {
        BigInteger size = Addresses.size(prefix);
        if (to.signum() <= 0 || from.compareTo(size) >= 0) {
            return;
        }
        if (from.signum() <= 0 && to.compareTo(size) >= 0) {
            result.add(prefix);
            return;
        }
        BigInteger half = size.shiftRight(1);
        int length = prefix.prefixLength() + 1;
        cover(IpPrefix.valueOf(prefix.address(), length), from, to, result);
        cover(IpPrefix.valueOf(Addresses.nth(prefix, half), length), from.subtract(half), to.subtract(half), result);
    }

    private static boolean keepsPromises(Translation translation, List<Split> slices) {
        return Stream.concat(
                        translation.pool().forwards().stream().map(f -> List.of(f.inside(), f.outside())),
                        translation.pool().reservations().stream().map(r -> List.of(r.inside(), r.outside())))
                .allMatch(pair -> slices.stream().anyMatch(s -> s.holds(pair.getFirst(), pair.getLast())));
    }

    /** A host and an address are both in this slice. */
    boolean holds(IpAddress host, IpAddress address) {
        return Addresses.in(inside, host) && outside.stream().anyMatch(o -> Addresses.in(o, address));
    }
}
