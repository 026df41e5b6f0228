package io.natator.model.validate;

import java.util.regex.Pattern;

/** BGP communities as users write them. */
public final class Communities {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,10}(:[0-9]{1,10}){1,2}");

    private Communities() {}

    /** Standard ({@code 65000:100}, RFC 1997: two times 16 bits) or large ({@code 65000:1:2}, RFC 8092: three times 32 bits). */
    public static Parsed<String> parse(String field, String text) {
        if (!NUMBERS.matcher(text).matches()) {
            return Parsed.bad(
                    field, '"' + text + "\" is not a community: write 65000:100 (RFC 1997) or 65000:1:2 (RFC 8092)");
        }
        String[] parts = text.split(":", -1);
        long limit = parts.length == 2 ? 0xFFFFL : 0xFFFF_FFFFL;
        for (String part : parts) {
            if (Long.parseLong(part) > limit) {
                return Parsed.bad(
                        field,
                        "community " + text + ": " + part + " is more than " + limit
                                + (parts.length == 2
                                        ? "; a large community (RFC 8092) has three numbers of 32 bits"
                                        : ""));
            }
        }
        return new Parsed.Ok<>(text);
    }
}
