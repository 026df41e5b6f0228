package io.natator.softswitch.text;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Keys, masks and matches as {@code ovs-ofctl} writes them: {@code ip,in_port=1,nw_dst=10.1.0.0/16}. */
public final class MatchText {
    private MatchText() {}

    /** Empty if it takes every packet. */
    public static String of(Match match) {
        StringJoiner text = new StringJoiner(",");
        String kind = kind(match);
        if (!kind.isEmpty()) {
            text.add(kind);
        }
        boolean protocolSaid = !kind.isEmpty()
                && !List.of("ip", "ipv6", "arp", "mpls", "mplsm").contains(kind);
        for (Field field : Field.values()) {
            long maskHigh = Key.high(match.mask(), field);
            long mask = Key.get(match.mask(), field);
            boolean said = (field == Field.ETH_TYPE && !kind.isEmpty()) || (field == Field.IP_PROTO && protocolSaid);
            if ((maskHigh | mask) != 0 && !said && field.prerequisite().in(match.value())) {
                long high = Key.high(match.value(), field);
                long value = Key.get(match.value(), field);
                text.add(FieldText.matchName(field) + "=" + FieldText.value(field, high, value, maskHigh, mask));
            }
        }
        return text.toString();
    }

    /** The word for an ethertype and, where there is one, its protocol; empty if there is none. */
    private static String kind(Match match) {
        if (Key.get(match.mask(), Field.ETH_TYPE) != Field.ETH_TYPE.ones()) {
            return "";
        }
        boolean protocol = Key.get(match.mask(), Field.IP_PROTO) == Field.IP_PROTO.ones();
        int number = protocol ? (int) Key.get(match.value(), Field.IP_PROTO) : -1;
        return switch ((int) Key.get(match.value(), Field.ETH_TYPE)) {
            case 0x0800 ->
                switch (number) {
                    case 1 -> "icmp";
                    case 6 -> "tcp";
                    case 17 -> "udp";
                    case 132 -> "sctp";
                    default -> "ip";
                };
            case 0x86DD ->
                switch (number) {
                    case 58 -> "icmp6";
                    case 6 -> "tcp6";
                    case 17 -> "udp6";
                    case 132 -> "sctp6";
                    default -> "ipv6";
                };
            case 0x0806 -> "arp";
            case 0x8847 -> "mpls";
            case 0x8848 -> "mplsm";
            default -> "";
        };
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
                String name = FieldText.matchName(field);
                parts.add(FieldText.isWhole(field, high, low) ? name : name + "/" + FieldText.mask(field, high, low));
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
                parts.add(FieldText.matchName(field) + "="
                        + FieldText.value(field, Key.high(value, field), Key.get(value, field), high, low));
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
}
