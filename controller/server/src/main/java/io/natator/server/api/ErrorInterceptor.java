package io.natator.server.api;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what services throw into answers. */
public final class ErrorInterceptor implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onHalfClose() {
                try {
                    super.onHalfClose();
                } catch (StatusRuntimeException e) {
                    Metadata trailers = e.getTrailers();
                    close(e.getStatus(), trailers == null ? new Metadata() : trailers);
                } catch (RuntimeException e) {
                    String method = call.getMethodDescriptor().getFullMethodName();
                    LOG.error("event=request-failed method={}", method, e);
                    close(
                            Status.INTERNAL.withDescription("internal error, logged by the daemon: " + e),
                            new Metadata());
                }
            }

            private void close(Status status, Metadata trailers) {
                LOG.debug(
                        "event=request-refused method={} code={} reason=\"{}\"",
                        call.getMethodDescriptor().getFullMethodName(),
                        status.getCode(),
                        status.getDescription());
                call.close(status, trailers);
            }
        };
    }
}
