package io.natator.cli.progress;

import io.grpc.StatusRuntimeException;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Change;
import io.natator.cli.kind.Kinds;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.cli.progress.Follower.Changed;
import io.natator.cli.progress.Follower.Ended;
import io.natator.cli.progress.Follower.Event;
import io.natator.cli.progress.Follower.Lost;
import io.natator.v1.ChangeType;
import io.natator.v1.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Waits, visibly, until some translations have settled or are gone. */
public final class Waiting {
    private static final Duration TICK = Duration.ofMillis(100);

    /** How a wait ended. */
    public enum Result {
        /** As wished. */
        REACHED,
        /** Settled, but at least one is DEGRADED, or somebody else deleted it. */
        OTHERWISE,
        /** Time is over. */
        TIMEOUT
    }

    private final Follower<Translation> follower;
    private final Progress progress;
    private final Set<String> names;
    private final Map<String, Translation> present = new TreeMap<>();
    private final Set<String> snapshot = new LinkedHashSet<>();
    private boolean synced;
    private String trouble = "";

    /** @param names "translations/office", … */
    public Waiting(Client client, Collection<String> names, Progress progress) {
        this.follower = Follower.of(
                client, Kinds.TRANSLATION, names.size() == 1 ? names.iterator().next() : "");
        this.names = new LinkedHashSet<>(names);
        this.progress = progress;
    }

    /**
     * Waits until each is ACTIVE or DEGRADED on all its devices.
     *
     * @throws StatusRuntimeException if the daemon cannot be followed
     */
    public Result untilSettled(Duration timeout) {
        return await(timeout, false);
    }

    /**
     * Waits until none of them is there any more.
     *
     * @throws StatusRuntimeException if the daemon cannot be followed
     */
    public Result untilGone(Duration timeout) {
        return await(timeout, true);
    }

    private Result await(Duration timeout, boolean gone) {
        long start = System.nanoTime();
        while (true) {
            Event<Translation> event = follower.next(TICK);
            while (event != null) {
                take(event);
                event = follower.next(Duration.ZERO);
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            progress.show(lines(gone), waited.toMillis() / 1000.0);
            if (synced && (gone ? present.isEmpty() : settled())) {
                boolean reached = gone
                        || (present.size() == names.size()
                                && present.values().stream().allMatch(Settling::active));
                return reached ? Result.REACHED : Result.OTHERWISE;
            }
            if (waited.compareTo(timeout) >= 0) {
                return Result.TIMEOUT;
            }
        }
    }

    private boolean settled() {
        return present.values().stream().allMatch(Settling::settled);
    }

    private void take(Event<Translation> event) {
        switch (event) {
            case Changed<Translation>(Change<Translation> change) -> {
                trouble = "";
                change(change);
            }
            case Lost<Translation>() -> {
                trouble = "the daemon went away; waiting for it";
                snapshot.clear();
                synced = false;
            }
            case Ended<Translation>(StatusRuntimeException why) -> throw why;
        }
    }

    private void change(Change<Translation> change) {
        String name = change.resource().getName();
        if (change.type() == ChangeType.SYNCED) {
            synced = true;
            present.keySet().retainAll(snapshot);
        } else if (change.type() == ChangeType.DELETED) {
            present.remove(name);
            snapshot.remove(name);
        } else if (names.contains(name)) {
            present.put(name, change.resource());
            snapshot.add(name);
        }
    }

    private List<Line> lines(boolean gone) {
        List<Line> lines = new ArrayList<>();
        for (String name : names) {
            Translation translation = present.get(name);
            if (translation != null) {
                lines.addAll(Settling.lines(translation));
            } else if (synced) {
                lines.add(new Line(Words.id(name), gone ? "gone" : "DELETED", gone ? Style.GOOD : Style.BAD, "", ""));
            }
        }
        if (!trouble.isEmpty()) {
            lines.add(new Line("daemon", "AWAY", Style.BUSY, trouble, ""));
        }
        return lines;
    }
}
