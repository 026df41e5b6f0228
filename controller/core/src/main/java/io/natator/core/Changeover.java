package io.natator.core;

import io.natator.model.intent.Translation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Pure: what becomes of reachability when a translation changes under its name. */
final class Changeover {
    private Changeover() {}

    /**
     * The outside prefix whose addresses mean the same inside hosts before and after, so that they may stay
     * announced while rules change; empty if there is none.
     */
    static Optional<IpPrefix> kept(Translation from, Translation to) {
        if (from.kind() != to.kind()) {
            return Optional.empty();
        }
        if (from.kind().crosses()) {
            boolean same = from.inside().equals(to.inside()) && from.outside().equals(to.outside());
            return same ? Optional.of(from.outside()) : Optional.empty();
        }
        Optional<IpPrefix> outside = intersection(from.outside(), to.outside());
        return outside.filter(p -> insideOf(from, p).equals(insideOf(to, p)));
    }

    /** Those parts of {@code announced} that stay when {@code from} becomes {@code to} (null: deleted). */
    static List<IpPrefix> stay(List<IpPrefix> announced, Translation from, Translation to) {
        if (to == null) {
            return List.of();
        }
        if (from.kind().stateful()) {
            return from.kind() == to.kind() && from.inside().equals(to.inside())
                    ? announced.stream()
                            .flatMap(p -> to.outsides().stream().flatMap(o -> intersection(p, o).stream()))
                            .toList()
                    : List.of();
        }
        return kept(from, to).stream()
                .flatMap(keep -> announced.stream().flatMap(p -> intersection(p, keep).stream()))
                .toList();
    }

    /** True if the rules of both cannot stand on one device together. */
    static boolean collide(Translation a, Translation b) {
        List<IpPrefix> ofB =
                Stream.concat(Stream.of(b.inside()), b.outsides().stream()).toList();
        return Stream.concat(Stream.of(a.inside()), a.outsides().stream())
                .anyMatch(p -> ofB.stream().anyMatch(q -> intersection(p, q).isPresent()));
    }

    /** All that is announced of {@code from} means the same in {@code to}. */
    static boolean keepsAll(Translation from, Translation to) {
        return from.kind().stateful()
                ? from.kind() == to.kind()
                        && from.inside().equals(to.inside())
                        && from.outsides().stream()
                                .allMatch(f -> to.outsides().stream().anyMatch(o -> o.contains(f)))
                : kept(from, to).filter(from.outside()::equals).isPresent();
    }

    private static Optional<IpPrefix> intersection(IpPrefix a, IpPrefix b) {
        if (a.isIp4() != b.isIp4()) {
            return Optional.empty();
        }
        IpPrefix longer = a.prefixLength() >= b.prefixLength() ? a : b;
        IpPrefix shorter = longer.equals(a) ? b : a;
        return shorter.contains(longer) ? Optional.of(longer) : Optional.empty();
    }

    /** {@code inside-net | (part & ~mask)}, as a prefix of the length of {@code part}. */
    private static IpPrefix insideOf(Translation translation, IpPrefix part) {
        byte[] address = part.address().toOctets();
        byte[] net = translation.inside().address().toOctets();
        int length = translation.inside().prefixLength();
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >>> (bit % 8);
            int at = bit / 8;
            address[at] = (byte) ((address[at] & ~mask) | (net[at] & mask));
        }
        IpAddress.Version version = part.isIp4() ? IpAddress.Version.INET : IpAddress.Version.INET6;
        return IpPrefix.valueOf(IpAddress.valueOf(version, address), part.prefixLength());
    }
}
