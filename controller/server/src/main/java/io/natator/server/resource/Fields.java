package io.natator.server.resource;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import io.natator.model.validate.Violation;
import java.util.ArrayList;
import java.util.List;

/** What holds for the fields of every resource, read from the annotations in the proto files. */
final class Fields {
    private Fields() {}

    private static boolean is(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }

    /** A field that a user sets. */
    private static boolean isUsers(FieldDescriptor field) {
        return !is(field, FieldBehavior.OUTPUT_ONLY)
                && !is(field, FieldBehavior.IDENTIFIER)
                && !field.getName().equals("etag");
    }

    /** Only what a user sets: neither name, etag nor what is OUTPUT_ONLY. */
    static <M extends Message> M users(M message) {
        Message.Builder builder = message.toBuilder();
        message.getDescriptorForType().getFields().stream()
                .filter(f -> !isUsers(f))
                .forEach(builder::clearField);
        return same(message, builder);
    }

    /** What may be shown: nothing that is INPUT_ONLY. */
    static <M extends Message> M shown(M message) {
        Message.Builder builder = message.toBuilder();
        message.getDescriptorForType().getFields().stream()
                .filter(f -> is(f, FieldBehavior.INPUT_ONLY))
                .forEach(builder::clearField);
        return same(message, builder);
    }

    /**
     * {@code present} as changed by an update. Without a mask all fields that a user sets are replaced, except that
     * an INPUT_ONLY one that is left out stays: it cannot be read back, so leaving it out does not mean to clear it.
     */
    static <M extends Message> M updated(M present, M update, FieldMask mask) {
        if (mask.getPathsList().isEmpty() || mask.getPathsList().equals(List.of("*"))) {
            Message.Builder builder = users(update).toBuilder();
            for (FieldDescriptor field : present.getDescriptorForType().getFields()) {
                if (is(field, FieldBehavior.INPUT_ONLY) && isEmpty(update, field)) {
                    builder.setField(field, present.getField(field));
                }
            }
            return same(present, builder);
        }
        Message.Builder builder = users(present).toBuilder();
        FieldMaskUtil.MergeOptions options = new FieldMaskUtil.MergeOptions()
                .setReplaceMessageFields(true)
                .setReplaceRepeatedFields(true)
                .setReplacePrimitiveFields(true);
        FieldMaskUtil.merge(mask, update, builder, options);
        return users(same(present, builder));
    }

    private static boolean isEmpty(Message message, FieldDescriptor field) {
        return message.getField(field).equals(field.getDefaultValue());
    }

    /** What is wrong with a field mask. */
    static List<Violation> check(FieldMask mask, Message message) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < mask.getPathsCount(); i++) {
            String path = mask.getPaths(i);
            if (!path.equals("*") && !FieldMaskUtil.isValid(message.getDescriptorForType(), path)) {
                violations.add(new Violation(
                        "update_mask.paths[" + i + "]",
                        '"' + path + "\" is not a field of "
                                + message.getDescriptorForType().getName()
                                + ": write field names as in the API, or leave the mask out to replace all"));
            }
        }
        return violations;
    }

    static <M extends Message> M with(M message, String field, Object value) {
        Message.Builder builder = message.toBuilder();
        return same(message, builder.setField(message.getDescriptorForType().findFieldByName(field), value));
    }

    static String text(Message message, String field) {
        return (String) message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    /** The message with what the server adds to what is stored. */
    static <M extends Message> M stamped(M users, String name, String etag, Timestamp created, Timestamp updated) {
        M named = with(with(users, "name", name), "etag", etag);
        return with(with(named, "create_time", created), "update_time", updated);
    }

    /** A builder of a message makes a message of that type. */
    @SuppressWarnings("unchecked")
    private static <M extends Message> M same(M like, Message.Builder builder) {
        return (M) like.getClass().cast(builder.build());
    }
}
