package io.natator.cli.command;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.natator.cli.client.Client;
import io.natator.cli.file.Behaviors;
import io.natator.cli.file.Document;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a resource what a document says: creates it, updates it, or finds nothing to do. */
final class Upsert {
    /** What it came to. */
    enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Upsert() {}

    /**
     * Creates or updates one resource.
     *
     * @throws StatusRuntimeException when the daemon refuses
     */
    static <M extends Message> Outcome apply(Client client, Document<M> document) {
        Optional<M> before = find(client, document);
        if (before.isEmpty()) {
            document.kind().create(client, document.resource(), false);
            return Outcome.CREATED;
        }
        M after = document.kind().update(client, document.resource(), mask(document), false);
        boolean same =
                intent(before.get()).equals(intent(after)) && etag(before.get()).equals(etag(after));
        return same ? Outcome.UNCHANGED : Outcome.UPDATED;
    }

    /** What {@link #apply} would do with a resource that the daemon accepted as one of several; stores nothing. */
    static <M extends Message> Outcome preview(Client client, Document<M> document) {
        Optional<M> before = find(client, document);
        if (before.isEmpty()) {
            return Outcome.CREATED;
        }
        try {
            M after = document.kind().update(client, document.resource(), mask(document), true);
            return intent(before.get()).equals(intent(after)) ? Outcome.UNCHANGED : Outcome.UPDATED;
        } catch (StatusRuntimeException e) {
            // By itself it is refused, since it names what the same run creates; so it is none of the unchanged.
            if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
                return Outcome.UPDATED;
            }
            throw e;
        }
    }

    /** As it is now. */
    static <M extends Message> Optional<M> find(Client client, Document<M> document) {
        try {
            return Optional.of(document.kind().get(client, document.name()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Empty, that is everything. A secret that the document leaves out stays as it is then, for the daemon never shows
     * it and so {@code get -o yaml} cannot have written it; one that the document sets to "" must be named to go.
     */
    private static <M extends Message> FieldMask mask(Document<M> document) {
        List<FieldDescriptor> fields =
                document.resource().getDescriptorForType().getFields();
        boolean clears = fields.stream()
                .anyMatch(field -> Behaviors.has(field, FieldBehavior.INPUT_ONLY)
                        && document.lines().containsKey(field.getName())
                        && document.resource().getField(field).equals(field.getDefaultValue()));
        FieldMask.Builder mask = FieldMask.newBuilder();
        if (clears) {
            fields.stream()
                    .filter(field -> isIntent(field) && !Behaviors.has(field, FieldBehavior.IDENTIFIER))
                    .forEach(field -> mask.addPaths(field.getName()));
        }
        return mask.build();
    }

    /** The part that a user sets. */
    private static Message intent(Message resource) {
        Message.Builder builder = resource.toBuilder();
        resource.getDescriptorForType().getFields().stream()
                .filter(field -> !isIntent(field))
                .forEach(builder::clearField);
        return builder.build();
    }

    private static boolean isIntent(FieldDescriptor field) {
        return !Behaviors.has(field, FieldBehavior.OUTPUT_ONLY)
                && !field.getName().equals("etag");
    }

    private static Object etag(Message resource) {
        return resource.getField(resource.getDescriptorForType().findFieldByName("etag"));
    }
}
