package io.natator.cli.progress;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Change;
import io.natator.cli.kind.Kind;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Follows a Watch stream and takes it up again when the daemon goes away (it may be restarting; the data plane works on
 * without it).
 *
 * <pre>
 *   virtual thread: Watch ──▶ queue (bounded) ──▶ next(): the command's thread
 * </pre>
 */
public final class Follower<M extends Message> {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int QUEUE = 4096;

    /** What came. */
    public sealed interface Event<M extends Message> {}

    /** A message of the stream. */
    public record Changed<M extends Message>(Change<M> change) implements Event<M> {}

    /** The stream broke and is taken up again: the present state follows, anew. */
    public record Lost<M extends Message>() implements Event<M> {}

    /** The stream ended and there is no sense in trying again. */
    public record Ended<M extends Message>(StatusRuntimeException why) implements Event<M> {}

    private final BlockingQueue<Event<M>> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Supplier<Iterator<Change<M>>> watch;

    /**
     * Follows what {@code watch} opens, anew each time.
     *
     * @param what is watched, as the thread is called
     */
    public Follower(String what, Supplier<Iterator<Change<M>>> watch) {
        this.watch = watch;
        Thread.ofVirtual().name("follow-" + what).start(this::follow);
    }

    /** @param name only this resource; all if empty */
    public static <M extends Message> Follower<M> of(Client client, Kind<M> kind, String name) {
        return new Follower<>(kind.plural(), () -> kind.watch(client, name));
    }

    /** The next event; null if none comes in time. */
    public Event<M> next(Duration atMost) {
        try {
            return queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void follow() {
        boolean reached = false;
        try {
            while (true) {
                try {
                    Iterator<Change<M>> changes = watch.get();
                    while (changes.hasNext()) {
                        queue.put(new Changed<>(changes.next()));
                        reached = true;
                    }
                } catch (StatusRuntimeException e) {
                    // Never reached at all, or refused: trying again would only hide that.
                    if (!reached || !isBroken(e)) {
                        queue.put(new Ended<>(e));
                        return;
                    }
                }
                queue.put(new Lost<>());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a stream ends with when the daemon ends: a closed connection, or a stream that was reset. */
    private static boolean isBroken(StatusRuntimeException e) {
        return switch (e.getStatus().getCode()) {
            case UNAVAILABLE, CANCELLED, INTERNAL, UNKNOWN -> true;
            default -> false;
        };
    }
}
