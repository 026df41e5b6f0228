package io.natator.cli.file;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** What the API says of its fields (AIP-203). */
public final class Behaviors {
    private Behaviors() {}

    /** True if the field is annotated so. */
    public static boolean has(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }
}
