package io.natator.server.resource;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.natator.model.validate.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** Answers that are errors: canonical codes, in words a person can act on. */
public final class Errors {
    private static final int SHOWN = 5;

    private Errors() {}

    /** INVALID_ARGUMENT with one {@code google.rpc.BadRequest} field violation each. */
    public static StatusRuntimeException invalid(List<Violation> violations) {
        BadRequest.Builder detail = BadRequest.newBuilder();
        violations.forEach(
                v -> detail.addFieldViolationsBuilder().setField(v.field()).setDescription(v.message()));
        String text = violations.stream()
                .limit(SHOWN)
                .map(v -> v.field() + ": " + v.message())
                .collect(Collectors.joining("; "));
        String more = violations.size() > SHOWN ? "; and " + (violations.size() - SHOWN) + " more" : "";
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage(text + more)
                .addDetails(Any.pack(detail.build()))
                .build());
    }

    public static StatusRuntimeException invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    public static StatusRuntimeException notFound(String name) {
        return io.grpc.Status.NOT_FOUND.withDescription("there is no " + name).asRuntimeException();
    }

    static StatusRuntimeException exists(String name) {
        return io.grpc.Status.ALREADY_EXISTS
                .withDescription(name + " exists already: update it, or choose another id")
                .asRuntimeException();
    }

    static StatusRuntimeException changed(String name) {
        return io.grpc.Status.ABORTED
                .withDescription(name + " has changed since it was read (its etag differs): read it again")
                .asRuntimeException();
    }

    static StatusRuntimeException used(String name, String users) {
        return io.grpc.Status.FAILED_PRECONDITION
                .withDescription(name + " is named by " + users + ": change or delete that first")
                .asRuntimeException();
    }

    static StatusRuntimeException notStored(String message) {
        return io.grpc.Status.UNAVAILABLE
                .withDescription("nothing was changed: " + message)
                .asRuntimeException();
    }
}
