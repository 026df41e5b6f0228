package io.natator.softswitch.text;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keys, masks and matches in words: {@code in_port=1,eth_type=0x0800,ipv4_dst=10.1.0.0/16}. */
public final class MatchText {
    private MatchText() {}

    /** What a match asks for; {@code any} if it asks for nothing. */
    public static String of(Match match) {
        String text = fields(match.value(), match.mask(), match.value());
        return text.isEmpty() ? "any" : text;
    }

    /** The fields that a packet has, without those that are zero. */
    public static String key(long[] key) {
        long[] mask = new long[Key.WORDS];
        for (Field field : Field.values()) {
            if (Key.get(key, field) != 0 || Key.high(key, field) != 0) {
                put(mask, field);
            }
        }
        return fields(key, mask, key);
    }

    /** The fields whose values differ, with the later value. */
    public static String difference(long[] before, long[] now) {
        long[] mask = new long[Key.WORDS];
        for (Field field : Field.values()) {
            if (Key.get(before, field) != Key.get(now, field) || Key.high(before, field) != Key.high(now, field)) {
                put(mask, field);
            }
        }
        return fields(now, mask, now);
    }

    /** The fields that a mask touches. Of fields that share a place the first is named. */
    public static String mask(long[] mask) {
        List<String> parts = new ArrayList<>();
        long[] named = new long[Key.WORDS];
        for (Field field : Field.values()) {
            long low = Key.get(mask, field);
            long high = Key.high(mask, field);
            long place = field.wide() ? low : low << field.shift();
            int word = field.wide() ? field.word() + 1 : field.word();
            if ((low | high) != 0 && (place & ~named[word]) == place) {
                named[word] |= place;
                String name = field.name().toLowerCase(Locale.ROOT);
                parts.add(isWhole(field, high, low) ? name : name + "/" + ValueText.mask(field, high, low));
            }
        }
        return String.join(",", parts);
    }

    private static String fields(long[] value, long[] mask, long[] shape) {
        List<String> parts = new ArrayList<>();
        for (Field field : Field.values()) {
            long low = Key.get(mask, field);
            long high = Key.high(mask, field);
            if ((low | high) != 0 && field.prerequisite().in(shape)) {
                String text = field.name().toLowerCase(Locale.ROOT) + "="
                        + ValueText.of(field, Key.high(value, field), Key.get(value, field));
                parts.add(isWhole(field, high, low) ? text : text + "/" + ValueText.mask(field, high, low));
            }
        }
        return String.join(",", parts);
    }

    private static void put(long[] mask, Field field) {
        if (field.wide()) {
            Key.set(mask, field, -1L, -1L);
        } else {
            Key.set(mask, field, field.ones());
        }
    }

    static boolean isWhole(Field field, long high, long low) {
        return low == field.ones() && (!field.wide() || high == -1L);
    }
}
