package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.output.Words;
import io.natator.v1.ClearSessionsRequest;
import io.natator.v1.ClearSessionsResponse;
import io.natator.v1.SessionFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code natator sessions clear}. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        description = "Ends sessions: what they carried starts anew, or breaks.",
        footer = {
            "",
            "Examples:",
            "  natator sessions clear --inside 192.168.2.7",
            "  natator sessions clear --translation office --protocol udp",
            "  natator sessions clear --all",
        })
public final class SessionsClearCommand extends ClientCommand {
    @Mixin
    private FilterOptions filter;

    @Option(names = "--all", description = "Every session of every software switch.")
    private boolean all;

    @Override
    void prepare() {
        filter.prepare(this);
        boolean nothing = filter.filter().equals(SessionFilter.getDefaultInstance());
        if (nothing != all) {
            throw usage(all ? "--all contradicts the conditions" : "which sessions? Give a condition, or --all");
        }
    }

    @Override
    int run(Client client) {
        ClearSessionsResponse done = client.sessions()
                .clearSessions(ClearSessionsRequest.newBuilder()
                        .setFilter(filter.filter())
                        .setAll(all)
                        .build());
        terminal().out().println(Words.count(done.getCleared(), "session") + " cleared");
        SessionText.unreachable(terminal(), done.getUnreachableList());
        return done.getUnreachableCount() == 0 ? ExitCode.OK : ExitCode.NOT_AS_WISHED;
    }
}
