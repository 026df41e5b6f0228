package io.natator.server.api;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.natator.model.validate.Violation;
import io.natator.server.convert.SessionMessages;
import io.natator.server.convert.SessionMessages.Filter;
import io.natator.server.convert.Times;
import io.natator.server.resource.Errors;
import io.natator.server.sessions.SessionDesk;
import io.natator.server.sessions.SessionDesk.Answers;
import io.natator.server.sessions.SessionDesk.Place;
import io.natator.server.watch.Board;
import io.natator.v1.ClearSessionsRequest;
import io.natator.v1.ClearSessionsResponse;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.ListPoolUseResponse;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.ListSessionsResponse;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.LookupSessionsResponse;
import io.natator.v1.PoolUse;
import io.natator.v1.SessionsGrpc;
import io.natator.v1.WatchSessionsRequest;
import io.natator.v1.WatchSessionsResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.onlab.packet.IpAddress;

/** {@code natator.v1.Sessions}: each call asks the software switches, and waits for them. */
public final class SessionsService extends SessionsGrpc.SessionsImplBase {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(500);
    private static final Duration MOST_INTERVAL = Duration.ofMinutes(1);
    private static final int MOST_WATCHES = 16;

    private final SessionDesk desk;
    private final Board board;
    private final Executor executor;
    private final InstantSource clock;
    private final Semaphore watches = new Semaphore(MOST_WATCHES);

    @Inject
    SessionsService(SessionDesk desk, Board board, Executor executor) {
        this.desk = desk;
        this.board = board;
        this.executor = executor;
        this.clock = InstantSource.system();
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> response) {
        List<Violation> violations = new ArrayList<>();
        Filter filter = SessionMessages.filter("filter", request.getFilter(), violations);
        int most = Pages.size(request.getPageSize());
        Optional<Place> from = place(request.getPageToken());
        refuse(violations);
        needSwitch("filter.device", filter.device());
        var answers = desk.list(filter, from, most);
        var message = ListSessionsResponse.newBuilder();
        answers.values().forEach(s -> message.addSessions(SessionMessages.message(s.device(), s.value())));
        answers.next().ifPresent(p -> message.setNextPageToken(Pages.encode(p.device() + "/" + p.token())));
        unreachable(answers).forEach(message::addUnreachable);
        response.onNext(message.build());
        response.onCompleted();
    }

