package io.natator.softswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.natator.softswitch.config.FailMode;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.io.afpacket.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftSwitchTest {
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    @Test
    void whatCannotStartLeavesNothingOpen(@TempDir Path folder) throws IOException {
        Path taken = Files.createFile(folder.resolve("file"));
        SwitchConfig config = new SwitchConfig(
                1,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                FailMode.SECURE,
                Profile.parse("full,sessions=1000"),
                SwitchConfig.ECHO,
                SwitchConfig.SILENCE,
                new SessionLogging(
                        Optional.of(folder.resolve("log")),
                        SessionLogging.LEAST_OCTETS,
                        SessionLogging.NONE.detail(),
                        Optional.empty()));
        Set<Thread> before = threads();
        // Nothing can be made below a file.
        assertThatThrownBy(() -> SoftSwitch.start(config, Mode.LATENCY, Optional.of(taken.resolve("control"))))
                .isInstanceOf(IOException.class);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(threads().stream()
                                .filter(t -> !before.contains(t))
                                .map(Thread::getName)
                                .filter(name ->
                                        name.contains("session") || name.contains("agent") || name.contains("link")))
                        .isEmpty());
    }
}
