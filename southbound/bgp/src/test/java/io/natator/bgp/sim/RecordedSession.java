package io.natator.bgp.sim;

import io.natator.bgp.fsm.Timers;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.Peering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * What went over the wire, and what was asked of the speaker, line by line: milliseconds since the start, then
 *
 * <pre>
 *   announce PREFIX=NEXTHOP,COMMUNITY… …   the complete set
 *   start                                  the neighbour is configured
 *   N connected                            our connection N is there
 *   N &lt; HEX                                a message of theirs
 *   N &gt; HEX                                a message of ours
 *   N closed                               by them
 *   stop                                   the neighbour is removed
 * </pre>
 */
public final class RecordedSession {
    /** One line; {@code connection} is 0 where there is none, {@code text} what comes after the word. */
    public record Line(double millis, int connection, String word, String text) {
        long nanos() {
            return Math.round(millis * 1e6);
        }

        byte[] octets() {
            return HexFormat.of().parseHex(text);
        }

        static Line parse(String line) {
            String[] parts = line.split(" ", 4);
            boolean ofConnection = Character.isDigit(parts[1].charAt(0));
            int connection = ofConnection ? Integer.parseInt(parts[1]) : 0;
            List<String> rest = List.of(parts).subList(ofConnection ? 2 : 1, parts.length);
            return new Line(
                    Double.parseDouble(parts[0]),
                    connection,
                    rest.getFirst(),
                    String.join(" ", rest.subList(1, rest.size())));
        }

        /** As {@link #parse} reads it. */
        public String print() {
            return String.format("%.3f %s%s %s", millis, connection == 0 ? "" : connection + " ", word, text)
                    .strip();
        }
    }

    /** Of the session on our side. */
    public static final Peering PEERING = Peering.between(65000, 65001).withHoldTime(Duration.ofSeconds(9));

    public static final String ROUTER_ID = "10.99.0.1";
    public static final Timers TIMERS = new Timers(
            Duration.ofSeconds(2).toNanos(),
            Duration.ofSeconds(10).toNanos(),
            Duration.ofMillis(500).toNanos(),
            Duration.ofSeconds(1).toNanos(),
            Duration.ofSeconds(1).toNanos(),
            Duration.ofSeconds(60).toNanos());
    /** Of jitter: that of the replay is that of the recording. */
    public static final long SEED = 7;

    private RecordedSession() {}

    public static List<Announcement> routes(String text) {
        List<Announcement> routes = new ArrayList<>();
        for (String route : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            String[] parts = route.split("[=,]", -1);
            routes.add(new Announcement(
                    IpPrefix.valueOf(parts[0]),
                    IpAddress.valueOf(parts[1]),
                    Stream.of(parts).skip(2).toList(),
                    List.of(),
                    List.of("t")));
        }
        return routes;
    }
}
