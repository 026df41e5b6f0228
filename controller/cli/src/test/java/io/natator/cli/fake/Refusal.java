package io.natator.cli.fake;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Errors as the daemon answers them. */
public final class Refusal {
    private Refusal() {}

    public static StatusRuntimeException of(Code code, String message) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .build());
    }

    /** INVALID_ARGUMENT with one field violation. */
    public static StatusRuntimeException invalid(String field, String description) {
        BadRequest details = BadRequest.newBuilder()
                .addFieldViolations(FieldViolation.newBuilder().setField(field).setDescription(description))
                .build();
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("not valid")
                .addDetails(Any.pack(details))
                .build());
    }
}
