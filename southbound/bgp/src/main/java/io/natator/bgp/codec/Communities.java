package io.natator.bgp.codec;

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
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final long MAX_STANDARD = 0xffff;
    private static final long MAX_LARGE = 0xffffffffL;

    public static final Communities NONE = new Communities(List.of(), List.of());

    public Communities {
        standard = List.copyOf(new TreeSet<>(standard));
        large = List.copyOf(new TreeSet<>(large));
    }

    /** As users write them: {@code 65000:100}, {@code 65000:1:2}. Empty if one of them is neither. */
    public static Optional<Communities> parse(List<String> written) {
        TreeSet<Long> standard = new TreeSet<>();
        TreeSet<LargeCommunity> large = new TreeSet<>();
        for (String community : written) {
            String[] parts = COLON.split(community, -1);
            for (String part : parts) {
                if (!NUMBER.matcher(part).matches()) {
                    return Optional.empty();
                }
            }
            if (parts.length == 2 && fits(parts, MAX_STANDARD)) {
                standard.add((Long.parseLong(parts[0]) << 16) | Long.parseLong(parts[1]));
            } else if (parts.length == 3 && fits(parts, MAX_LARGE)) {
                large.add(new LargeCommunity(
                        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Communities(List.copyOf(standard), List.copyOf(large)));
    }

    private static boolean fits(String[] parts, long max) {
        for (String part : parts) {
            if (Long.parseLong(part) > max) {
                return false;
            }
        }
        return true;
    }
}
