package io.natator.server.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.natator.model.validate.Parsed;
import io.natator.model.validate.Texts;
import io.natator.server.softswitch.EmbeddedSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.onlab.packet.IpAddress;

/** Reads the YAML file. Unknown keys and values of a wrong kind are errors. */
public final class ConfigFile {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private ConfigFile() {}

    /**
     * Reads and checks {@code file}.
     *
     * @throws ConfigException naming the file, the key and the remedy
     */
    public static Config read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file: write one (an empty one takes all defaults)");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        } catch (ConfigException e) {
            throw new ConfigException(file + ": " + e.getMessage());
        }
    }

    /** Reads and checks the text of a file. */
    static Config parse(String text) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            throw new ConfigException(where + "not YAML: " + e.getOriginalMessage());
        }
        Config defaults = Config.defaults();
        Section file = new Section("", root);
        Section grpc = file.section("grpc");
        Section openflow = file.section("openflow");
        Section bgp = file.section("bgp");
        Section bmp = bgp.section("bmp");
        Section rpki = bgp.section("rpki");
        Section store = file.section("store");
        Section metrics = file.section("metrics");
        Section log = file.section("log");
        Section softswitch = file.section("softswitch");
        Config config = new Config(
                new Config.Grpc(grpc.texts("listen", defaults.grpc().listen())),
                new Config.OpenFlow(openflow.text("listen", defaults.openflow().listen())),
                new Config.Bgp(
                        bgp.text("listen", defaults.bgp().listen()),
                        bgp.text("router_id", defaults.bgp().routerId()),
                        new Config.Bmp(remotes(bmp, "collectors")),
                        new Config.Rpki(
                                remotes(rpki, "caches"),
                                rpki.text("file", defaults.bgp().rpki().file()))),
                new Config.StoreFile(store.text("path", defaults.store().path())),
                new Config.Metrics(metrics.text("listen", defaults.metrics().listen())),
                new Config.Log(log.text("level", defaults.log().level())),
                softSwitch(softswitch, defaults.softswitch()));
        for (Section section : new Section[] {file, grpc, openflow, bgp, bmp, rpki, store, metrics, log, softswitch}) {
            section.refuseUnknown();
        }
        check(config);
        return config;
    }

    private static List<Remote> remotes(Section section, String name) {
        return section.texts(name, List.of()).stream()
                .map(text -> Remote.parse(section.key(name), text))
                .toList();
    }

    private static Config.SoftSwitch softSwitch(Section section, Config.SoftSwitch defaults) {
        return new Config.SoftSwitch(
                section.text("datapath_id", defaults.datapathId()),
                section.text("ports", defaults.ports()),
                section.texts("listen", defaults.listen()),
                section.text("fail_mode", defaults.failMode()),
                section.text("profile", defaults.profile()),
                section.text("mode", defaults.mode()),
                section.text("control", defaults.control()),
                section.text("session_log", defaults.sessionLog()),
                section.text("session_log_size", defaults.sessionLogSize()),
                section.text("session_log_detail", defaults.sessionLogDetail()),
                section.text("ipfix", defaults.ipfix()));
    }

    private static void check(Config config) {
        if (config.grpc().listen().isEmpty()) {
            throw new ConfigException("grpc.listen: lists no address: write at least one, like 127.0.0.1:9653");
        }
        config.grpc().listen().stream()
                .filter(a -> !a.startsWith("unix:"))
                .forEach(a -> Listen.parse("grpc.listen", a));
        Listen.parse("openflow.listen", config.openflow().listen());
        EmbeddedSwitch.check(config.softswitch());
        if (!config.bgp().listen().isEmpty()) {
            Listen.parse("bgp.listen", config.bgp().listen());
        }
        if (!config.metrics().listen().isEmpty()) {
            Listen.parse("metrics.listen", config.metrics().listen());
        }
        if (!config.bgp().routerId().isEmpty()
                && !(Texts.address("bgp.router_id", config.bgp().routerId()) instanceof Parsed.Ok<IpAddress>(var id)
                        && id.isIp4())) {
            throw new ConfigException("bgp.router_id: \"" + config.bgp().routerId()
                    + "\" is not a BGP identifier: write it like an IPv4 address, 192.0.2.1");
        }
        if (config.store().path().isBlank()) {
            throw new ConfigException("store.path: is empty: write the path of a file");
        }
        if (!Config.Log.LEVELS.contains(config.log().level())) {
            throw new ConfigException("log.level: \"" + config.log().level() + "\" is not a level: write one of "
                    + String.join(", ", Config.Log.LEVELS));
        }
    }

    /** A mapping of the file that knows which keys were asked for. */
    private static final class Section {
        private final String path;
        private final JsonNode node;
        private final Set<String> known = new LinkedHashSet<>();

        Section(String path, JsonNode node) {
            this.path = path;
            this.node = node;
            boolean empty = node.isMissingNode()
                    || node.isNull()
                    || (node.isTextual() && node.asText().isEmpty());
            if (!empty && !node.isObject()) {
                throw new ConfigException(
                        (path.isEmpty() ? "the file" : path) + ": must be a mapping of keys to values");
            }
        }

        private String key(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        Section section(String name) {
            known.add(name);
            return new Section(key(name), node.path(name));
        }

        String text(String name, String otherwise) {
            known.add(name);
            JsonNode value = node.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return otherwise;
            }
            if (!value.isValueNode()) {
                throw new ConfigException(key(name) + ": must be a text");
            }
            return value.asText();
        }

        List<String> texts(String name, List<String> otherwise) {
            JsonNode value = node.path(name);
            if (!value.isArray()) {
                String text = text(name, "");
                return text.isEmpty() ? otherwise : List.of(text);
            }
            known.add(name);
            return value.valueStream().map(JsonNode::asText).toList();
        }

        void refuseUnknown() {
            if (!(node instanceof ObjectNode object)) {
                return;
            }
            for (String name :
                    new TreeSet<>(object.propertyStream().map(p -> p.getKey()).toList())) {
                if (!known.contains(name)) {
                    String hint = Nearest.to(name, known)
                            .map(k -> "did you mean " + key(k) + "?")
                            .orElse("known are " + String.join(", ", known));
                    throw new ConfigException(key(name) + ": unknown key; " + hint);
                }
            }
        }
    }
}
