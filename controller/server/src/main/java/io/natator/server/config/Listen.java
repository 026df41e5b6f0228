package io.natator.server.config;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses to listen on. */
public final class Listen {
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]*)):([0-9]{1,5})");

    private Listen() {}

    /**
     * {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code :PORT} (all addresses).
     *
     * @throws ConfigException if it is none of them; names {@code key}
     */
    public static InetSocketAddress parse(String key, String text) {
        Matcher matcher = HOST_PORT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw new ConfigException(key + ": \"" + text
                    + "\" is not an address to listen on: write it like 127.0.0.1:9653 or [::]:9653");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        int port = Integer.parseInt(matcher.group(3));
        InetSocketAddress address = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new ConfigException(key + ": host \"" + host + "\" is not known: write an address of this machine");
        }
        return address;
    }
}