    private static Optional<Place> place(String pageToken) {
        if (pageToken.isEmpty()) {
            return Optional.empty();
        }
        String text = Pages.decode(pageToken);
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw Pages.badToken();
        }
        return Optional.of(new Place(text.substring(0, slash), text.substring(slash + 1)));
    }

    @Override
    public void watchSessions(WatchSessionsRequest request, StreamObserver<WatchSessionsResponse> response) {
        List<Violation> violations = new ArrayList<>();
        Filter filter = SessionMessages.filter("filter", request.getFilter(), violations);
        Duration interval =
                request.hasInterval() ? Times.duration("interval", request.getInterval(), violations) : USUAL_INTERVAL;
        if (violations.isEmpty() && (interval.compareTo(LEAST_INTERVAL) < 0 || interval.compareTo(MOST_INTERVAL) > 0)) {
            violations.add(new Violation("interval", "write 0.5s to 60s, or leave it out for 2s"));
        }
        refuse(violations);
        needSwitch("filter.device", filter.device());
        if (!watches.tryAcquire()) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription(MOST_WATCHES + " callers watch sessions already: end one of them, or list")
                    .asRuntimeException();
        }
        executor.execute(new SessionWatch(
                desk, filter, interval, (ServerCallStreamObserver<WatchSessionsResponse>) response, watches::release));
    }

    @Override
    public void lookupSessions(LookupSessionsRequest request, StreamObserver<LookupSessionsResponse> response) {
        List<Violation> violations = new ArrayList<>();
        Optional<IpAddress> outside = SessionMessages.address("outside", request.getOutside(), violations);
        OptionalInt port = SessionMessages.port("outside_port", request.getOutsidePort(), violations);
        OptionalInt protocol = SessionMessages.protocol("protocol", request.getProtocol(), violations);
        Instant now = clock.instant();
        Instant at = request.hasTime() ? Times.instant("time", request.getTime(), violations) : now;
        if (at.isAfter(now.plusSeconds(1))) {
            violations.add(new Violation("time", at + " is in the future: leave it out for now"));
        }
        refuse(violations);
        needSwitch("", Optional.empty());
        var answers = desk.lookup(outside.orElseThrow(), protocol.orElse(0), port.orElse(0), at);
        var message = LookupSessionsResponse.newBuilder();
        answers.values().forEach(s -> message.addSessions(SessionMessages.message(s.device(), s.value())));
        unreachable(answers).forEach(message::addUnreachable);
        response.onNext(message.build());
        response.onCompleted();
    }

    @Override
    public void clearSessions(ClearSessionsRequest request, StreamObserver<ClearSessionsResponse> response) {
        List<Violation> violations = new ArrayList<>();
        Filter filter = SessionMessages.filter("filter", request.getFilter(), violations);
        if (violations.isEmpty() && filter.takesAll() != request.getAll()) {
            violations.add(
                    request.getAll()
                            ? new Violation("all", "contradicts filter: leave out one of them")
                            : new Violation(
                                    "filter", "sets nothing: set a field of it, or all to clear every session"));
        }
        refuse(violations);
        needSwitch("filter.device", filter.device());
        var answers = desk.clear(filter);
        var message = ClearSessionsResponse.newBuilder()
                .setCleared(answers.values().stream().mapToLong(v -> v.value()).sum());
        unreachable(answers).forEach(message::addUnreachable);
        response.onNext(message.build());
        response.onCompleted();
    }

    @Override
    public void listPoolUse(ListPoolUseRequest request, StreamObserver<ListPoolUseResponse> response) {
        List<Violation> violations = new ArrayList<>();
        Optional<String> translation = SessionMessages.translation("translation", request.getTranslation(), violations);
        int most = Pages.size(request.getPageSize());
        Optional<Place> after = place(request.getPageToken());
        refuse(violations);
        needSwitch("", Optional.empty());
        var answers = desk.use();
        List<PoolUse> pools = answers.values().stream()
                .filter(u -> translation.map(u.value().translation()::equals).orElse(true))
                .map(u -> SessionMessages.message(
                        u.device(), u.value(), board.hardwareBindings(u.value().translation())))
                .filter(u -> after.map(p -> isAfter(u, p)).orElse(true))
                .limit(most + 1L)
                .toList();
        var message = ListPoolUseResponse.newBuilder().addAllPools(pools.subList(0, Math.min(most, pools.size())));
        if (pools.size() > most) {
            PoolUse last = pools.get(most - 1);
            message.setNextPageToken(
                    Pages.encode(last.getDevice().substring("devices/".length()) + "/" + last.getShare()));
        }
        unreachable(answers).forEach(message::addUnreachable);
        response.onNext(message.build());
        response.onCompleted();
    }

    /** @param place of the last pool of the page before */
    private static boolean isAfter(PoolUse use, Place place) {
        if (!place.token().matches("[0-9]{1,10}")) {
            throw Pages.badToken();
        }
        int order = use.getDevice().compareTo("devices/" + place.device());
        return order > 0 || (order == 0 && use.getShare() > Long.parseLong(place.token()));
    }

    private static List<String> unreachable(Answers<?> answers) {
        return answers.unreachable().stream().map(id -> "devices/" + id).toList();
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Errors.invalid(violations);
        }
    }

    /** At least one software switch that is meant must be connected. */
    private void needSwitch(String field, Optional<String> device) {
        var meant = desk.meant(device);
        if (meant.stream().anyMatch(s -> s.connected())) {
            return;
        }
        if (device.isPresent() && meant.isEmpty()) {
            throw Errors.invalid(
                    field,
                    "devices/" + device.get() + " is no software switch that ever connected: leave it out for all");
        }
        throw noSwitch();
    }

    private static StatusRuntimeException noSwitch() {
        return Status.FAILED_PRECONDITION
                .withDescription("no software switch is connected: sessions live there. Start one (natator switch, or"
                        + " softswitch: in the daemon's configuration) and declare it as a device")
                .asRuntimeException();
    }
}
