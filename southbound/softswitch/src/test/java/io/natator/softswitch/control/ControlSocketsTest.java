package io.natator.softswitch.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switch that is meant when none is named. */
class ControlSocketsTest {
    @TempDir
    private Path dir;

    private static ServerSocketChannel listen(Path path) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    @Test
    void theOnlyOneThatAnswersIsMeant() throws IOException {
        assertThatThrownBy(() -> ControlSockets.only(dir.resolve("none"))).hasMessageContaining("no switch answers");
        Path first = ControlSockets.of(dir, 0xA1);
        Path second = ControlSockets.of(dir, 2);
        assertThat(first.getFileName()).hasToString("switch-a1.sock");
        ServerSocketChannel killed = listen(second);
        killed.close();
        assertThat(Files.exists(second)).isTrue();
        assertThatThrownBy(() -> ControlSockets.only(dir)).hasMessageContaining("no switch answers");
        try (ServerSocketChannel _ = listen(first)) {
            assertThat(ControlSockets.only(dir)).isEqualTo(first);
            Files.delete(second);
            try (ServerSocketChannel _ = listen(second)) {
                assertThatThrownBy(() -> ControlSockets.only(dir))
                        .hasMessageContaining("several")
                        .hasMessageContaining("switch-a1.sock")
                        .hasMessageContaining("switch-2.sock");
            }
        }
    }
}
