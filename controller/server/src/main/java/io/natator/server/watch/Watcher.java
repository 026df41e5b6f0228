package io.natator.server.watch;

import com.google.protobuf.Message;
import io.natator.v1.ChangeType;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One client that watches. What it has not taken yet waits in a bounded queue; when that is full the client is told
 * that it is too slow, and has to begin anew. Thread-safe.
 */
public final class Watcher<M extends Message> implements AutoCloseable {
    /** Most changes that wait for one client, beyond the present state at its beginning. */
    static final int WAITING = 1_024;

    private record Change<M>(ChangeType type, M message) {}

    private final String only;
    private final BiConsumer<ChangeType, M> sink;
    private final Consumer<Watcher<M>> closed;
    private final Queue<Change<M>> queue = new ArrayDeque<>();
    private final int limit;
    private boolean overflown;
    private Runnable wake = () -> {};

    Watcher(String only, List<M> present, M empty, BiConsumer<ChangeType, M> sink, Consumer<Watcher<M>> closed) {
        this.only = only;
        this.sink = sink;
        this.closed = closed;
        present.forEach(m -> queue.add(new Change<>(ChangeType.ADDED, m)));
        queue.add(new Change<>(ChangeType.SYNCED, empty));
        limit = queue.size() + WAITING;
    }

    /** @param newWake called, from any thread, when there is something to {@link #deliver} */
    public void onWaiting(Runnable newWake) {
        synchronized (this) {
            wake = newWake;
        }
        newWake.run();
    }

    void offer(ChangeType type, String id, M message) {
        Runnable tell;
        synchronized (this) {
            if (overflown || !(only.isEmpty() || only.equals(id))) {
                return;
            }
            if (queue.size() >= limit) {
                overflown = true;
                queue.clear();
            } else {
                queue.add(new Change<>(type, message));
            }
            tell = wake;
        }
        tell.run();
    }

    /**
     * Hands over what waits, for as long as the client is ready.
     *
     * @return false if the client was too slow: changes are lost, it must begin anew
     */
    public synchronized boolean deliver(BooleanSupplier ready) {
        while (!queue.isEmpty() && ready.getAsBoolean()) {
            Change<M> change = queue.remove();
            sink.accept(change.type(), change.message());
        }
        return !overflown;
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
