package io.natator.bgp.codec;

import io.natator.model.validate.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Communities of a route, each list sorted and without duplicates.
 *
 * @param standard RFC 1997, unsigned
 * @param large RFC 8092
 */
public record Communities(List<Long> standard, List<LargeCommunity> large) {
    private static final Pattern COLON = Pattern.compile(":", Pattern.LITERAL);

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
            if (!(io.natator.model.validate.Communities.parse("", community) instanceof Parsed.Ok<String>)) {
                return Optional.empty();
            }
            long[] parts =
                    COLON.splitAsStream(community).mapToLong(Long::parseLong).toArray();
            if (parts.length == 2) {
                standard.add((parts[0] << 16) | parts[1]);
            } else {
                large.add(new LargeCommunity(parts[0], parts[1], parts[2]));
            }
        }
        return Optional.of(new Communities(List.copyOf(standard), List.copyOf(large)));
    }
}
