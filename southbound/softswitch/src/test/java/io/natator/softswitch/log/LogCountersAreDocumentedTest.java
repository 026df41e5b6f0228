package io.natator.softswitch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogCountersAreDocumentedTest {
    @Test
    void eachIsExplainedAndNoOtherIs() throws IOException {
        String section = Files.readString(Path.of("../../docs/counters.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Session log"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceAll("^\\| ([^|]*)\\|.*", "$1"))
                .reduce("", String::concat);
        assertThat(Pattern.compile("`([a-z_]+)`").matcher(section).results().map((MatchResult m) -> m.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(LogCount.values()).map(LogCount::label).toList());
    }
}
