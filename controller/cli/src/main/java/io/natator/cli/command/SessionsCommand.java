package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.output.Words;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.ListSessionsResponse;
import io.natator.v1.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code natator sessions}. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = "Shows sessions of software switches: who talks to whom, as which outside address and port.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {SessionsClearCommand.class, SessionsUseCommand.class},
        footer = {
            "",
            "All conditions that are given must hold. Who had an address in the past: natator whois.",
            "",
            "Examples:",
            "  natator sessions",
            "  natator sessions --inside 192.168.2.0/28 --protocol tcp",
            "  natator sessions --translation office --limit 20 -o wide",
            "  natator sessions -o json | jq -r '.[].inside' | sort | uniq -c",
            "  natator sessions use                     how full pools are, and what they refused",
            "  natator sessions clear --inside 192.168.2.7",
        })
public final class SessionsCommand extends ClientCommand {
    private static final int PAGE = 1000;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many; 0: all. Default ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private OutputOptions output;

    @Override
    void prepare() {
        if (limit < 0) {
            throw usage("--limit: 0 or more");
        }
    }

    @Override
    int run(Client client) {
        List<Session> sessions = new ArrayList<>();
        int most = limit == 0 ? Integer.MAX_VALUE : limit;
        ListSessionsRequest request =
                ListSessionsRequest.newBuilder().setFilter(filter.filter()).build();
        boolean more;
        List<String> unreachable = new ArrayList<>();
        do {
            ListSessionsResponse page = client.sessions()
                    .listSessions(request.toBuilder()
                            .setPageSize(Math.min(PAGE, most - sessions.size()))
                            .build());
            sessions.addAll(page.getSessionsList());
            page.getUnreachableList().stream()
                    .filter(d -> !unreachable.contains(d))
                    .forEach(unreachable::add);
            more = !page.getNextPageToken().isEmpty();
            request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
        } while (more && sessions.size() < most);
        new Listing(terminal(), context().clock().instant(), output.format)
                .print("sessions", SessionText::name, SessionText.live(), sessions);
        if (more) {
            terminal().err().println("there are more than " + Words.number(limit) + ": --limit 0 shows all");
        }
        SessionText.unreachable(terminal(), unreachable);
        return ExitCode.OK;
    }
}
