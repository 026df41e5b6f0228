package io.natator.cli.command;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with or without a port, as people write them.
 *
 * @param address not checked further: the daemon says what is wrong with it
 * @param port 0: none was given
 */
record Endpoint(String address, int port) {
    /** What to say of a text that is none. */
    static final String REMEDY = "is not IP[:PORT]: write 203.0.113.7:50000, or [2001:db8::1]:50000";

    private static final Pattern TEXT =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)");

    /** Empty if the text is none. */
    static Optional<Endpoint> parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        String address = m.group(4) != null ? m.group(4) : m.group(1) != null ? m.group(1) : m.group(2);
        return Optional.of(new Endpoint(address, m.group(3) == null ? 0 : Integer.parseInt(m.group(3))));
    }
}
