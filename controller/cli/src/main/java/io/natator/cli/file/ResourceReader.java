package io.natator.cli.file;

import com.google.protobuf.Message;
import io.natator.cli.kind.EditableKind;
import io.natator.cli.kind.Kind;
import io.natator.cli.kind.Kinds;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads documents of resources: YAML with any number of documents, or JSON; a document is one resource or a list of
 * them. What it is, its name says ("translations/office"), or {@code kind: Translation} beside a short name.
 * See docs/adr/0050-files-hold-api-messages.md.
 */
public final class ResourceReader {
    private static final int MAX_CODE_POINTS = 64 << 20;

    private final List<Document<?>> documents = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Reads one text; adds to what was read before. */
    public void read(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        try {
            for (Node node : new Yaml(options).composeAll(new StringReader(normalize(text)))) {
                document(file, node);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(file + ":" + line, "not YAML or JSON: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(file, "not YAML or JSON: " + e.getMessage()));
        }
    }

    /** Resources in the order of the text. */
    public List<Document<?>> documents() {
        return List.copyOf(documents);
    }

    /** Everything that is wrong, duplicates included; empty if all can be sent. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        Map<String, String> places = new HashMap<>();
        for (Document<?> document : documents) {
            String before = places.putIfAbsent(document.name(), document.place(""));
            if (before != null) {
                all.add(new Problem(document.place(""), document.name() + " is also given at " + before));
            }
        }
        return all;
    }

    /** JSON may be indented with tabs, which YAML forbids; within JSON's strings there are none. */
    private static String normalize(String text) {
        String stripped = text.stripLeading();
        return stripped.startsWith("{") || stripped.startsWith("[") ? text.replace('\t', ' ') : text;
    }

    private void document(String file, Node node) {
        switch (node) {
            case SequenceNode list -> list.getValue().forEach(item -> item(file, item));
            case ScalarNode scalar when Tag.NULL.equals(scalar.getTag()) -> {}
            default -> item(file, node);
        }
    }

    private void item(String file, Node node) {
        if (node instanceof MappingNode mapping) {
            resource(file, mapping);
        } else {
            problem(file, node, "a resource was expected: fields such as \"name: translations/office\"");
        }
    }

    private void resource(String file, MappingNode mapping) {
        Optional<ScalarNode> kindNode = scalar(mapping, "kind");
        Optional<Kind<?>> stated = kindNode.flatMap(node -> statedKind(node.getValue()));
        Optional<ScalarNode> nameNode = scalar(mapping, "name");
        if (nameNode.isEmpty() || nameNode.get().getValue().isEmpty()) {
            problem(file, mapping, "a name is missing, for example \"name: translations/office\"");
            return;
        }
        String name = nameNode.get().getValue();
        Optional<Kind<?>> named = Kinds.ALL.stream()
                .filter(kind -> name.startsWith(kind.plural() + "/"))
                .<Kind<?>>map(kind -> kind)
                .findFirst();
        if (stated.isPresent() && named.isPresent() && stated.get() != named.get()) {
            problem(file, nameNode.get(), name + " is no " + stated.get().singular());
            return;
        }
        Optional<Kind<?>> kind = stated.or(() -> named);
        if (kind.isEmpty()) {
            problem(file, kindNode.orElse(nameNode.get()), withoutKind(kindNode, name));
        } else if (kind.get() instanceof EditableKind<?> editable) {
            List<Node> skipped = stated.isPresent() ? List.of(key(mapping, "kind")) : List.of();
            add(file, mapping, editable, skipped);
        } else {
            problem(file, nameNode.get(), kind.get().plural() + " are computed by the daemon and cannot be applied");
        }
    }

    private <M extends Message> void add(String file, MappingNode mapping, EditableKind<M> kind, List<Node> skipped) {
        MessageReader reader = new MessageReader(file, problems);
        Message.Builder builder = kind.prototype().newBuilderForType();
        reader.read(mapping, builder, "", skipped);
        var nameField = builder.getDescriptorForType().findFieldByName("name");
        builder.setField(nameField, kind.fullName((String) builder.getField(nameField)));
        @SuppressWarnings("unchecked") // a builder of the prototype's type
        M resource = (M) builder.build();
        documents.add(new Document<>(kind, resource, file, reader.lines()));
    }

    /** A translation has a field of that name too (STATIC): only the names of resources count here. */
    private static Optional<Kind<?>> statedKind(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return Kinds.ALL.stream()
                .filter(kind -> kind.singular().equals(word))
                .<Kind<?>>map(kind -> kind)
                .findFirst();
    }

    private static String withoutKind(Optional<ScalarNode> kindNode, String name) {
        String remedy = "write \"name: translations/" + name
                + "\" (or devices/, neighbors/, peerGroups/), or \"kind: Translation\"";
        return kindNode.map(node -> Kinds.unknown(node.getValue()) + "; ").orElse("what is \"" + name + "\"? ")
                + remedy;
    }

    private static Node key(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .map(NodeTuple::getKeyNode)
                .filter(node ->
                        node instanceof ScalarNode scalar && scalar.getValue().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<ScalarNode> scalar(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode node
                        && node.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .findFirst();
    }

    private void problem(String file, Node node, String text) {
        problems.add(new Problem(file + ":" + MessageReader.line(node), text));
    }
}
