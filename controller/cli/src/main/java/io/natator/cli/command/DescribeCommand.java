package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Kind;
import io.natator.cli.output.Details;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code natator describe}. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Tells everything about resources: intent, state, counters, problems.",
        footer = {
            "",
            "Examples:",
            "  natator describe translation office",
            "  natator describe dev                all devices",
        })
public final class DescribeCommand extends ClientCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "KIND [NAME...]",
            completionCandidates = KindCandidates.class,
            description = "What to describe; all of the kind if no name is given.")
    private List<String> words;

    private Targets targets;

    @Override
    void prepare() {
        targets = targets(words);
    }

    @Override
    String doing() {
        return String.join(" ", words);
    }

    @Override
    int run(Client client) {
        describe(client, targets.kind());
        return ExitCode.OK;
    }

    private <M extends Message> void describe(Client client, Kind<M> kind) {
        List<M> resources = targets.names().isEmpty()
                ? kind.listAll(client)
                : targets.names().stream().map(name -> kind.get(client, name)).toList();
        Details details = new Details(terminal());
        Instant now = context().clock().instant();
        for (int i = 0; i < resources.size(); i++) {
            if (i > 0) {
                terminal().out().println();
            }
            kind.describe(resources.get(i), details, now);
        }
        if (resources.isEmpty()) {
            terminal().err().println("no " + kind.plural());
        }
    }
}
