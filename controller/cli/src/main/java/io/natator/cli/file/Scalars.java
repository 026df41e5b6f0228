package io.natator.cli.file;

import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import io.natator.cli.kind.EditableKind;
import io.natator.cli.kind.Kinds;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Single values: text to what the field holds. */
final class Scalars {
    private Scalars() {}

    /** Messages that ProtoJSON writes as one value. */
    static boolean isScalar(Descriptor type) {
        return type.getFullName().equals("google.protobuf.Duration");
    }

    /** @throws IllegalArgumentException saying what was expected */
    static Object convert(FieldDescriptor field, String text) {
        return switch (field.getJavaType()) {
            case STRING -> reference(field, text);
            case BOOLEAN -> bool(text);
            case INT -> (int) integer(text, field.getType() == FieldDescriptor.Type.UINT32, Integer.SIZE);
            case LONG -> integer(text, field.getType() == FieldDescriptor.Type.UINT64, Long.SIZE);
            case ENUM -> enumValue(field.getEnumType(), text);
            case MESSAGE -> duration(text);
            case FLOAT, DOUBLE, BYTE_STRING -> throw new IllegalArgumentException("cannot be set from a file");
        };
    }

    /** The short form of a reference to another resource, "edge", is completed: "devices/edge". */
    private static String reference(FieldDescriptor field, String text) {
        String type =
                field.getOptions().getExtension(ResourceProto.resourceReference).getType();
        for (EditableKind<?> kind : Kinds.EDITABLE) {
            if (type.equals(kind.prototype()
                    .getDescriptorForType()
                    .getOptions()
                    .getExtension(ResourceProto.resource)
                    .getType())) {
                return kind.fullName(text);
            }
        }
        return text;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    private static long integer(String text, boolean unsigned, int bits) {
        try {
            BigInteger value = new BigInteger(text.replace("_", ""));
            int limit = unsigned ? bits : bits - 1;
            if ((!unsigned || value.signum() >= 0) && value.bitLength() <= limit) {
                return value.longValue();
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + text + "\" is no "
                + (unsigned
                        ? "whole number from 0 to "
                                + BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE)
                        : "whole number of " + bits + " bits"));
    }

    private static EnumValueDescriptor enumValue(EnumDescriptor type, String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        EnumValueDescriptor value = type.findValueByName(name);
        if (value != null) {
            return value;
        }
        List<String> names = type.getValues().stream()
                .filter(candidate -> candidate.getNumber() != 0)
                .map(EnumValueDescriptor::getName)
                .toList();
        throw new IllegalArgumentException("\"" + text + "\" is none of " + String.join(", ", names)
                + Nearest.to(name, names)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse(""));
    }

    private static Duration duration(String text) {
        java.time.Duration duration = Durations.parse(text);
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
