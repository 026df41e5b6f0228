package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Kind;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator watch}. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows how things are, then every change, until interrupted.",
        footer = {
            "",
            "When the daemon goes away, the command waits for it and goes on.",
            "",
            "Examples:",
            "  natator watch translations",
            "  natator watch nb upstream",
            "  natator watch an -o json          one JSON object a line, as the API sends it",
        })
public final class WatchCommand extends ClientCommand {
    /** What {@code -o} takes here. */
    enum WatchFormat {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "1..2",
            paramLabel = "KIND [NAME]",
            completionCandidates = KindCandidates.class,
            description = "What to watch; all of the kind if no name is given.")
    private List<String> words;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; table if left out.")
    private WatchFormat format;

    private Targets targets;

    @Override
    void prepare() {
        targets = targets(words);
        if (targets.names().size() > 1) {
            throw usage("one name, or none for all");
        }
    }

    @Override
    int run(Client client) {
        return watch(client, targets.kind());
    }

    private <M extends Message> int watch(Client client, Kind<M> kind) {
        String name = targets.names().isEmpty() ? "" : targets.names().getFirst();
        return new Watching<>(context(), kind.columns(), resource -> true, format == WatchFormat.JSON)
                .run(client, kind, name);
    }
}
