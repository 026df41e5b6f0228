package io.natator.server.api;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.natator.server.resource.Collection;
import io.natator.server.resource.Errors;
import io.natator.server.resource.Resources;
import io.natator.v1.CreatePeerGroupRequest;
import io.natator.v1.DeletePeerGroupRequest;
import io.natator.v1.GetPeerGroupRequest;
import io.natator.v1.ListPeerGroupsRequest;
import io.natator.v1.ListPeerGroupsResponse;
import io.natator.v1.PeerGroup;
import io.natator.v1.PeerGroupsGrpc;
import io.natator.v1.UpdatePeerGroupRequest;
import io.natator.v1.WatchPeerGroupsRequest;
import io.natator.v1.WatchPeerGroupsResponse;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;

/** {@code natator.v1.PeerGroups}. */
public final class PeerGroupsService extends PeerGroupsGrpc.PeerGroupsImplBase {
    private final Collection<PeerGroup, io.natator.model.intent.PeerGroup> groups;
    private final Executor executor;

    @Inject
    PeerGroupsService(Resources resources, Executor executor) {
        this.groups = resources.groups();
        this.executor = executor;
    }

    @Override
    public void getPeerGroup(GetPeerGroupRequest request, StreamObserver<PeerGroup> response) {
        String id = groups.id("name", request.getName());
        response.onNext(groups.catalog().get(id).orElseThrow(() -> Errors.notFound(request.getName())));
        response.onCompleted();
    }

    @Override
    public void listPeerGroups(ListPeerGroupsRequest request, StreamObserver<ListPeerGroupsResponse> response) {
        Pages.list(groups.catalog(), request.getPageSize(), request.getPageToken(), (page, next) -> {
            response.onNext(ListPeerGroupsResponse.newBuilder()
                    .addAllPeerGroups(page)
                    .setNextPageToken(next)
                    .build());
            response.onCompleted();
        });
    }

    @Override
    public void createPeerGroup(CreatePeerGroupRequest request, StreamObserver<PeerGroup> response) {
        response.onNext(groups.create(request.getPeerGroupId(), request.getPeerGroup(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void updatePeerGroup(UpdatePeerGroupRequest request, StreamObserver<PeerGroup> response) {
        response.onNext(groups.update(
                request.getPeerGroup(), request.getUpdateMask(), request.getAllowMissing(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void deletePeerGroup(DeletePeerGroupRequest request, StreamObserver<Empty> response) {
        groups.delete(request.getName(), request.getEtag(), request.getAllowMissing(), request.getValidateOnly());
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
    }

    @Override
    public void watchPeerGroups(WatchPeerGroupsRequest request, StreamObserver<WatchPeerGroupsResponse> response) {
        String only = request.getName().isEmpty() ? "" : groups.id("name", request.getName());
        WatchStream.open(
                groups.catalog(),
                only,
                (type, message) -> WatchPeerGroupsResponse.newBuilder()
                        .setType(type)
                        .setPeerGroup(message)
                        .build(),
                response,
                executor);
    }
}
