package io.natator.cli.command;

import com.google.common.collect.Iterators;
import io.natator.cli.Context;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Change;
import io.natator.cli.output.Terminal;
import io.natator.cli.progress.Follower;
import io.natator.v1.ChangeType;
import io.natator.v1.Session;
import io.natator.v1.WatchSessionsRequest;
import io.natator.v1.WatchSessionsResponse;
import java.util.List;

/** {@code natator sessions --watch}: prints sessions, then what comes, goes and changes, until interrupted. */
final class SessionWatching {
    private final Context context;
    private final boolean json;
    private List<String> missing = List.of();

    SessionWatching(Context context, boolean json) {
        this.context = context;
        this.json = json;
    }

    int run(Client client, WatchSessionsRequest request) {
        Follower<Session> follower = new Follower<>(
                "sessions", () -> Iterators.transform(client.followSessions().watchSessions(request), this::change));
        return new Watching<>(context, SessionText.live(), _ -> true, json).run(follower);
    }

    private Change<Session> change(WatchSessionsResponse response) {
        if (response.getType() == ChangeType.SYNCED) {
            tell(response.getUnreachableList());
        }
        return new Change<>(response.getType(), response.getSession(), response);
    }

    private void tell(List<String> unreachable) {
        Terminal terminal = context.terminal();
        SessionText.unreachable(terminal, unreachable);
        if (unreachable.isEmpty() && !missing.isEmpty()) {
            terminal.err().println("all software switches answer again");
        }
        missing = List.copyOf(unreachable);
    }
}
