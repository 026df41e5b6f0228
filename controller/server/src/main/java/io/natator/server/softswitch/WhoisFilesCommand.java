package io.natator.server.softswitch;

import io.natator.model.session.Session;
import io.natator.model.validate.Parsed;
import io.natator.model.validate.Texts;
import io.natator.softswitch.log.LogAnswer;
import io.natator.softswitch.log.LogReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.onlab.packet.IpAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code natator switch whois}: reads the files of a session log, whether a switch writes them or not. */
@Command(
        name = "whois",
        mixinStandardHelpOptions = true,
        description = "Tell from the files of a session log who had an outside address and port at a time.",
        footer = {
            "",
            "Needs neither switch nor daemon. What is open had not ended as far as the files go. Exit code 3:",
            "nobody is known.",
            "",
            "Examples:",
            "  natator switch whois 203.0.113.7:50000 --log /var/lib/natator/sessions",
            "  natator switch whois 203.0.113.7:50000 --log DIR --at 2026-01-31T10:00:00Z --protocol tcp"
        })
final class WhoisFilesCommand implements Callable<Integer> {
    private static final int NOBODY = 3;
    private static final Map<String, Integer> PROTOCOLS = Map.of("any", 0, "icmp", 1, "tcp", 6, "udp", 17);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IP[:PORT]", description = "What a remote saw; without a port: any.")
    private String end;

    @Option(names = "--log", paramLabel = "DIR", required = true, description = "The directory of the log.")
    private Path log;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "2026-01-31T10:00:00Z, or with +01:00 instead of Z; now if left out.")
    private String at;

    @Option(
            names = {"-p", "--protocol"},
            paramLabel = "PROTOCOL",
            description = "tcp, udp, icmp or a number; any if left out.",
            defaultValue = "any")
    private String protocol;

    @Override
    public Integer call() {
        int colon = end.indexOf(':');
        IpAddress outside = address(colon < 0 ? end : end.substring(0, colon));
        int port = colon < 0 ? 0 : number("port", end.substring(colon + 1), 0xFFFF);
        Integer named = PROTOCOLS.get(protocol.toLowerCase(Locale.ROOT));
        int wanted = named == null ? number("protocol", protocol, 0xFF) : named;
        Instant time = time();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            LogAnswer answer = new LogReader(log).lookup(outside, wanted, port, time);
            answer.sessions().forEach(s -> out.println(text(s)));
            out.flush();
            if (answer.from().isAfter(time)) {
                err.println("the log begins at " + answer.from() + ": of what was before it knows little");
            }
            if (answer.lost() > 0) {
                err.println("records are missing in the log: " + answer.lost());
            }
            if (answer.sessions().isEmpty()) {
                err.println("nobody is known that had " + end + " at " + time);
                return NOBODY;
            }
            return 0;
        } catch (IOException e) {
            err.println("natator switch whois: " + log + ": " + e.getMessage());
            return 1;
        }
    }

    private IpAddress address(String text) {
        return switch (Texts.address("IP", text)) {
            case Parsed.Ok<IpAddress>(var address) when address.isIp4() -> address;
            case Parsed.Ok<IpAddress> _ -> throw wrong(text + ": the log has IPv4 only");
            case Parsed.Bad<IpAddress>(var violation) -> throw wrong(violation.message());
        };
    }

    private int number(String what, String text, int most) {
        if (text.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(text);
            if (number <= most) {
                return number;
            }
        }
        throw wrong("\"" + text + "\" is no " + what + ": 0 to " + most);
    }

    private Instant time() {
        try {
            return at == null
                    ? Instant.now().truncatedTo(ChronoUnit.MILLIS)
                    : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong("--at \"" + at + "\": write it like 2026-01-31T10:00:00Z");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** "10.0.0.5:40000 office tcp 203.0.113.7:50000 -> 198.51.100.1:443 from … until …, ended: closed". */
    private static String text(Session s) {
        String name = PROTOCOLS.entrySet().stream()
                .filter(e -> e.getValue() == s.protocol())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Integer.toString(s.protocol()));
        // A binding and a mapping have their outside address in its place.
        boolean serves = s.remotePort() == 0 && s.remote().equals(s.outside());
        String remote = s.protocol() == 0 || serves ? "" : " -> " + s.remote() + ":" + s.remotePort();
        String inside = s.inside().isIp6() && s.insidePort() != 0
                ? "[" + s.inside() + "]"
                : s.inside().toString();
        return inside + (s.insidePort() == 0 ? "" : ":" + s.insidePort())
                + (s.translation().isEmpty() ? "" : " " + s.translation()) + " " + name + " " + s.outside()
                + (s.outsidePort() == 0 ? "" : ":" + s.outsidePort()) + remote + " from " + s.since()
                + (s.state().endsWith(LogAnswer.OPEN) ? "" : " until " + s.until()) + ", " + s.state();
    }
}
