package io.natator.cli.output;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.UncheckedIOException;
import java.util.List;
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

    /** JSON on one line. */
    public static String jsonLine(Message message) {
        return print(JsonFormat.printer().omittingInsignificantWhitespace(), message);
    }

    /** YAML documents, each after a {@code ---} but the first. */
    public static String yaml(List<? extends Message> messages) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        Yaml yaml = new Yaml(options);
        // JSON is YAML: reading it back gives the plain values, in the order of the fields.
        return messages.stream()
                .map(message -> yaml.dump(new Yaml(new LoaderOptions()).load(jsonLine(message))))
                .collect(Collectors.joining("---\n"));
    }

    private static String print(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
