package io.natator.cli.command;

import com.google.protobuf.Timestamp;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.file.Durations;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.LookupSessionsResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator whois}. */
@Command(
        name = "whois",
        mixinStandardHelpOptions = true,
        description = "Tells which inside host had an outside address and port at a time.",
        footer = {
            "",
            "Answers come from live sessions, from the session logs of software switches, and by arithmetic",
            "where ports are deterministic. Exit code 3: nobody is known. Without a daemon, from the files of a",
            "log: natator switch whois --log DIR.",
            "",
            "Examples:",
            "  natator whois 203.0.113.7:50000",
            "  natator whois 203.0.113.7:50000 --protocol tcp --at 2026-01-31T10:00:00Z",
            "  natator whois 203.0.113.7 --at 5m                 any port, five minutes ago",
        })
public final class WhoisCommand extends ClientCommand {
    @Parameters(paramLabel = "IP[:PORT]", description = "What a remote saw; [IPV6]:PORT; without a port: any.")
    private String end;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "2026-01-31T10:00:00Z, with +01:00 instead of Z, or how long ago: 90s, 5m, 2h. Now if left out.")
    private String at;

    @Option(
            names = {"-p", "--protocol"},
            paramLabel = "PROTOCOL",
            description = "tcp, udp, icmp or a number; any if left out.")
    private String protocol = "";

    @Mixin
    private OutputOptions output;

    private LookupSessionsRequest request;

    @Override
    void prepare() {
        Endpoint asked = Endpoint.parse(end).orElseThrow(() -> usage('"' + end + "\" " + Endpoint.REMEDY));
        LookupSessionsRequest.Builder builder = LookupSessionsRequest.newBuilder()
                .setOutside(asked.address())
                .setOutsidePort(asked.port())
                .setProtocol(protocol);
        if (at != null) {
            Instant time = time();
            builder.setTime(
                    Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()));
        }
        request = builder.build();
    }

    private Instant time() {
        try {
            return OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeParseException notATime) {
            try {
                return context().clock().instant().minus(Durations.parse(at));
            } catch (IllegalArgumentException e) {
                throw usage("--at \"" + at + "\": write 2026-01-31T10:00:00Z, or how long ago: 90s, 5m, 2h");
            }
        }
    }

    @Override
    String doing() {
        return "whois " + end;
    }

    @Override
    int run(Client client) {
        LookupSessionsResponse answer = client.sessions().lookupSessions(request);
        new Listing(terminal(), context().clock().instant(), output.format)
                .print(
                        "host is known that had " + end,
                        SessionText::name,
                        SessionText.history(),
                        answer.getSessionsList());
        SessionText.unreachable(terminal(), answer.getUnreachableList());
        return answer.getSessionsCount() > 0 ? ExitCode.OK : ExitCode.NOT_AS_WISHED;
    }
}
