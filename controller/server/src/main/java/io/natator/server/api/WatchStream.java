package io.natator.server.api;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.natator.server.watch.Catalog;
import io.natator.server.watch.Watcher;
import io.natator.v1.ChangeType;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** Connects a watcher to a client's stream, at the client's pace. */
final class WatchStream {
    private WatchStream() {}

    /**
     * @param only id of the one that is watched; empty: all
     * @param wrap makes the response of a change
     * @param executor on which the client is served; never the thread that made the change
     */
    static <M extends Message, R> void open(
            Catalog<M> catalog,
            String only,
            BiFunction<ChangeType, M, R> wrap,
            StreamObserver<R> responses,
            Executor executor) {
        ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) responses;
        Watcher<M> watcher = catalog.watch(only, (type, message) -> call.onNext(wrap.apply(type, message)));
        Runnable deliver = () -> {
            if (call.isCancelled()) {
                watcher.close();
            } else if (!watcher.deliver(call::isReady)) {
                watcher.close();
                call.onError(Status.RESOURCE_EXHAUSTED
                        .withDescription("too slow: changes were lost; watch again")
                        .asRuntimeException());
            }
        };
        call.setOnCancelHandler(watcher::close);
        call.setOnReadyHandler(() -> executor.execute(deliver));
        watcher.onWaiting(() -> executor.execute(deliver));
    }
}
