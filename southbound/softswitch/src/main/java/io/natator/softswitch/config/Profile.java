package io.natator.softswitch.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the switch can do. A limited one behaves, and describes itself, like hardware of that kind.
 *
 * @param tables 1 to {@link #MAX_TABLES}
 * @param capacity rules that fit each table, at least 1
 */
public record Profile(int tables, int capacity, Set<Ability> abilities) {
    /** OFPTT_MAX + 1. */
    public static final int MAX_TABLES = 255;
    /** All that there is. */
    public static final Profile FULL = new Profile(64, 1_000_000, EnumSet.allOf(Ability.class));
    /** OpenFlow 1.3 without extensions: rewrites whole fields only, matches no TTL, has no bundles. */
    public static final Profile OF13_EXACT = new Profile(
            64,
            1_000_000,
            EnumSet.complementOf(
                    EnumSet.of(Ability.MASKED_SET_FIELD, Ability.MOVE, Ability.MATCH_TTL, Ability.BUNDLES)));

    public Profile {
        abilities = Set.copyOf(abilities);
    }

    /** True if it has {@code ability}. */
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    /**
     * Reads {@code NAME[,tables=N][,capacity=N][,no-ABILITY]…}; NAME is {@code full} or {@code of13-exact}.
     *
     * @throws IllegalArgumentException naming the part that is wrong and what it may be
     */
    public static Profile parse(String text) {
        String[] parts = text.split(",", -1);
        Profile profile = switch (parts[0]) {
            case "full" -> FULL;
            case "of13-exact" -> OF13_EXACT;
            default -> throw new IllegalArgumentException("profile \"" + parts[0] + "\" is none of full, of13-exact");
        };
        for (int i = 1; i < parts.length; i++) {
            profile = profile.with(parts[i]);
        }
        return profile;
    }

    private Profile with(String part) {
        if (part.startsWith("tables=")) {
            return new Profile(number(part, MAX_TABLES), capacity, abilities);
        }
        if (part.startsWith("capacity=")) {
            return new Profile(tables, number(part, Integer.MAX_VALUE), abilities);
        }
        Optional<Ability> without = Arrays.stream(Ability.values())
                .filter(ability -> part.equals("no-" + ability.word()))
                .findFirst();
        if (without.isEmpty()) {
            throw new IllegalArgumentException("profile: \"" + part + "\" is none of tables=N, capacity=N, "
                    + Arrays.stream(Ability.values())
                            .map(ability -> "no-" + ability.word())
                            .collect(Collectors.joining(", ")));
        }
        Set<Ability> left = EnumSet.noneOf(Ability.class);
        left.addAll(abilities);
        left.remove(without.get());
        return new Profile(tables, capacity, left);
    }

    private static int number(String part, int max) {
        String digits = part.substring(part.indexOf('=') + 1);
        if (!digits.matches("[0-9]{1,9}") || digits.matches("0+") || Integer.parseInt(digits) > max) {
            throw new IllegalArgumentException("profile: \"" + part + "\": a number from 1 to " + max + " is needed");
        }
        return Integer.parseInt(digits);
    }
}
