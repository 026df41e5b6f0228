package io.natator.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.natator.v1.Device;
import io.natator.v1.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResourceReaderTest {
    private static ResourceReader read(String text) {
        ResourceReader reader = new ResourceReader();
        reader.read("f", text);
        return reader;
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(Problem::toString).toList();
    }

    private static Translation translation(String text) {
        ResourceReader reader = read(text);
        assertThat(reader.problems()).isEmpty();
        return (Translation) reader.documents().getFirst().resource();
    }

    @Test
    void theNameOrTheKindSaysWhatItIs() {
        Translation expected = Translation.newBuilder()
                .setName("translations/office")
                .setInside("192.168.2.0/24")
                .setKind(Translation.Kind.STATIC)
                .addDevices("devices/edge")
                .setPerHostRules(true)
                .build();
        assertThat(translation("""
                name: translations/office
                kind: STATIC
                inside: 192.168.2.0/24
                devices: [edge]
                per_host_rules: true
                """)).isEqualTo(expected);
        assertThat(translation("""
                kind: Translation
                name: office
                inside: 192.168.2.0/24
                devices: [devices/edge]
                perHostRules: true
                """)).isEqualTo(expected.toBuilder().clearKind().build());
    }

    @Test
    void jsonListsAndTabs() {
        ResourceReader reader = read(
                "[\n\t{\"name\": \"devices/a\", \"hold\": \"1.5s\"},\n\t{\"name\": \"devices/b\", \"mode\": \"routed\"}\n]");
        assertThat(reader.problems()).isEmpty();
        assertThat(reader.documents()).extracting(Document::name).containsExactly("devices/a", "devices/b");
        Device a = (Device) reader.documents().getFirst().resource();
        assertThat(a.getHold())
                .isEqualTo(Duration.newBuilder()
                        .setSeconds(1)
                        .setNanos(500_000_000)
                        .build());
        Device b = (Device) reader.documents().getLast().resource();
        assertThat(b.getMode()).isEqualTo(Device.Mode.ROUTED);
    }

    @Test
    void digitsStayAsTheyAreWritten() {
        Device device = (Device) read("{name: devices/a, datapath_id: 0000000000000010}")
                .documents()
                .getFirst()
                .resource();
        assertThat(device.getDatapathId()).isEqualTo("0000000000000010");
    }

    @Test
    void remembersLines() {
        Document<?> document = read("# comment\nname: devices/a\nports:\n  - port: p\n    side: INSIDE\n")
                .documents()
                .getFirst();
        assertThat(document.place("")).isEqualTo("f:2");
        assertThat(document.place("ports[0].side")).isEqualTo("f:5");
        assertThat(document.place("ports[0].gateways[3]")).isEqualTo("f:4");
        assertThat(document.place("datapath_id")).isEqualTo("f:2");
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of("name: devices/a\nport: []", "f:2: unknown field \"port\" of Device; did you mean \"ports\"?"),
                List.of(
                        "name: devices/a\nports: [{prot: a}]",
                        "f:2: unknown field \"prot\" of DevicePort; did you mean \"port\"?"),
                List.of(
                        "name: devices/a\nmode: BRIDGED",
                        "f:2: mode: \"BRIDGED\" is none of TRANSPARENT, ROUTED, NORMAL"),
                List.of(
                        "name: devices/a\nmode: rooted",
                        "f:2: mode: \"rooted\" is none of TRANSPARENT, ROUTED, NORMAL; did you mean ROUTED?"),
                List.of(
                        "name: devices/a\nhold: 10",
                        "f:2: hold: \"10\" is no duration; write a number and its unit: 500ms, 10s, 5m or 1h"),
                List.of(
                        "name: devices/a\nroutes: x",
                        "f:2: routes is a list: write \"- \" before each value, or [a, b]"),
                List.of("name: devices/a\nroutes: [x]", "f:2: routes holds fields: prefix, nextHop"),
                List.of("name: devices/a\nmode: [ROUTED]", "f:2: mode is a single value, not a list or fields"),
                List.of(
                        "name: neighbors/a\npeer_as: -1",
                        "f:2: peerAs: \"-1\" is no whole number from 0 to 4294967295"),
                List.of(
                        "name: neighbors/a\npeer_as: 4294967296",
                        "f:2: peerAs: \"4294967296\" is no whole number from 0 to 4294967295"),
                List.of(
                        "name: translations/a\nperHostRules: yes",
                        "f:2: perHostRules: \"yes\" is neither true nor false"),
                List.of("name: devices/a\nmode: ROUTED\nmode: NORMAL", "f:3: \"mode\" is given twice"),
                List.of("inside: 10.0.0.0/8", "f:1: a name is missing, for example \"name: translations/office\""),
                List.of("kind: Device\nname: translations/a", "f:2: translations/a is no device"),
                List.of("name: announcements/a", "f:1: announcements are computed by the daemon and cannot be applied"),
                List.of("just words", "f:1: a resource was expected: fields such as \"name: translations/office\""),
                List.of("name: [", "f:1: not YAML or JSON: expected the node content, but found '<stream end>'"),
                List.of("name: devices/a\n---\nname: devices/a", "f:3: devices/a is also given at f:1"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesLineFieldAndRemedy(List<String> mistake) {
        assertThat(problems(mistake.getFirst())).containsExactly(mistake.getLast());
    }

    @Test
    void withoutKind() {
        assertThat(problems("kind: Transaltion\nname: a").getFirst())
                .startsWith("f:1: there is no kind \"Transaltion\"; did you mean \"translation\"?");
        assertThat(problems("name: a").getFirst()).startsWith("f:1: what is \"a\"? write \"name: translations/a\"");
    }

    @Test
    void collectsAllMistakes() {
        assertThat(problems("name: devices/a\nx: 1\ny: 2\n---\nname: devices/b\nz: 3"))
                .hasSize(3);
    }

    @Test
    void anchorsThatContainThemselvesEnd() {
        assertThat(problems("name: devices/a\nports: &a [*a]")).isNotEmpty();
        assertThat(problems("&a [*a, *a]")).hasSize(2);
        assertThat(problems("&a {name: devices/a, status: *a, ports: [*a]}")).isNotEmpty();
    }

    /** Files of docs/examples, and what README and docs show as YAML of resources. */
    static Stream<Path> documentation() throws IOException {
        Path root = Path.of("../..");
        List<Path> pages = new ArrayList<>();
        for (Path directory : List.of(root, root.resolve("docs"), root.resolve("docs/examples"))) {
            try (Stream<Path> entries = Files.list(directory)) {
                entries.filter(path -> path.toString().matches(".*\\.(md|yaml)"))
                        .forEach(pages::add);
            }
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("documentation")
    void whatTheDocumentationShowsCanBeSent(Path page) throws IOException {
        String text = Files.readString(page);
        boolean markdown = page.toString().endsWith(".md");
        List<String> examples = markdown
                ? Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                        .matcher(text)
                        .results()
                        .map(block -> block.group(1))
                        .filter(block -> block.matches("(?s)(#[^\n]*\n)*(name|kind): .*"))
                        .toList()
                : List.of(text);
        for (String example : examples) {
            ResourceReader reader = read(example);
            assertThat(reader.problems()).as(example).isEmpty();
            assertThat(reader.documents()).as(example).isNotEmpty();
        }
    }

    @Test
    void thereAreExamples() throws IOException {
        assertThat(documentation().filter(path -> path.toString().contains("examples")))
                .hasSizeGreaterThanOrEqualTo(3);
    }
}
