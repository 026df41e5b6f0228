package io.natator.cli.command;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.natator.cli.Context;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Change;
import io.natator.cli.kind.Kind;
import io.natator.cli.output.Column;
import io.natator.cli.output.Messages;
import io.natator.cli.output.Style;
import io.natator.cli.output.Terminal;
import io.natator.cli.progress.Follower;
import io.natator.cli.progress.Follower.Changed;
import io.natator.cli.progress.Follower.Ended;
import io.natator.cli.progress.Follower.Lost;
import io.natator.v1.ChangeType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Prints how things are, then every change, until interrupted; waits for a daemon that goes away. */
final class Watching<M extends Message> {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Context context;
    private final List<Column<M>> columns;
    private final Predicate<M> which;
    private final boolean json;
    private boolean lost;

    /**
     * @param columns of a line; wide ones and ages are left out
     * @param which changes of other resources are not printed
     * @param json one JSON object a line, as the API sends it
     */
    Watching(Context context, List<Column<M>> columns, Predicate<M> which, boolean json) {
        this.context = context;
        this.columns = columns;
        this.which = which;
        this.json = json;
    }

    /** @param name of one resource; empty: all */
    int run(Client client, Kind<M> kind, String name) {
        return run(Follower.of(client, kind, name));
    }

    int run(Follower<M> follower) {
        while (!Thread.currentThread().isInterrupted()) {
            switch (follower.next(POLL)) {
                case null -> {}
                case Changed<M>(Change<M> change) -> {
                    lost = false;
                    print(change);
                }
                case Lost<M>() -> lost();
                case Ended<M>(StatusRuntimeException why) -> throw why;
            }
        }
        return ExitCode.OK;
    }

    private Terminal terminal() {
        return context.terminal();
    }

    private void lost() {
        if (!lost) {
            terminal().err().println("the daemon went away; waiting for it");
            terminal().err().flush();
        }
        lost = true;
    }

    private void print(Change<M> change) {
        boolean synced = change.type() == ChangeType.SYNCED;
        if (!synced && !which.test(change.resource())) {
            return;
        }
        if (json) {
            terminal().line(Messages.jsonLine(change.response()));
        } else if (!synced) {
            terminal().line(row(change));
        }
    }

    /** No columns are aligned here: how wide they will be is not known. */
    private String row(Change<M> change) {
        var now = context.clock().instant();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String fields = columns.stream()
                .filter(column -> !column.wide() && !column.title().equals("AGE"))
                .map(column -> column.cell().apply(change.resource(), now))
                .map(cell -> terminal().paint(cell.style(), cell.text()))
                .collect(Collectors.joining("  "));
        return terminal().paint(Style.DIM, time) + "  " + String.format(Locale.ROOT, "%-8s", change.type()) + "  "
                + fields;
    }
}
