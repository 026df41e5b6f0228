package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Between IPv6 and IPv4 on Natator's software switch alone. */
class CrossingOnNatatorIT extends CrossingTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.NATATOR);

    @BeforeAll
    static void build() {
        LIVE.lab().describedBy("ipv6-only.yaml");
        withoutServicePort(LIVE.lab().intents());
        start(LIVE);
    }

    /** The same file, but for the software switch beside the device. */
    private static void withoutServicePort(Path file) {
        try {
            String text = Files.readString(file);
            String rest = text.substring(text.indexOf("---") + 4);
            Files.writeString(
                    file,
                    rest.lines().filter(line -> !line.contains("SERVICE")).collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Live live() {
        return LIVE;
    }

    @Test
    void theSwitchDoesItItself() {
        assertThat(placement("server")).isEqualTo("by itself: SIIT changes the IP version");
        assertThat(placement("hosts")).isEqualTo("by sessions: NAT64 needs sessions");
    }
}
