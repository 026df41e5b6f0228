package io.natator.server.sessions;

import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.southbound.Sessions;
import io.natator.server.convert.SessionMessages.Filter;
import io.natator.server.sessions.SoftSwitches.Known;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks software switches, and waits for them: to be called by threads that may wait. */
public final class SessionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDesk.class);

    /** A switch that does not answer so long is unreachable. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Parts of a switch's sessions, of some ten thousand each, that are gone through for the times of a mapping. */
    private static final int MOST_PARTS = 100;

    private static final int PART = 1_000;

    private final SoftSwitches switches;
    private final Sessions sessions;

    @Inject
    SessionDesk(SoftSwitches switches, Sessions sessions) {
        this.switches = switches;
        this.sessions = sessions;
    }

    /** Something and the device that said it. */
    public record From<T>(String device, T value) {}

    /**
     * Answers put together.
     *
     * @param next where the next page begins; empty if there is none
     * @param unreachable ids of devices that said nothing
     */
    public record Answers<T>(List<From<T>> values, Optional<Place> next, List<String> unreachable) {}

    /**
     * Where a page begins.
     *
     * @param device id
     * @param token of that switch; empty for its first page
     */
    public record Place(String device, String token) {}

    /** The software switches that are meant, connected or not; may be none. */
    public List<Known> meant(Optional<String> device) {
        return switches.all().stream()
                .filter(s -> device.map(s.device()::equals).orElse(true))
                .toList();
    }

    /** One page: of the first switch that has more, so that answers of several need not be sorted. */
    public Answers<Session> list(Filter filter, Optional<Place> from, int most) {
        List<String> unreachable = new ArrayList<>();
        List<From<Session>> values = new ArrayList<>();
        Optional<Place> next = Optional.empty();
        for (Known known : meant(filter.device())) {
            int order = from.map(p -> known.device().compareTo(p.device())).orElse(1);
            if (order < 0) {
                continue;
            }
            if (values.size() == most) {
                next = Optional.of(new Place(known.device(), ""));
                break;
            }
            String token = order == 0 ? from.orElseThrow().token() : "";
            Optional<Sessions.Page> page = await(
                    known,
                    unreachable,
                    ask(known, PATIENCE, s -> s.list(known.datapathId(), filter.query(), token, most - values.size())));
            page.ifPresent(p -> p.sessions().forEach(s -> values.add(new From<>(known.device(), s))));
            if (page.isPresent() && !page.get().nextToken().isEmpty()) {
                next = Optional.of(new Place(known.device(), page.get().nextToken()));
                break;
            }
        }
        return new Answers<>(values, next, unreachable);
    }

    /**
     * Who had it, oldest first.
     *
     * @param protocol 0: any
     * @param port 0: any
     */
    public Answers<Session> lookup(IpAddress outside, int protocol, int port, Instant at) {
        Answers<List<Session>> all = all(
                Optional.empty(), PATIENCE, known -> sessions.lookup(known.datapathId(), outside, protocol, port, at));
        SessionQuery query = new SessionQuery(
                Optional.empty(),
                protocol == 0 ? OptionalInt.empty() : OptionalInt.of(protocol),
                Optional.empty(),
                Optional.of(outside),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                Optional.empty());
        List<From<Session>> values = all.values().stream()
                .map(f -> new From<>(f.device(), timed(f.device(), f.value(), query)))
                .flatMap(f -> f.value().stream().map(s -> new From<>(f.device(), s)))
                .sorted(Comparator.comparing(f -> f.value().since()))
                .toList();
        return new Answers<>(values, Optional.empty(), all.unreachable());
    }

    /** Owners with times, where these are mappings of sessions that live. */
    private List<Session> timed(String device, List<Session> owners, SessionQuery query) {
        if (owners.stream().noneMatch(MappingTimes::isUnknown)) {
            return owners;
        }
        MappingTimes times = new MappingTimes();
        Filter filter = new Filter(Optional.of(device), query);
        Optional<Place> from = Optional.empty();
        for (int part = 0; part < MOST_PARTS && (part == 0 || from.isPresent()); part++) {
            Answers<Session> page = list(filter, from, PART);
            times.add(page.values().stream().map(From::value).toList());
            from = page.next();
        }
        return owners.stream().map(times::timed).toList();
    }

    public Answers<Long> clear(Filter filter) {
        SessionQuery query = filter.query();
        return all(filter.device(), PATIENCE, known -> sessions.clear(known.datapathId(), query));
    }

    /** Use of all pools, by device and share. */
    public Answers<PoolUse> use() {
        return use(PATIENCE);
    }

    /** The same, by switches that answer so soon. */
    public Answers<PoolUse> use(Duration patience) {
        Answers<List<PoolUse>> all = all(Optional.empty(), patience, known -> sessions.use(known.datapathId()));
        List<From<PoolUse>> values = all.values().stream()
                .flatMap(f -> f.value().stream()
                        .sorted(Comparator.comparingInt(PoolUse::share))
                        .map(u -> new From<>(f.device(), u)))
                .toList();
        return new Answers<>(values, Optional.empty(), all.unreachable());
    }

    /** Asks all at once, then waits for each. */
    private <T> Answers<T> all(
            Optional<String> device, Duration patience, Function<Known, CompletableFuture<T>> question) {
        List<String> unreachable = new ArrayList<>();
        List<From<T>> values = new ArrayList<>();
        List<From<CompletableFuture<T>>> asked = new ArrayList<>();
        for (Known known : meant(device)) {
            asked.add(new From<>(known.device(), ask(known, patience, _ -> question.apply(known))));
        }
        for (From<CompletableFuture<T>> one : asked) {
            await(one.device(), unreachable, one.value()).ifPresent(v -> values.add(new From<>(one.device(), v)));
        }
        return new Answers<>(values, Optional.empty(), unreachable);
    }

    private <T> CompletableFuture<T> ask(
            Known known, Duration patience, Function<Sessions, CompletableFuture<T>> question) {
        return known.connected()
                ? question.apply(sessions).orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                : CompletableFuture.failedFuture(new IOException("not connected"));
    }

    private static <T> Optional<T> await(Known known, List<String> unreachable, CompletableFuture<T> answer) {
        return await(known.device(), unreachable, answer);
    }

    private static <T> Optional<T> await(String device, List<String> unreachable, CompletableFuture<T> answer) {
        try {
            return Optional.of(answer.join());
        } catch (CompletionException e) {
            LOG.debug("event=sessions-unanswered device={} reason=\"{}\"", device, e.getCause());
            unreachable.add(device);
            return Optional.empty();
        }
    }
}
