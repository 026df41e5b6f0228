package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Kind;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code natator get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Shows resources.",
        footer = {
            "",
            "KIND is translation (tr), device (dev), neighbor (nb), peergroup (pg) or announcement (an); plurals are",
            "fine.",
            "",
            "Examples:",
            "  natator get translations                    all, as a table",
            "  natator get tr office -o yaml > office.yaml   one, as a file that apply takes",
            "  natator get an -o json | jq -r '.[].prefix'   for a script",
            "  natator get dev -o wide                     with more columns",
        })
public final class GetCommand extends ClientCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "KIND [NAME...]",
            completionCandidates = KindCandidates.class,
            description = "What to show; all of the kind if no name is given.")
    private List<String> words;

    @Mixin
    private OutputOptions output;

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
        show(client, targets.kind());
        return ExitCode.OK;
    }

    private <M extends Message> void show(Client client, Kind<M> kind) {
        List<M> resources = targets.names().isEmpty()
                ? kind.listAll(client)
                : targets.names().stream().map(name -> kind.get(client, name)).toList();
        new Listing(terminal(), context().clock().instant(), output.format)
                .print(kind, kind.columns(), resources, targets.names().size() == 1);
    }
}
