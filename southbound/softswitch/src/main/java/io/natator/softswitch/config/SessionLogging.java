package io.natator.softswitch.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where sessions are logged.
 *
 * @param directory of files; none: there are no files
 * @param octets of all files together
 * @param detail what is told of NAPT
 * @param collector that gets IPFIX (RFC 7011) by UDP; none: there is none
 */
public record SessionLogging(Optional<Path> directory, long octets, Detail detail, Optional<Collector> collector) {
    /** Below that there would be no room for a second file. */
    public static final long LEAST_OCTETS = 16L << 20;

    /** Unless said otherwise. */
    public static final long DEFAULT_OCTETS = 1L << 30;

    /** The port that IANA assigned to IPFIX. */
    public static final int IPFIX_PORT = 4739;

    public static final SessionLogging NONE =
            new SessionLogging(Optional.empty(), DEFAULT_OCTETS, Detail.SESSIONS, Optional.empty());

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(|KiB|MiB|GiB|TiB)");
    private static final Pattern COLLECTOR =
            Pattern.compile("(\\[[0-9a-fA-F:.%a-z]+]|[^:\\[\\]\\s]+)(?::([0-9]{1,5}))?");

    /** What is told of NAPT where neither blocks nor arithmetic tell it. */
    public enum Detail {
        /** Each session, with its remote. */
        SESSIONS,
        /** Each mapping from its first session to its last: whose an outside port was, not whom it talked to (RFC 6888, REQ-12). */
        MAPPINGS;

        static Detail parse(String text) {
            return switch (text) {
                case "", "sessions" -> SESSIONS;
                case "mappings" -> MAPPINGS;
                default ->
                    throw new IllegalArgumentException(
                            "session log detail \"" + text + "\": write sessions, or mappings to keep remotes out");
            };
        }
    }

    /** @param port UDP port */
    public record Collector(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Reads what people write; empty texts stand for nothing.
     *
     * @param size like {@code 1GiB}
     * @param detail {@code sessions} or {@code mappings}
     * @param collector {@code HOST[:PORT]}
     * @throws IllegalArgumentException with a text for people
     */
    public static SessionLogging parse(String directory, String size, String detail, String collector) {
        return new SessionLogging(
                directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory)),
                size.isEmpty() ? DEFAULT_OCTETS : octets(size),
                Detail.parse(detail),
                collector.isEmpty() ? Optional.empty() : Optional.of(collector(collector)));
    }

    private static long octets(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "session log size \"" + text + "\": write a number and KiB, MiB, GiB or TiB, like 1GiB");
        }
        int shift = switch (m.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            case "TiB" -> 40;
            default -> 0;
        };
        long number = Long.parseLong(m.group(1));
        if (number > Long.MAX_VALUE >> shift || number << shift < LEAST_OCTETS) {
            throw new IllegalArgumentException("session log size \"" + text + "\": at least 16MiB are needed");
        }
        return number << shift;
    }

    private static Collector collector(String text) {
        Matcher m = COLLECTOR.matcher(text);
        int port = m.matches() && m.group(2) != null ? Integer.parseInt(m.group(2)) : IPFIX_PORT;
        if (!m.matches() || port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException(
                    "IPFIX collector \"" + text + "\" is not HOST[:PORT]; the port is " + IPFIX_PORT + " if left out");
        }
        return new Collector(m.group(1).replaceAll("[\\[\\]]", ""), port);
    }
}
