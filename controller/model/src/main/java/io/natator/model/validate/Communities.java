package io.natator.model.validate;

import io.natator.model.peering.Community;
import java.util.regex.Pattern;

/** BGP communities as users write them. */
public final class Communities {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,10}(:[0-9]{1,10}){1,2}");

    private Communities() {}

    /**
     * Standard ({@code 65000:100}, RFC 1997: two times 16 bits), large ({@code 65000:1:2}, RFC 8092: three times 32 bits),
     * or extended ({@code rt:65000:100}, RFC 4360).
     */
    public static Parsed<Community> parse(String field, String text) {
        return Community.parse(text)
                .<Parsed<Community>>map(Parsed.Ok::new)
                .orElseGet(() -> Parsed.bad(field, problem(text)));
    }

    private static String problem(String text) {
        if (!NUMBERS.matcher(text).matches()) {
            return '"' + text + "\" is not a community: write 65000:100 (RFC 1997), 65000:1:2 (RFC 8092), or"
                    + " rt:65000:100 (RFC 4360)";
        }
        String[] parts = text.split(":", -1);
        long limit = parts.length == 2 ? 0xFFFFL : 0xFFFF_FFFFL;
        for (String part : parts) {
            if (Long.parseLong(part) > limit) {
                return "community " + text + ": " + part + " is more than " + limit
                        + (parts.length == 2 ? "; a large community (RFC 8092) has three numbers of 32 bits" : "");
            }
        }
        throw new AssertionError("Community.parse takes " + text);
    }
}
