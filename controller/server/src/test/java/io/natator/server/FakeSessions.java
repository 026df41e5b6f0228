package io.natator.server;

import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.southbound.Sessions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.onlab.packet.IpAddress;

/** Sessions that a test put there; switches that do not answer if a test wants so. */
final class FakeSessions implements Sessions {
    final Map<Long, List<Session>> live = new ConcurrentHashMap<>();
    /** What a lookup finds of these has no times, as switches tell mappings. */
    final Map<Long, List<Session>> mappings = new ConcurrentHashMap<>();

    final Map<Long, List<PoolUse>> pools = new ConcurrentHashMap<>();
    final Set<Long> mute = ConcurrentHashMap.newKeySet();

    @Override
    public void bindings(long datapathId, BindingRound round) {}

    @Override
    public void shares(long datapathId, List<Share> shares) {}

    private <T> CompletableFuture<T> answer(long datapathId, T value) {
        return mute.contains(datapathId)
                ? CompletableFuture.failedFuture(new IOException("no answer"))
                : CompletableFuture.completedFuture(value);
    }

    private List<Session> matching(long datapathId, Predicate<Session> which) {
        return live.getOrDefault(datapathId, List.of()).stream().filter(which).toList();
    }

    private static boolean matches(SessionQuery query, Session s) {
        return query.translation().map(s.translation()::equals).orElse(true)
                && (query.protocol().isEmpty() || query.protocol().getAsInt() == s.protocol())
                && query.inside().map(p -> p.contains(s.inside())).orElse(true)
                && query.outside().map(s.outside()::equals).orElse(true)
                && (query.outsidePort().isEmpty() || query.outsidePort().getAsInt() == s.outsidePort())
                && query.remote().map(p -> p.contains(s.remote())).orElse(true);
    }

    @Override
    public CompletableFuture<Page> list(long datapathId, SessionQuery query, String token, int most) {
        List<Session> all = matching(datapathId, s -> matches(query, s));
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int to = Math.min(all.size(), from + most);
        return answer(datapathId, new Page(all.subList(from, to), to < all.size() ? Integer.toString(to) : ""));
    }

    @Override
    public CompletableFuture<List<Session>> lookup(
            long datapathId, IpAddress outside, int protocol, int port, Instant at) {
        if (mappings.containsKey(datapathId)) {
            return answer(datapathId, mappings.get(datapathId));
        }
        return answer(
                datapathId,
                matching(
                        datapathId,
                        s -> s.outside().equals(outside)
                                && (protocol == 0 || protocol == s.protocol())
                                && (port == 0 || port == s.outsidePort())
                                && !at.isBefore(s.since())
                                && at.isBefore(s.until())));
    }

    @Override
    public CompletableFuture<Long> clear(long datapathId, SessionQuery query) {
        List<Session> gone = matching(datapathId, s -> matches(query, s));
        if (!mute.contains(datapathId)) {
            List<Session> left = new ArrayList<>(live.getOrDefault(datapathId, List.of()));
            left.removeAll(gone);
            live.put(datapathId, left);
        }
        return answer(datapathId, (long) gone.size());
    }

    @Override
    public CompletableFuture<List<PoolUse>> use(long datapathId) {
        return answer(datapathId, pools.getOrDefault(datapathId, List.of()));
    }
}
