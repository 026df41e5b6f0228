package io.natator.cli.fake;

import io.grpc.stub.StreamObserver;
import io.natator.v1.ChangeType;
import io.natator.v1.ClearSessionsRequest;
import io.natator.v1.ClearSessionsResponse;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.ListPoolUseResponse;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.ListSessionsResponse;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.LookupSessionsResponse;
import io.natator.v1.PoolUse;
import io.natator.v1.Session;
import io.natator.v1.SessionsGrpc;
import io.natator.v1.WatchSessionsRequest;
import io.natator.v1.WatchSessionsResponse;
import java.util.ArrayList;
import java.util.List;

/** Sessions and pools that a test put there, and what it was asked. Filters are the daemon's business. */
public final class FakeSessions extends SessionsGrpc.SessionsImplBase {
    private final List<Session> sessions = new ArrayList<>();
    private final List<PoolUse> pools = new ArrayList<>();
    private final List<String> unreachable = new ArrayList<>();
    private ListSessionsRequest lastList = ListSessionsRequest.getDefaultInstance();
    private volatile WatchSessionsRequest lastWatch = WatchSessionsRequest.getDefaultInstance();
    private LookupSessionsRequest lastLookup = LookupSessionsRequest.getDefaultInstance();
    private ClearSessionsRequest lastClear = ClearSessionsRequest.getDefaultInstance();

    public void put(Session session) {
        sessions.add(session);
    }

    public void put(PoolUse pool) {
        pools.add(pool);
    }

    public void unreachable(String device) {
        unreachable.add(device);
    }

    public ListSessionsRequest lastList() {
        return lastList;
    }

    public WatchSessionsRequest lastWatch() {
        return lastWatch;
    }

    public LookupSessionsRequest lastLookup() {
        return lastLookup;
    }

    public ClearSessionsRequest lastClear() {
        return lastClear;
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> observer) {
        Shelf.reply(observer, () -> {
            lastList = request;
            int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            int to = Math.min(sessions.size(), from + request.getPageSize());
            return ListSessionsResponse.newBuilder()
                    .addAllSessions(sessions.subList(from, to))
                    .setNextPageToken(to < sessions.size() ? Integer.toString(to) : "")
                    .addAllUnreachable(unreachable)
                    .build();
        });
    }

    /** What there is, {@code SYNCED}, and that the first one went. */
    @Override
    public void watchSessions(WatchSessionsRequest request, StreamObserver<WatchSessionsResponse> observer) {
        lastWatch = request;
        sessions.forEach(
                s -> observer.onNext(change(ChangeType.ADDED).setSession(s).build()));
        observer.onNext(change(ChangeType.SYNCED).addAllUnreachable(unreachable).build());
        observer.onNext(
                change(ChangeType.DELETED).setSession(sessions.getFirst()).build());
    }

    private static WatchSessionsResponse.Builder change(ChangeType type) {
        return WatchSessionsResponse.newBuilder().setType(type);
    }

    @Override
    public void lookupSessions(LookupSessionsRequest request, StreamObserver<LookupSessionsResponse> observer) {
        Shelf.reply(observer, () -> {
            lastLookup = request;
            return LookupSessionsResponse.newBuilder()
                    .addAllSessions(sessions.stream()
                            .filter(s -> s.getOutsidePort() == request.getOutsidePort())
                            .toList())
                    .addAllUnreachable(unreachable)
                    .build();
        });
    }

    @Override
    public void clearSessions(ClearSessionsRequest request, StreamObserver<ClearSessionsResponse> observer) {
        Shelf.reply(observer, () -> {
            lastClear = request;
            return ClearSessionsResponse.newBuilder()
                    .setCleared(sessions.size())
                    .addAllUnreachable(unreachable)
                    .build();
        });
    }

    @Override
    public void listPoolUse(ListPoolUseRequest request, StreamObserver<ListPoolUseResponse> observer) {
        Shelf.reply(
                observer,
                () -> ListPoolUseResponse.newBuilder()
                        .addAllPools(pools)
                        .addAllUnreachable(unreachable)
                        .build());
    }
}
