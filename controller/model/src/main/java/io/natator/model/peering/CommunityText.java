package io.natator.model.peering;

import io.natator.model.peering.Community.Extended;
import io.natator.model.peering.Community.Large;
import io.natator.model.peering.Community.Standard;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Communities: text to number, and extended ones back. */
final class CommunityText {
    // Types of transitive extended communities (RFC 7153), and their subtypes.
    private static final int TWO_OCTET_AS = 0;
    private static final int IPV4 = 1;
    private static final int FOUR_OCTET_AS = 2;
    private static final int ROUTE_TARGET = 2;
    private static final int ROUTE_ORIGIN = 3;

    private static final long MOST16 = 0xFFFFL;
    private static final long MOST32 = 0xFFFF_FFFFL;

    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,10}):([0-9]{1,10})(?::([0-9]{1,10}))?");
    private static final Pattern EXTENDED =
            Pattern.compile("(rt|ro):([0-9]{1,10}|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}):([0-9]{1,10})");
    private static final Pattern RAW = Pattern.compile("ext:[0-9a-fA-F]{16}");

    private CommunityText() {}

    static Optional<Community> parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            return numbers.group(3) == null
                    ? standard(number(numbers, 1), number(numbers, 2))
                    : large(number(numbers, 1), number(numbers, 2), number(numbers, 3));
        }
        Matcher extended = EXTENDED.matcher(text);
        if (extended.matches()) {
            int subtype = extended.group(1).equals("rt") ? ROUTE_TARGET : ROUTE_ORIGIN;
            return extended(subtype, extended.group(2), number(extended, 3));
        }
        return RAW.matcher(text).matches()
                ? Optional.of(new Extended(Long.parseUnsignedLong(text.substring(4), 16)))
                : Optional.empty();
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }

    private static Optional<Community> standard(long high, long low) {
        return high > MOST16 || low > MOST16 ? Optional.empty() : Optional.of(new Standard((int) (high << 16 | low)));
    }

    private static Optional<Community> large(long a, long b, long c) {
        return a > MOST32 || b > MOST32 || c > MOST32
                ? Optional.empty()
                : Optional.of(new Large((int) a, (int) b, (int) c));
    }

    private static Optional<Community> extended(int subtype, String administrator, long number) {
        if (administrator.contains(".")) {
            return address(administrator).filter(a -> number <= MOST16).map(a -> of(IPV4, subtype, a << 16 | number));
        }
        long as = Long.parseLong(administrator);
        if (as <= MOST16) {
            return number > MOST32 ? Optional.empty() : Optional.of(of(TWO_OCTET_AS, subtype, as << 32 | number));
        }
        return as > MOST32 || number > MOST16
                ? Optional.empty()
                : Optional.of(of(FOUR_OCTET_AS, subtype, as << 16 | number));
    }

    private static Optional<Long> address(String dotted) {
        long address = 0;
        for (String octet : dotted.split("\\.", -1)) {
            if (Integer.parseInt(octet) > 255) {
                return Optional.empty();
            }
            address = address << 8 | Integer.parseInt(octet);
        }
        return Optional.of(address);
    }

    private static Community of(int type, int subtype, long body) {
        return new Extended((long) type << 56 | (long) subtype << 48 | body);
    }

    /** The shortest text that {@link #parse} reads back. */
    static String extended(long value) {
        String kind = switch ((int) (value >>> 48) & 0xFF) {
            case ROUTE_TARGET -> "rt:";
            case ROUTE_ORIGIN -> "ro:";
            default -> "";
        };
        if (kind.isEmpty()) {
            return raw(value);
        }
        long body = value & 0xFFFF_FFFF_FFFFL;
        return switch ((int) (value >>> 56)) {
            case TWO_OCTET_AS -> kind + (body >>> 32) + ":" + (body & MOST32);
            case IPV4 -> kind + dotted(body >>> 16) + ":" + (body & MOST16);
            // A small AS number in the long form would be read back as the short one.
            case FOUR_OCTET_AS -> body >>> 32 == 0 ? raw(value) : kind + (body >>> 16) + ":" + (body & MOST16);
            default -> raw(value);
        };
    }

    private static String raw(long value) {
        return "ext:%016x".formatted(value);
    }

    private static String dotted(long address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xFF) + "." + (address >>> 8 & 0xFF) + "." + (address & 0xFF);
    }

    /** What communities are ordered by: kind first. */
    static long[] key(Community community) {
        return switch (community) {
            case Standard standard -> new long[] {0, Integer.toUnsignedLong(standard.value())};
            case Extended extended -> new long[] {1, extended.value()};
            case Large large ->
                new long[] {
                    2,
                    Integer.toUnsignedLong(large.global()),
                    Integer.toUnsignedLong(large.local1()),
                    Integer.toUnsignedLong(large.local2())
                };
        };
    }
}
