package io.natator.cli.command;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.natator.cli.CliException;
import io.natator.cli.client.Client;
import io.natator.cli.client.Failure;
import io.natator.cli.file.Document;
import io.natator.v1.PlanRequest;
import io.natator.v1.PlanResponse;
import io.natator.v1.Resource;
import java.util.List;

/** Lets the daemon check and plan documents together: one may name another. */
final class Planning {
    private Planning() {}

    /**
     * @param delete what if they were deleted?
     * @param max most rules and routes listed a device
     * @throws CliException naming the lines of what is not valid
     */
    static PlanResponse plan(Client client, List<Document<?>> documents, boolean delete, int max) {
        PlanRequest.Builder request = PlanRequest.newBuilder().setMaxListed(max);
        for (Document<?> document : documents) {
            if (delete) {
                request.addDeletions(document.name());
            } else {
                request.addResources(resource(document));
            }
        }
        try {
            return client.plans().plan(request.build());
        } catch (StatusRuntimeException e) {
            throw Failure.of(e, "the plan", client, violation -> Violations.place(violation, documents));
        }
    }

    private static <M extends Message> Resource resource(Document<M> document) {
        return document.kind().toResource(document.resource());
    }
}
