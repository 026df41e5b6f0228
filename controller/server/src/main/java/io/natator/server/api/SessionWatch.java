package io.natator.server.api;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.natator.server.convert.SessionMessages;
import io.natator.server.convert.SessionMessages.Filter;
import io.natator.server.sessions.SessionChanges;
import io.natator.server.sessions.SessionDesk;
import io.natator.server.sessions.SessionDesk.Answers;
import io.natator.server.sessions.SessionDesk.Place;
import io.natator.v1.ChangeType;
import io.natator.v1.Session;
import io.natator.v1.WatchSessionsResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One caller who watches sessions. Switches are listed again and again, and the caller is told what differs, so that switches need not
 * tell of each session (ADR 0212). A caller who does not read makes it wait; nothing piles up.
 */
final class SessionWatch implements Runnable {
    /** More would be kept for each caller. */
    static final int MOST = 10_000;

    private static final int PAGE = 1_000;

    private final SessionDesk desk;
    private final Filter filter;
    private final Duration interval;
    private final ServerCallStreamObserver<WatchSessionsResponse> call;
    private final Runnable after;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final SessionChanges changes = new SessionChanges();
    private Optional<SortedSet<String>> told = Optional.empty();

    private record Round(List<Session> sessions, SortedSet<String> unreachable) {}

    /**
     * @param interval between two rounds
     * @param after called once, when it is over
     */
    SessionWatch(
            SessionDesk desk,
            Filter filter,
            Duration interval,
            ServerCallStreamObserver<WatchSessionsResponse> call,
            Runnable after) {
        this.desk = desk;
        this.filter = filter;
        this.interval = interval;
        this.call = call;
        this.after = after;
        call.setOnCancelHandler(ended::countDown);
    }

    @Override
    public void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                long start = System.nanoTime();
                if (told.isEmpty() || call.isReady()) {
                    tell(round());
                }
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                pause = took.compareTo(interval) > 0 ? took : interval;
            }
        } catch (StatusRuntimeException e) {
            call.onError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.onError(Status.UNAVAILABLE.withDescription("the daemon stops").asRuntimeException());
        } finally {
            after.run();
        }
    }

    private Round round() {
        List<Session> sessions = new ArrayList<>();
        SortedSet<String> unreachable = new TreeSet<>();
        Optional<Place> from = Optional.empty();
        do {
            Answers<io.natator.model.session.Session> page = desk.list(filter, from, PAGE);
            page.values().forEach(s -> sessions.add(SessionMessages.message(s.device(), s.value())));
            page.unreachable().forEach(id -> unreachable.add("devices/" + id));
            from = page.next();
            if (sessions.size() > MOST) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("filter: more than " + MOST + " sessions: watch fewer of them (inside, remote,"
                                + " translation, ...), or list them in pages")
                        .asRuntimeException();
            }
        } while (from.isPresent() && ended.getCount() > 0);
        return new Round(sessions, unreachable);
    }

    private void tell(Round round) {
        if (ended.getCount() == 0) {
            return;
        }
        changes.step(round.sessions(), round.unreachable())
                .forEach(change -> call.onNext(WatchSessionsResponse.newBuilder()
                        .setType(change.type())
                        .setSession(change.session())
                        .build()));
        if (!told.equals(Optional.of(round.unreachable()))) {
            told = Optional.of(round.unreachable());
            call.onNext(WatchSessionsResponse.newBuilder()
                    .setType(ChangeType.SYNCED)
                    .addAllUnreachable(round.unreachable())
                    .build());
        }
    }
}
