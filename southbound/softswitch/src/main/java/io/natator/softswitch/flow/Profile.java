package io.natator.softswitch.flow;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a switch can do. All tables are alike. A narrow profile makes the software switch behave, and report itself, as
 * limited hardware does.
 *
 * @param tables 1 to {@link #MAX_TABLES}
 * @param capacity rules a table holds, 1 to {@link #MAX_CAPACITY}
 * @param matches fields that can be matched
 * @param masks of these, fields that can be matched under a mask
 * @param setFields fields that can be set
 * @param actions what else can be done; {@link Action.Kind#SET_FIELD_MASKED} holds for all of {@code setFields}
 * @param normal true if packets can be given to the port NORMAL
 * @param groups groups it holds; 0 if it has none
 * @param meters meters it holds; 0 if it has none
 * @param bundles true if changes can be made as one
 * @param sessions that it holds, 0 to {@link #MAX_SESSIONS}; 0: it translates nothing with state
 */
public record Profile(
        String name,
        int tables,
        int capacity,
        Set<Field> matches,
        Set<Field> masks,
        Set<Field> setFields,
        Set<Action.Kind> actions,
        boolean normal,
        int groups,
        int meters,
        boolean bundles,
        int sessions) {
    /** Most tables: what a packet has passed fits one word. */
    public static final int MAX_TABLES = 64;
    /** Most rules of one table. */
    public static final int MAX_CAPACITY = 1 << 20;
    /** Most groups, and most meters. */
    public static final int MAX_OBJECTS = 1 << 16;
    /** Most sessions. */
    public static final int MAX_SESSIONS = 1 << 27;

    private static final int SESSIONS = 1_000_000;

    /** All that the software switch can do. */
    public static final Profile FULL = new Profile(
            "full",
            MAX_TABLES,
            MAX_CAPACITY,
            EnumSet.allOf(Field.class),
            maskable(EnumSet.allOf(Field.class)),
            settable(EnumSet.allOf(Field.class)),
            EnumSet.allOf(Action.Kind.class),
            true,
            MAX_OBJECTS,
            MAX_OBJECTS,
            true,
            SESSIONS);

    public Profile {
        if (tables < 1 || tables > MAX_TABLES || capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("a switch has 1 to " + MAX_TABLES + " tables of 1 to " + MAX_CAPACITY
                    + " rules, not " + tables + " of " + capacity);
        }
        if (groups < 0 || groups > MAX_OBJECTS || meters < 0 || meters > MAX_OBJECTS) {
            throw new IllegalArgumentException(
                    "a switch has 0 to " + MAX_OBJECTS + " groups and meters, not " + groups + " and " + meters);
        }
        if (sessions < 0 || sessions > MAX_SESSIONS) {
            throw new IllegalArgumentException("a switch has 0 to " + MAX_SESSIONS + " sessions, not " + sessions);
        }
        matches = Collections.unmodifiableSet(EnumSet.copyOf(matches));
        masks = copy(masks, Field.class);
        setFields = copy(setFields, Field.class);
        Set<Action.Kind> can = copy(actions, Action.Kind.class);
        actions = sessions > 0 ? can : without(can, Action.Kind.TRANSLATE);
    }

    /**
     * Reads a name and changes to it: {@code of13-exact,tables=1,capacity=1000}.
     *
     * <p>Names: {@code full}; {@code of13-exact}, OpenFlow 1.3 and nothing more: no set-field under masks, no moves, no
     * sessions, no TTL match, no bundles. Changes: {@code tables}, {@code capacity}, {@code groups}, {@code meters}, {@code sessions} with a
     * number;
     * {@code masks}, {@code bundles}, {@code normal} with {@code yes} or {@code no}.
     *
     * @throws IllegalArgumentException with a text for people
     */
    public static Profile parse(String text) {
        String[] parts = text.split(",", -1);
        Profile profile = switch (parts[0]) {
            case "full" -> FULL;
            case "of13-exact" -> of13Exact();
            default ->
                throw new IllegalArgumentException("no profile '" + parts[0] + "': there are full and of13-exact");
        };
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + parts[i] + "' is not name=value");
            }
            profile = profile.with(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return profile;
    }

    private Profile with(String name, String value) {
        return switch (name) {
            case "tables" -> with(number(name, value), capacity, masks, normal, groups, meters, bundles, sessions);
            case "capacity" -> with(tables, number(name, value), masks, normal, groups, meters, bundles, sessions);
            case "masks" ->
                with(
                        tables,
                        capacity,
                        yes(name, value) ? maskable(matches) : Set.of(),
                        normal,
                        groups,
                        meters,
                        bundles,
                        sessions);
            case "normal" -> with(tables, capacity, masks, yes(name, value), groups, meters, bundles, sessions);
            case "groups" -> with(tables, capacity, masks, normal, number(name, value), meters, bundles, sessions);
            case "meters" -> with(tables, capacity, masks, normal, groups, number(name, value), bundles, sessions);
            case "bundles" -> with(tables, capacity, masks, normal, groups, meters, yes(name, value), sessions);
            case "sessions" -> with(tables, capacity, masks, normal, groups, meters, bundles, number(name, value));
            default ->
                throw new IllegalArgumentException("a profile has no '" + name
                        + "': there are tables, capacity, masks, normal, groups, meters, bundles and sessions");
        };
    }

    private Profile with(
            int newTables,
            int newCapacity,
            Set<Field> newMasks,
            boolean newNormal,
            int newGroups,
            int newMeters,
            boolean newBundles,
            int newSessions) {
        return new Profile(
                name,
                newTables,
                newCapacity,
                matches,
                newMasks,
                setFields,
                actions,
                newNormal,
                newGroups,
                newMeters,
                newBundles,
                newSessions);
    }

    private static Profile of13Exact() {
        Set<Field> fields = EnumSet.allOf(Field.class);
        fields.remove(Field.IP_TTL);
        Set<Action.Kind> actions =
                EnumSet.complementOf(EnumSet.of(Action.Kind.SET_FIELD_MASKED, Action.Kind.MOVE, Action.Kind.TRANSLATE));
        return new Profile(
                "of13-exact",
                MAX_TABLES,
                MAX_CAPACITY,
                fields,
                maskable(fields),
                settable(fields),
                actions,
                true,
                MAX_OBJECTS,
                MAX_OBJECTS,
                false,
                0);
    }

    private static Set<Action.Kind> without(Set<Action.Kind> actions, Action.Kind kind) {
        Set<Action.Kind> less = EnumSet.copyOf(actions);
        less.remove(kind);
        return Collections.unmodifiableSet(less);
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a number, not '" + value + "'", e);
        }
    }

    private static boolean yes(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException(name + " is yes or no, not '" + value + "'");
        };
    }

    private static Set<Field> maskable(Set<Field> of) {
        Set<Field> fields = EnumSet.copyOf(of);
        fields.removeIf(field -> !field.maskable());
        return fields;
    }

    private static Set<Field> settable(Set<Field> of) {
        Set<Field> fields = EnumSet.copyOf(of);
        fields.removeIf(field -> !field.settable());
        return fields;
    }

    private static <E extends Enum<E>> Set<E> copy(Set<E> of, Class<E> type) {
        Set<E> copy = EnumSet.noneOf(type);
        copy.addAll(of);
        return Collections.unmodifiableSet(copy);
    }
}
