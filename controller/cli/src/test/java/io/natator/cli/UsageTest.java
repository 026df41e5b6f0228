package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest extends CommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"apply", "plan", "get", "describe", "delete", "watch", "status", "completion"})
    void everyCommandHasHelpWithExamples(String command) {
        assertThat(natator(command, "--help")).isZero();
        assertThat(out)
                .startsWith("Usage: natator " + command)
                .contains("Examples:\n  ")
                .contains("natator " + command);
    }

    @Test
    void theRootListsAllCommands() {
        assertThat(natator("--help")).isZero();
        assertThat(out).contains("apply", "plan", "get", "describe", "delete", "watch", "status", "completion");
        assertThat(natator()).isEqualTo(ExitCode.USAGE);
        assertThat(natator("--version")).isZero();
    }

    @Test
    void completionKnowsCommandsOptionsAndKinds() {
        assertThat(natator("completion", "bash")).isZero();
        assertThat(out).contains("complete -F").contains("--dry-run").contains("translations");
        assertThat(natator("completion", "zsh")).isZero();
        assertThat(out).startsWith("autoload -U +X bashcompinit");
        assertThat(natator("completion", "fish")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theServerOptionWinsOverTheEnvironment() {
        assertThat(natator("--server", "127.0.0.1:1", "get", "tr")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(natator("get", "tr", "--server", "127.0.0.1:1")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(natator("get", "tr", "--server", "127.0.0.1:port")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("get", "tr")).isZero();
    }
}
