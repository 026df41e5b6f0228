package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Kind;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that shows the resources that {@code KIND [NAME...]} names. */
abstract class ShowCommand extends ClientCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "KIND [NAME...]",
            completionCandidates = KindCandidates.class,
            description = "What to show; all of the kind if no name is given.")
    private List<String> words;

    private Targets targets;

    /** @param one the user asked for one resource by its name */
    abstract <M extends Message> void show(Kind<M> kind, List<M> resources, boolean one);

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
        fetch(client, targets.kind());
        return ExitCode.OK;
    }

    private <M extends Message> void fetch(Client client, Kind<M> kind) {
        List<M> resources = targets.names().isEmpty()
                ? kind.listAll(client)
                : targets.names().stream().map(name -> kind.get(client, name)).toList();
        show(kind, resources, targets.names().size() == 1);
    }
}
