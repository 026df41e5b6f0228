package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountersAreDocumentedTest {
    @Test
    void eachHasALineInTheGuideAndNoOtherHas() throws IOException {
        List<String> documented = Files.readString(Path.of("../../docs/openflow.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Counters"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceAll("^\\| `([a-z_]+)`.*", "$1"))
                .toList();
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Count.values()).map(Count::label).toList());
    }
}
