package io.natator.cli.command;

import com.google.protobuf.Timestamp;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Style;
import io.natator.cli.output.Terminal;
import io.natator.cli.output.Words;
import io.natator.v1.Session;
import java.time.Instant;
import java.util.List;

/** Sessions as people read them. */
final class SessionText {
    private SessionText() {}

    /** Columns of live sessions. */
    static List<Column<Session>> live() {
        return List.of(
                translation(),
                protocol(),
                Column.of("INSIDE", (s, _) -> Cell.of(end(s.getInside(), s.getInsidePort()))),
                Column.of("OUTSIDE", (s, _) -> Cell.of(end(s.getOutside(), s.getOutsidePort()))),
                Column.of("REMOTE", (s, _) -> Cell.of(end(s.getRemote(), s.getRemotePort()))),
                Column.of("STATE", (s, _) -> Cell.of(s.getState())),
                Column.of("AGE", (s, now) -> Cell.of(Words.age(s.getStartTime(), now))),
                Column.of("PACKETS", (s, _) -> Cell.of(Words.number(s.getPackets()))),
                Column.wide("BYTES", (s, _) -> Cell.of(Words.number(s.getBytes()))),
                Column.wide("UNTIL", (s, _) -> Cell.of(time(s.getEndTime()))),
                Column.wide("DEVICE", (s, _) -> Cell.of(Words.id(s.getDevice()))));
    }

    /** Columns of who had something when. */
    static List<Column<Session>> history() {
        return List.of(
                Column.of("INSIDE", (s, _) -> new Cell(end(s.getInside(), s.getInsidePort()), Style.BOLD)),
                translation(),
                protocol(),
                Column.of("OUTSIDE", (s, _) -> Cell.of(end(s.getOutside(), s.getOutsidePort()))),
                Column.of("REMOTE", (s, _) -> Cell.of(end(s.getRemote(), s.getRemotePort()))),
                Column.of("FROM", (s, _) -> Cell.of(time(s.getStartTime()))),
                Column.of("UNTIL", (s, _) -> Cell.of(time(s.getEndTime()))),
                Column.of("STATE", (s, _) -> Cell.of(s.getState())),
                Column.wide("DEVICE", (s, _) -> Cell.of(Words.id(s.getDevice()))));
    }

    private static Column<Session> translation() {
        return Column.of("TRANSLATION", (s, _) -> Cell.of(Words.id(s.getTranslation())));
    }

    private static Column<Session> protocol() {
        return Column.of("PROTOCOL", (s, _) -> Cell.of(protocol(s.getProtocol())));
    }

    private static String protocol(int number) {
        return switch (number) {
            case 0 -> "any";
            case 1 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            default -> Integer.toString(number);
        };
    }

    /** "192.0.2.1:80", "[2001:db8::1]:80", "192.0.2.1"; empty if there is no address. */
    private static String end(String address, int port) {
        if (port == 0) {
            return address;
        }
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    private static String time(Timestamp time) {
        return time.equals(Timestamp.getDefaultInstance())
                ? ""
                : Instant.ofEpochSecond(time.getSeconds()).toString();
    }

    /** An unique text for {@code -o name}: "tcp/192.0.2.1:80". */
    static String name(Session session) {
        return protocol(session.getProtocol()) + "/" + end(session.getOutside(), session.getOutsidePort());
    }

    /** Says on standard error whose answers are missing. */
    static void unreachable(Terminal terminal, List<String> devices) {
        if (!devices.isEmpty()) {
            terminal.err().println("not reached: " + String.join(", ", devices));
        }
    }
}
