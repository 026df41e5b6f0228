package io.natator.bgp.codec;

import io.natator.model.peering.Community;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Communities of a route, each list sorted and without duplicates.
 *
 * @param standard RFC 1997, unsigned
 * @param extended RFC 4360: eight octets each, sorted as signed numbers
 * @param large RFC 8092
 */
public record Communities(List<Long> standard, List<Long> extended, List<LargeCommunity> large) {
    private static final int STANDARD_OCTETS = 4;
    private static final int EXTENDED_OCTETS = 8;

    public static final Communities NONE = new Communities(List.of(), List.of(), List.of());

    public Communities {
        standard = List.copyOf(new TreeSet<>(standard));
        extended = List.copyOf(new TreeSet<>(extended));
        large = List.copyOf(new TreeSet<>(large));
    }

    /** What they take in an UPDATE, without the headers of their attributes. */
    public int octets() {
        return STANDARD_OCTETS * standard.size()
                + EXTENDED_OCTETS * extended.size()
                + LargeCommunity.OCTETS * large.size();
    }

    public static Communities of(List<Community> communities) {
        List<Long> standard = new ArrayList<>();
        List<Long> extended = new ArrayList<>();
        List<LargeCommunity> large = new ArrayList<>();
        for (Community community : communities) {
            switch (community) {
                case Community.Standard(int value) -> standard.add(Integer.toUnsignedLong(value));
                case Community.Extended(long value) -> extended.add(value);
                case Community.Large(int global, int local1, int local2) ->
                    large.add(new LargeCommunity(
                            Integer.toUnsignedLong(global),
                            Integer.toUnsignedLong(local1),
                            Integer.toUnsignedLong(local2)));
            }
        }
        return new Communities(standard, extended, large);
    }

    /** As {@link Community#parse} reads them. Empty if one of them is none. */
    public static Optional<Communities> parse(List<String> written) {
        List<Community> communities = new ArrayList<>();
        for (String text : written) {
            Optional<Community> community = Community.parse(text);
            if (community.isEmpty()) {
                return Optional.empty();
            }
            communities.add(community.get());
        }
        return Optional.of(of(communities));
    }

    /** These and others. */
    public Communities and(Communities others) {
        return new Communities(
                both(standard, others.standard), both(extended, others.extended), both(large, others.large));
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** For people, in the model's notation. */
    public List<String> words() {
        List<Community> all = new ArrayList<>();
        standard.forEach(value -> all.add(new Community.Standard((int) (long) value)));
        extended.forEach(value -> all.add(new Community.Extended(value)));
        large.forEach(one -> all.add(new Community.Large((int) one.global(), (int) one.local1(), (int) one.local2())));
        return all.stream().map(Community::toString).toList();
    }
}
