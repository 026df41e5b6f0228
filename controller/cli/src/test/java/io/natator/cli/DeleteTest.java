package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteTest extends CommandTest {
    @BeforeEach
    void fill() {
        stdin = ApplyTest.SITE;
        natator("apply", "-f", "-", "--no-wait");
    }

    @Test
    void byName() {
        assertThat(natator("delete", "translation", "office")).isZero();

        assertThat(out).isEqualTo("translations/office deleted\noffice gone\n");
        assertThat(daemon.has("translations/office")).isFalse();
    }

    @Test
    void byFileTranslationsFirst() {
        assertThat(natator("delete", "-f", "-")).isZero();

        assertThat(out).isEqualTo("""
                        translations/office deleted
                        office gone
                        neighbors/upstream deleted
                        devices/edge deleted
                        """);
        assertThat(daemon.has("devices/edge")).isFalse();
    }

    @Test
    void whatIsNotThere() {
        assertThat(natator("delete", "tr/nope")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("translations/nope: there is no translations/nope");

        assertThat(natator("delete", "tr/nope", "--ignore-not-found")).isZero();
    }

    @Test
    void needsAName() {
        assertThat(natator("delete", "tr")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("natator delete tr NAME");
        assertThat(natator("delete", "an", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("delete")).isEqualTo(ExitCode.USAGE);
        assertThat(run(Map.of(), "delete", "tr", "x", "-f", "y")).isEqualTo(ExitCode.USAGE);
    }
}
