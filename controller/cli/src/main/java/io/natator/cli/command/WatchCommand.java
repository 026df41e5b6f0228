package io.natator.cli.command;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Change;
import io.natator.cli.kind.Kind;
import io.natator.cli.output.Messages;
import io.natator.cli.output.Style;
import io.natator.cli.progress.Follower;
import io.natator.cli.progress.Follower.Changed;
import io.natator.cli.progress.Follower.Ended;
import io.natator.cli.progress.Follower.Lost;
import io.natator.v1.ChangeType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    private static final Duration POLL = Duration.ofSeconds(1);

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
    private boolean lost;

    @Override
    void prepare() {
        try {
            targets = Targets.parse(words);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
        if (targets.names().size() > 1) {
            throw usage("one name, or none for all");
        }
    }

    @Override
    int run(Client client) {
        return watch(client, targets.kind());
    }

    private <M extends Message> int watch(Client client, Kind<M> kind) {
        Follower<M> follower = new Follower<>(
                client, kind, targets.names().isEmpty() ? "" : targets.names().getFirst());
        while (!Thread.currentThread().isInterrupted()) {
            switch (follower.next(POLL)) {
                case null -> {}
                case Changed<M>(Change<M> change) -> {
                    lost = false;
                    print(kind, change);
                }
                case Lost<M>() -> lost();
                case Ended<M>(StatusRuntimeException why) -> throw why;
            }
        }
        return ExitCode.OK;
    }

    private void lost() {
        if (!lost) {
            terminal().err().println("the daemon went away; waiting for it");
            terminal().err().flush();
        }
        lost = true;
    }

    private <M extends Message> void print(Kind<M> kind, Change<M> change) {
        if (format == WatchFormat.JSON) {
            terminal().line(Messages.jsonLine(change.response()));
        } else if (change.type() != ChangeType.SYNCED) {
            terminal().line(row(kind, change));
        }
    }

    /** No columns are aligned here: how wide they will be is not known. */
    private <M extends Message> String row(Kind<M> kind, Change<M> change) {
        var now = context().clock().instant();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String fields = kind.columns().stream()
                .filter(column -> !column.wide() && !column.title().equals("AGE"))
                .map(column -> column.cell().apply(change.resource(), now))
                .map(cell -> terminal().paint(cell.style(), cell.text()))
                .collect(Collectors.joining("  "));
        return terminal().paint(Style.DIM, time) + "  " + String.format(Locale.ROOT, "%-8s", change.type()) + "  "
                + fields;
    }
}
