package io.natator.cli.command;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.natator.cli.CliException;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.client.Failure;
import io.natator.cli.file.Document;
import io.natator.cli.kind.EditableKind;
import io.natator.cli.kind.Kinds;
import io.natator.cli.output.Style;
import io.natator.cli.progress.Progress;
import io.natator.cli.progress.Waiting;
import io.natator.cli.progress.Waiting.Result;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator delete}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes resources. A translation's routes are withdrawn, its traffic drains, then its rules go;",
            "the command waits for that.",
        },
        footer = {
            "",
            "Examples:",
            "  natator delete translation office",
            "  natator delete tr/office tr/branch --no-wait",
            "  natator delete -f site/                     all that the files hold, translations first",
        })
public final class DeleteCommand extends ClientCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "KIND NAME...",
            completionCandidates = KindCandidates.class,
            description = "What to delete.")
    private List<String> words = List.of();

    @Mixin
    private FileOption files;

    @Mixin
    private WaitOption wait;

    @Option(names = "--dry-run", description = "Let the daemon check it and delete nothing.")
    private boolean dryRun;

    @Option(names = "--ignore-not-found", description = "What is not there counts as deleted.")
    private boolean ignoreNotFound;

    private final List<Target<?>> targets = new ArrayList<>();

    private record Target<M extends Message>(EditableKind<M> kind, String name) {}

    @Override
    void prepare() {
        if (files.given() == !words.isEmpty()) {
            throw usage("what to delete? KIND NAME..., or -f FILE");
        }
        if (files.given()) {
            files.read(context().stdin()).reversed().forEach(document -> targets.add(target(document)));
        } else {
            named();
        }
    }

    private static <M extends Message> Target<M> target(Document<M> document) {
        return new Target<>(document.kind(), document.name());
    }

    private void named() {
        Targets parsed = targets(words);
        if (parsed.names().isEmpty()) {
            throw usage(
                    "which " + parsed.kind().singular() + "? name it: natator delete " + words.getFirst() + " NAME");
        }
        if (!(parsed.kind() instanceof EditableKind<?> kind)) {
            throw usage(
                    parsed.kind().plural() + " are computed by the daemon: delete the translation behind one instead");
        }
        parsed.names().forEach(name -> targets.add(new Target<>(kind, name)));
    }

    @Override
    int run(Client client) {
        List<Target<?>> translations = targets.stream()
                .filter(target -> target.kind() == Kinds.TRANSLATION)
                .toList();
        List<Target<?>> others = targets.stream()
                .filter(target -> target.kind() != Kinds.TRANSLATION)
                .toList();
        List<String> draining = new ArrayList<>();
        int refused = 0;
        for (Target<?> target : translations) {
            refused += delete(client, target, draining) ? 0 : 1;
        }
        // A device cannot go while a translation drains on it.
        if (!dryRun && !draining.isEmpty() && (wait.wanted() || !others.isEmpty())) {
            drain(client, draining);
        }
        for (Target<?> target : others) {
            refused += delete(client, target, new ArrayList<>()) ? 0 : 1;
        }
        return refused == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private boolean delete(Client client, Target<?> target, List<String> deleted) {
        try {
            target.kind().delete(client, target.name(), dryRun);
            deleted.add(target.name());
            terminal()
                    .line(target.name() + " " + terminal().paint(Style.GOOD, "deleted") + (dryRun ? " (dry run)" : ""));
            return true;
        } catch (StatusRuntimeException e) {
            if (ignoreNotFound && e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                terminal().line(target.name() + " " + terminal().paint(Style.DIM, "not there"));
                return true;
            }
            CliException refusal = Failure.of(e, target.name(), client);
            if (refusal.exitCode() == ExitCode.UNREACHABLE) {
                throw refusal;
            }
            terminal().err().println(terminal().paint(Style.BAD, "error: ") + refusal.getMessage());
            terminal().err().flush();
            return false;
        }
    }

    private void drain(Client client, List<String> names) {
        Waiting waiting = new Waiting(client, names, Progress.on(terminal(), Screen.columns(context())));
        if (waiting.untilGone(wait.timeout()) != Result.REACHED) {
            throw new CliException(
                    ExitCode.NOT_AS_WISHED,
                    "still there after " + wait.timeout().toMillis() / 1000.0 + " s",
                    List.of("the daemon goes on with it; see: natator watch tr"));
        }
    }
}
