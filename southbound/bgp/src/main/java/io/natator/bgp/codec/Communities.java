package io.natator.bgp.codec;

import io.natator.model.peering.Community;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Communities of a route, each list sorted and without duplicates.
 *
 * @param standard RFC 1997, unsigned
 * @param large RFC 8092
 */
public record Communities(List<Long> standard, List<LargeCommunity> large) {
    private static final int STANDARD_OCTETS = 4;

    public static final Communities NONE = new Communities(List.of(), List.of());

    public Communities {
        standard = List.copyOf(new TreeSet<>(standard));
        large = List.copyOf(new TreeSet<>(large));
    }

    /** What they take in an UPDATE, without the headers of their two attributes. */
    public int octets() {
        return STANDARD_OCTETS * standard.size() + LargeCommunity.OCTETS * large.size();
    }

    /** As users write them: {@code 65000:100}, {@code 65000:1:2}. Empty if one of them is neither. */
    public static Optional<Communities> parse(List<String> written) {
        TreeSet<Long> standard = new TreeSet<>();
        TreeSet<LargeCommunity> large = new TreeSet<>();
        for (String community : written) {
            Optional<Community> parsed = Community.parse(community);
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            switch (parsed.get()) {
                case Community.Standard(int value) -> standard.add(Integer.toUnsignedLong(value));
                case Community.Large(int global, int local1, int local2) ->
                    large.add(new LargeCommunity(
                            Integer.toUnsignedLong(global),
                            Integer.toUnsignedLong(local1),
                            Integer.toUnsignedLong(local2)));
                case Community.Extended _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Communities(List.copyOf(standard), List.copyOf(large)));
    }
}
