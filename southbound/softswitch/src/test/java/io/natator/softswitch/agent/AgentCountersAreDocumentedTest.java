package io.natator.softswitch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgentCountersAreDocumentedTest {
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    @Test
    void eachHasALineInTheGuideAndNoOtherHas() throws IOException {
        List<String> documented = Files.readString(Path.of("../../docs/counters.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Agent"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .flatMap(
                        line -> NAME.matcher(line.split("\\|", -1)[1]).results().map(m -> m.group(1)))
                .toList();
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(AgentCount.values()).map(AgentCount::label).toList());
    }
}
