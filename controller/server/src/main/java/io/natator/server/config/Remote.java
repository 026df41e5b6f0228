package io.natator.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody to connect to; a name is looked up each time, for it may come to mean another address.
 *
 * @param port 1 to 65535
 */
public record Remote(String host, int port) {
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /**
     * {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws ConfigException if it is neither; names {@code key}
     */
    public static Remote parse(String key, String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new ConfigException(
                    key + ": \"" + text + "\" is not an address: write it like 192.0.2.8:3323 or [2001:db8::8]:3323");
        }
        return new Remote(matcher.group(1) != null ? matcher.group(1) : matcher.group(2), port);
    }
}
