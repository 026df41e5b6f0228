package io.natator.cli.command;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.natator.cli.CliException;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.client.Failure;
import io.natator.cli.command.Upsert.Outcome;
import io.natator.cli.file.Document;
import io.natator.cli.kind.Kinds;
import io.natator.cli.output.Style;
import io.natator.cli.progress.Progress;
import io.natator.cli.progress.Waiting;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code natator apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes resources what files say: creates what is missing, updates what differs.",
            "Then waits until every translation is proved on every device, showing how it comes along.",
        },
        footer = {
            "",
            "Exit codes: 0 all active, 1 a resource was refused, 2 a file is wrong (nothing was sent),",
            "3 accepted but DEGRADED or not settled in time (the daemon goes on with it).",
            "",
            "Examples:",
            "  natator apply -f office.yaml",
            "  natator apply -f site/ --timeout 5m         all files of a directory",
            "  natator apply -f office.yaml --dry-run      check it, store nothing",
            "  natator get tr office -o yaml | sed s/192.168.3/192.168.4/ | natator apply -f -",
        })
public final class ApplyCommand extends ClientCommand {
    @Mixin
    private FileOption files;

    @Mixin
    private WaitOption wait;

    @Option(names = "--dry-run", description = "Let the daemon check everything and store nothing.")
    private boolean dryRun;

    private List<Document<?>> documents;

    @Override
    void prepare() {
        if (!files.given()) {
            throw usage("what to apply? name a file with -f FILE");
        }
        documents = files.read(context().stdin());
    }

    @Override
    int run(Client client) {
        if (dryRun) {
            var _ = Planning.plan(client, documents, false, 1);
        }
        int refused = 0;
        for (Document<?> document : documents) {
            refused += apply(client, document) ? 0 : 1;
        }
        if (refused > 0) {
            return ExitCode.FAILURE;
        }
        List<String> translations = documents.stream()
                .filter(document -> document.kind() == Kinds.TRANSLATION)
                .<String>map(Document::name)
                .toList();
        return dryRun || !wait.wanted() || translations.isEmpty() ? ExitCode.OK : settle(client, translations);
    }

    private <M extends Message> boolean apply(Client client, Document<M> document) {
        try {
            Outcome outcome = dryRun ? Upsert.preview(client, document) : Upsert.apply(client, document);
            Style style = outcome == Outcome.UNCHANGED ? Style.DIM : Style.GOOD;
            terminal()
                    .line(document.name() + " " + terminal().paint(style, outcome.toString())
                            + (dryRun ? " (dry run)" : ""));
            return true;
        } catch (StatusRuntimeException e) {
            CliException refusal =
                    Failure.of(e, document.name(), client, violation -> Violations.place(violation, List.of(document)));
            if (refusal.exitCode() == ExitCode.UNREACHABLE) {
                throw refusal;
            }
            terminal().err().println(terminal().paint(Style.BAD, "error: ") + refusal.getMessage());
            terminal().err().flush();
            return false;
        }
    }

    private int settle(Client client, List<String> translations) {
        Waiting waiting = new Waiting(client, translations, Progress.on(terminal(), Screen.columns(context())));
        return switch (waiting.untilSettled(wait.timeout())) {
            case REACHED -> ExitCode.OK;
            case OTHERWISE ->
                throw new CliException(
                        ExitCode.NOT_AS_WISHED, "not everything is translated; natator describe tr NAME tells more");
            case TIMEOUT ->
                throw new CliException(
                        ExitCode.NOT_AS_WISHED,
                        "not settled within " + wait.timeout().toMillis() / 1000.0 + " s",
                        List.of("the daemon goes on with it; see: natator status, natator watch tr"));
        };
    }
}
