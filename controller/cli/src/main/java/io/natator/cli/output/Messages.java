package io.natator.cli.output;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** API messages as text, by the JSON mapping of protobuf (ProtoJSON). */
public final class Messages {
    private Messages() {}

    /** Indented JSON. */
    public static String json(Message message) {
        return print(JsonFormat.printer(), message);
    }

    /** A JSON array. */
    public static String json(List<? extends Message> messages) {
        return messages.isEmpty()
                ? "[]"
                : messages.stream().map(Messages::json).collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    /** A JSON array of strings. */
    public static String jsonStrings(List<String> texts) {
        ListValue.Builder list = ListValue.newBuilder();
        texts.forEach(text -> list.addValues(Value.newBuilder().setStringValue(text)));
        return json(list.build());
    }

    /** A JSON object whose members' values are JSON already. */
    public static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\": " + member.getValue())
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }

    /** JSON on one line. */
    public static String jsonLine(Message message) {
        return print(JsonFormat.printer().omittingInsignificantWhitespace(), message);
    }

    /** YAML documents, each after a {@code ---} but the first. */
    public static String yaml(List<? extends Message> messages) {
        return messages.stream().map(message -> yaml(jsonLine(message))).collect(Collectors.joining("---\n"));
    }

    /** One YAML document with the members of {@link #json(Map)}. */
    public static String yaml(Map<String, String> members) {
        return yaml(json(members));
    }

    /** JSON is YAML: reading it back gives the plain values, in the order of the fields. */
    private static String yaml(String json) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        return new Yaml(options).dump(new Yaml(new LoaderOptions()).load(json));
    }

    private static String print(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
