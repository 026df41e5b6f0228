package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest extends CommandTest {
    private static final List<String> COMMANDS = List.of(
            "apply",
            "plan",
            "get",
            "describe",
            "delete",
            "watch",
            "neighbors",
            "routes",
            "sessions",
            "whois",
            "size",
            "status",
            "completion");

    static Stream<String> commands() {
        return Stream.concat(COMMANDS.stream(), Stream.of("sessions top", "sessions use", "sessions clear"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(String command) {
        assertThat(natator((command + " --help").split(" "))).isZero();
        assertThat(out)
                .startsWith("Usage: natator " + command)
                .contains("Examples:\n  ")
                .contains("natator " + command);
    }

    @Test
    void theRootListsAllCommands() {
        assertThat(natator("--help")).isZero();
        assertThat(out).contains(COMMANDS);
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

    /** Sources the script in a real bash, with a function in the place of the program. */
    @Test
    void completionWorksInBash() throws IOException, InterruptedException {
        natator("completion", "bash");
        String script = out + """

                natator() { printf 'translations/office\\ntranslations/branch\\n'; }
                try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _complete_natator_names; echo "${COMPREPLY[*]}"; }
                try natator st
                try natator get tr
                try natator get tr of
                try natator apply --dr
                try natator neighbors of
                try natator routes --translation br
                try natator sessions --translation br
                try natator sessions use -t of
                try natator whois 203.0.113.7 -p u
                """;
        Process bash = new ProcessBuilder("bash", "--norc")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = bash.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String[] answers = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        assertThat(bash.waitFor()).isZero();
        assertThat(answers)
                .containsExactly(
                        "status", "translations", "office", "--dry-run", "office", "branch", "branch", "office", "udp");
    }

    @Test
    void theServerOptionWinsOverTheEnvironment() {
        assertThat(natator("--server", "127.0.0.1:1", "get", "tr")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(natator("get", "tr", "--server", "127.0.0.1:1")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(natator("get", "tr", "--server", "127.0.0.1:port")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("get", "tr")).isZero();
    }
}
