package io.natator.bgp.codec;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One segment of an AS_PATH (RFC 4271, section 4.3, b; RFC 5065).
 *
 * @param type 1 AS_SET, 2 AS_SEQUENCE, 3 AS_CONFED_SEQUENCE, 4 AS_CONFED_SET
 * @param numbers 1 to 255 of them
 */
public record AsSegment(int type, List<Long> numbers) {
    static final int SET = 1;
    static final int SEQUENCE = 2;
    static final int CONFED_SEQUENCE = 3;
    static final int CONFED_SET = 4;

    public AsSegment {
        numbers = List.copyOf(numbers);
    }

    /** An AS_SEQUENCE. */
    public static AsSegment sequence(Long... numbers) {
        return sequence(List.of(numbers));
    }

    /** An AS_SEQUENCE. */
    public static AsSegment sequence(List<Long> numbers) {
        return new AsSegment(SEQUENCE, numbers);
    }

    /** As routers print it: {@code 65001 65002}, {@code {65003}} for a set, parentheses for confederations. */
    public String words() {
        String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return switch (type) {
            case SET -> "{" + all + "}";
            case CONFED_SEQUENCE -> "(" + all + ")";
            case CONFED_SET -> "[" + all + "]";
            default -> all;
        };
    }
}
