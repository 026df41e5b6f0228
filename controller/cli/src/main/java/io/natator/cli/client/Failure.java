package io.natator.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.natator.cli.CliException;
import io.natator.cli.ExitCode;
import java.util.List;
import java.util.function.Function;

/** What the daemon answered instead of a result, in words. */
public final class Failure {
    private Failure() {}

    /** An exception for the user, violations as {@code field: what is wrong}. */
    public static CliException of(StatusRuntimeException e, String doing, Client client) {
        return of(e, doing, client, FieldViolation::getField);
    }

    /**
     * An exception for the user.
     *
     * @param doing what was tried, for example "translations/office"
     * @param where names the place of a violated field, for example by file and line
     */
    public static CliException of(
            StatusRuntimeException e, String doing, Client client, Function<FieldViolation, String> where) {
        Status status = e.getStatus();
        String said = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return switch (status.getCode()) {
            // Without a cause it is the daemon that said so, for example because it could not store.
            case UNAVAILABLE ->
                status.getCause() == null
                        ? new CliException(
                                ExitCode.FAILURE, doing + ": the daemon at " + client.address() + ": " + said)
                        : unreachable(client, status);
            case DEADLINE_EXCEEDED ->
                new CliException(
                        ExitCode.FAILURE,
                        doing + ": no answer from " + client.address() + " within "
                                + client.timeout().toSeconds() + " s");
            case UNIMPLEMENTED ->
                new CliException(
                        ExitCode.FAILURE,
                        doing + ": the daemon at " + client.address()
                                + " does not know this call: is it older than this command?");
            case ABORTED ->
                new CliException(
                        ExitCode.FAILURE,
                        doing + ": " + said,
                        List.of("it was changed meanwhile: get it again, or leave out the etag"));
            default -> refused(e, doing, said, where);
        };
    }

    private static CliException refused(
            StatusRuntimeException e, String doing, String said, Function<FieldViolation, String> where) {
        List<String> lines = violations(e).stream()
                .map(violation -> where.apply(violation) + ": " + violation.getDescription())
                .toList();
        return new CliException(ExitCode.FAILURE, doing + (lines.isEmpty() ? ": " + said : " is not valid:"), lines);
    }

    private static CliException unreachable(Client client, Status status) {
        Throwable cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return unreachable(client.address(), cause == null ? null : cause.getMessage());
    }

    /**
     * Nobody listens there.
     *
     * @param why in the system's words, or null
     */
    static CliException unreachable(String address, String why) {
        return new CliException(
                ExitCode.UNREACHABLE,
                "no daemon answers at " + address + (why == null ? "" : " (" + why + ")"),
                List.of(
                        "start it:          natator serve -c FILE",
                        "or name another:   --server HOST:PORT or unix:PATH, or NATATOR_SERVER in the environment"));
    }

    /** The field violations of google.rpc.BadRequest, if the answer carries any. */
    public static List<FieldViolation> violations(StatusRuntimeException e) {
        com.google.rpc.Status details = StatusProto.fromThrowable(e);
        if (details == null) {
            return List.of();
        }
        return details.getDetailsList().stream()
                .filter(detail -> detail.is(BadRequest.class))
                .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
                .toList();
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            return BadRequest.getDefaultInstance();
        }
    }
}
