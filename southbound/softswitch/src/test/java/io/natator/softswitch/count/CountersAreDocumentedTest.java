package io.natator.softswitch.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountersAreDocumentedTest {
    @Test
    void eachIsExplainedAndNoOtherIs() throws IOException {
        String section = Files.readString(Path.of("../../docs/counters.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Packets"))
                .takeWhile(line -> !line.startsWith("## ") || line.equals("## Packets"))
                .filter(line -> line.startsWith("| `") || line.startsWith("`"))
                .map(line -> line.replaceAll("^\\| ([^|]*)\\|.*", "$1"))
                .reduce("", String::concat);
        List<String> documented = Pattern.compile("`([a-z_]+)`")
                .matcher(section)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Count.values()).map(Count::label).toList());
    }
}
