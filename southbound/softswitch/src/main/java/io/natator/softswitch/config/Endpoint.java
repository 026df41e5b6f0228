package io.natator.softswitch.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a controller is, or where one may come: {@code tcp:HOST[:PORT]}, {@code ssl:HOST[:PORT]} or {@code unix:PATH}. */
public sealed interface Endpoint {
    /** The port that IANA assigned. */
    int PORT = 6653;

    /** True if it needs TLS. */
    default boolean encrypted() {
        return this instanceof Inet inet && inet.tls();
    }

    /** @param tls true for {@code ssl:} */
    record Inet(String host, int port, boolean tls) implements Endpoint {
        @Override
        public String toString() {
            return (tls ? "ssl:" : "tcp:") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    record Unix(String path) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * Reads an endpoint as {@code ovs-vsctl set-controller} takes it; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException with a text for people
     */
    static Endpoint parse(String text) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(text.substring(5));
        }
        Matcher m = Pattern.compile("(tcp|ssl):(\\[[0-9a-fA-F:.%a-z]+]|[^:\\[\\]]+)(?::([0-9]{1,5}))?")
                .matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is none of tcp:HOST[:PORT], ssl:HOST[:PORT], unix:PATH");
        }
        int port = m.group(3) == null ? PORT : Integer.parseInt(m.group(3));
        if (port > 0xFFFF) {
            throw new IllegalArgumentException("\"" + text + "\": no port " + port);
        }
        return new Inet(m.group(2).replaceAll("[\\[\\]]", ""), port, m.group(1).equals("ssl"));
    }
}
