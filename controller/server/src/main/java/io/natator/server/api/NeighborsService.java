package io.natator.server.api;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.natator.server.resource.Collection;
import io.natator.server.resource.Errors;
import io.natator.server.resource.Resources;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.DeleteNeighborRequest;
import io.natator.v1.GetNeighborRequest;
import io.natator.v1.ListNeighborsRequest;
import io.natator.v1.ListNeighborsResponse;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborsGrpc;
import io.natator.v1.UpdateNeighborRequest;
import io.natator.v1.WatchNeighborsRequest;
import io.natator.v1.WatchNeighborsResponse;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;

/** {@code natator.v1.Neighbors}. */
public final class NeighborsService extends NeighborsGrpc.NeighborsImplBase {
    private final Collection<Neighbor, io.natator.model.intent.Neighbor> neighbors;
    private final Executor executor;

    @Inject
    NeighborsService(Resources resources, Executor executor) {
        this.neighbors = resources.neighbors();
        this.executor = executor;
    }

    @Override
    public void getNeighbor(GetNeighborRequest request, StreamObserver<Neighbor> response) {
        String id = neighbors.id("name", request.getName());
        response.onNext(neighbors.catalog().get(id).orElseThrow(() -> Errors.notFound(request.getName())));
        response.onCompleted();
    }

    @Override
    public void listNeighbors(ListNeighborsRequest request, StreamObserver<ListNeighborsResponse> response) {
        Pages.list(neighbors.catalog(), request.getPageSize(), request.getPageToken(), (page, next) -> {
            response.onNext(ListNeighborsResponse.newBuilder()
                    .addAllNeighbors(page)
                    .setNextPageToken(next)
                    .build());
            response.onCompleted();
        });
    }

    @Override
    public void createNeighbor(CreateNeighborRequest request, StreamObserver<Neighbor> response) {
        response.onNext(neighbors.create(request.getNeighborId(), request.getNeighbor(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void updateNeighbor(UpdateNeighborRequest request, StreamObserver<Neighbor> response) {
        response.onNext(neighbors.update(
                request.getNeighbor(), request.getUpdateMask(), request.getAllowMissing(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void deleteNeighbor(DeleteNeighborRequest request, StreamObserver<Empty> response) {
        neighbors.delete(request.getName(), request.getEtag(), request.getAllowMissing(), request.getValidateOnly());
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
    }

    @Override
    public void watchNeighbors(WatchNeighborsRequest request, StreamObserver<WatchNeighborsResponse> response) {
        String only = request.getName().isEmpty() ? "" : neighbors.id("name", request.getName());
        WatchStream.open(
                neighbors.catalog(),
                only,
                (type, message) -> WatchNeighborsResponse.newBuilder()
                        .setType(type)
                        .setNeighbor(message)
                        .build(),
                response,
                executor);
    }
}
