package io.natator.cli.kind;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.natator.cli.output.Details;
import io.natator.v1.PrefixRange;
import java.util.ArrayList;
import java.util.List;

/** What a neighbour or peer group says about its sessions, field by field: those messages in it that are set. */
final class Settings {
    private static final List<String> GROUPS =
            List.of("transport", "capabilities", "graceful_restart", "import_policy", "export_policy", "bfd");

    private Settings() {}

    static void describe(Message resource, Details details) {
        for (String name : GROUPS) {
            FieldDescriptor field = resource.getDescriptorForType().findFieldByName(name);
            if (field != null && resource.hasField(field)) {
                List<String> lines = lines((Message) resource.getField(field));
                details.values(title(name), lines);
            }
        }
    }

    private static List<String> lines(Message message) {
        List<String> lines = new ArrayList<>();
        message.getAllFields().forEach((field, value) -> {
            String name = field.getName().replace('_', ' ');
            if (value instanceof Message inner
                    && inner.getDescriptorForType().getFullName().startsWith("natator.")) {
                lines(inner).forEach(line -> lines.add(name + ": " + line));
            } else if (field.isRepeated()) {
                List<String> texts =
                        ((List<?>) value).stream().map(v -> text(field, v)).toList();
                lines.add(name + " " + String.join(", ", texts));
            } else {
                lines.add(name + " " + text(field, value));
            }
        });
        return lines;
    }

    private static String text(FieldDescriptor field, Object value) {
        return switch (value) {
            case Boolean yes -> yes ? "yes" : "no";
            case Duration duration -> Durations.toMillis(duration) / 1000.0 + " s";
            case EnumValueDescriptor constant -> constant.getName();
            case PrefixRange range -> range.getPrefix() + " ge " + range.getGe() + " le " + range.getLe();
            case Integer number when field.getType() == FieldDescriptor.Type.UINT32 -> Integer.toUnsignedString(number);
            default -> value.toString();
        };
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
    }
}
