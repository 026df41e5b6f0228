package io.natator.cli.file;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one YAML mapping as a protobuf message, by the names of the JSON mapping (ProtoJSON): lowerCamelCase or the
 * proto's own snake_case. Output-only fields are skipped, so that what {@code get -o yaml} printed can be applied.
 * Collects everything that is wrong, each with its line.
 */
final class MessageReader {
    private static final int MAX_DEPTH = 32;

    private final String file;
    private final List<Problem> problems;
    private final Map<String, Integer> lines = new HashMap<>();

    MessageReader(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** First line of every field read so far, by path. */
    Map<String, Integer> lines() {
        return lines;
    }

    /** Fills {@code builder}; entries whose key is in {@code skipped} are not fields. */
    void read(MappingNode mapping, Message.Builder builder, String path, List<Node> skipped) {
        lines.put(path, line(mapping));
        if (path.chars().filter(c -> c == '.').count() > MAX_DEPTH) {
            problem(mapping, "nested too deeply");
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!skipped.contains(entry.getKeyNode())) {
                entry(entry, builder, path);
            }
        }
    }

    private void entry(NodeTuple entry, Message.Builder builder, String path) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problem(entry.getKeyNode(), "a field's name was expected");
            return;
        }
        Optional<FieldDescriptor> found = find(builder.getDescriptorForType(), key.getValue());
        if (found.isEmpty()) {
            problem(key, unknown(builder.getDescriptorForType(), key.getValue()));
            return;
        }
        FieldDescriptor field = found.get();
        String fieldPath = path.isEmpty() ? field.getName() : path + "." + field.getName();
        if (Behaviors.has(field, FieldBehavior.OUTPUT_ONLY)) {
            return;
        }
        if (lines.put(fieldPath, line(key)) != null) {
            problem(key, "\"" + key.getValue() + "\" is given twice");
            return;
        }
        Node value = entry.getValueNode();
        if (isNull(value)) {
            return;
        }
        if (field.isRepeated()) {
            repeated(field, value, builder, fieldPath);
        } else {
            value(field, value, builder, fieldPath).ifPresent(converted -> builder.setField(field, converted));
        }
    }

    private void repeated(FieldDescriptor field, Node value, Message.Builder builder, String path) {
        if (!(value instanceof SequenceNode sequence)) {
            problem(value, field.getJsonName() + " is a list: write \"- \" before each value, or [a, b]");
            return;
        }
        List<Node> items = sequence.getValue();
        for (int i = 0; i < items.size(); i++) {
            String itemPath = path + "[" + i + "]";
            lines.put(itemPath, line(items.get(i)));
            value(field, items.get(i), builder, itemPath)
                    .ifPresent(converted -> builder.addRepeatedField(field, converted));
        }
    }

    private Optional<Object> value(FieldDescriptor field, Node value, Message.Builder parent, String path) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !Scalars.isScalar(field.getMessageType())) {
            if (!(value instanceof MappingNode mapping)) {
                problem(
                        value,
                        field.getJsonName() + " holds fields: " + String.join(", ", names(field.getMessageType())));
                return Optional.empty();
            }
            Message.Builder builder = parent.newBuilderForField(field);
            read(mapping, builder, path, List.of());
            return Optional.of(builder.build());
        }
        if (!(value instanceof ScalarNode scalar)) {
            problem(value, field.getJsonName() + " is a single value, not a list or fields");
            return Optional.empty();
        }
        try {
            return Optional.of(Scalars.convert(field, scalar.getValue()));
        } catch (IllegalArgumentException e) {
            problem(value, field.getJsonName() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<FieldDescriptor> find(Descriptor type, String key) {
        return type.getFields().stream()
                .filter(field ->
                        field.getName().equals(key) || field.getJsonName().equals(key))
                .findFirst();
    }

    private static String unknown(Descriptor type, String key) {
        List<String> names = names(type);
        return "unknown field \"" + key + "\" of " + type.getName()
                + Nearest.to(key.replace("_", ""), names)
                        .map(nearest -> "; did you mean \"" + nearest + "\"?")
                        .orElse("; its fields are " + String.join(", ", names));
    }

    /** Names of the fields that a user may set. */
    private static List<String> names(Descriptor type) {
        List<String> names = new ArrayList<>();
        for (FieldDescriptor field : type.getFields()) {
            if (!Behaviors.has(field, FieldBehavior.OUTPUT_ONLY)) {
                names.add(field.getJsonName());
            }
        }
        return names;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag());
    }

    private void problem(Node node, String text) {
        problems.add(new Problem(file + ":" + line(node), text));
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
