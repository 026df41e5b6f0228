package io.natator.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.store.Store.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment loses nothing that it acknowledged. */
class KillTest {
    private static final int ROUNDS = 6;

    @TempDir
    Path dir;

    @Test
    void everyAcknowledgedChangeSurvivesSigkill() throws Exception {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path file = dir.resolve("natator.db");
        Map<String, String> expected = new HashMap<>();
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> lines = runAndKill(file, random, 1_000_000 * (round + 1));
            Map<String, String> withPending = expected;
            for (String line : lines) {
                String[] words = line.split("[ .]", -1);
                withPending = new HashMap<>(expected);
                if (words[1].equals("put")) {
                    withPending.put(words[2], "e" + words[3]);
                } else {
                    withPending.remove(words[2]);
                }
                if (words[0].equals("did")) {
                    acknowledged++;
                    expected = withPending;
                }
            }
            Map<String, String> found = read(file);
            // The change in flight when the process died may have been made or not; nothing else may differ.
            assertThat(found).as("seed %d round %d", seed, round).isIn(expected, withPending);
            expected = found;
        }
        assertThat(acknowledged).isGreaterThan(ROUNDS);
    }

    private List<String> runAndKill(Path file, Random random, int first) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Long.toString(random.nextLong()),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        int enough = 1 + random.nextInt(300);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            while (lines.size() < enough) {
                lines.add(out.readLine());
            }
            // By its handle: killing the Process would close the pipe with what it had said.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            // What it had said by then counts, too; a line that was cut short does not.
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        }
        process.waitFor();
        if (!lines.getLast().endsWith(".")) {
            lines.removeLast();
        }
        return lines;
    }

    private static Map<String, String> read(Path file) {
        try (Store store = SqliteStore.open(file)) {
            Map<String, String> found = new HashMap<>();
            for (Row row : store.rows()) {
                found.put(row.id(), row.etag());
            }
            return found;
        }
    }

    @Test
    void keepsItsFileToItself() throws IOException {
        Path file = dir.resolve("private.db");
        SqliteStore.open(file).close();
        assertThat(Files.getPosixFilePermissions(file).toString()).doesNotContain("OTHERS", "GROUP");
    }
}
