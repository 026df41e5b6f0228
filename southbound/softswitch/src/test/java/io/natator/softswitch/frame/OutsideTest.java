package io.natator.softswitch.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing outside a frame is read or written: see {@link GuardedPages}. */
class OutsideTest {
    @TempDir
    private Path dir;

    @Test
    void framesCutAtEveryLengthBetweenForbiddenPages() throws Exception {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        assertThat(run(Long.toString(seed))).as("seed %d", seed).isEqualTo("ended with 0");
    }

    @Test
    void oneOctetTooManyWouldBeNoticed() throws Exception {
        assertThat(run("1", GuardedPages.STRAY)).contains("SIGSEGV").doesNotEndWith("ended with 0");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + dir.resolve("error.log"),
                "-cp",
                System.getProperty("java.class.path"),
                GuardedPages.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "does not end";
        }
        return output + "ended with " + process.exitValue();
    }
}
