package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.NatatorCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code natator completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a completion script for a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(natator completion bash)                     in this shell",
            "  natator completion bash > /etc/bash_completion.d/natator",
            "  natator completion zsh > ~/.natator-completion && echo 'source ~/.natator-completion' >> ~/.zshrc",
        })
public final class CompletionCommand implements Callable<Integer> {
    /** Shells. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParentCommand
    private NatatorCommand natator;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    @Override
    public Integer call() {
        // picocli's script knows commands, options and kinds; ours adds names on top of it.
        String script = AutoComplete.bash("natator", spec.root().commandLine()) + names();
        switch (shell) {
            case BASH -> natator.context().terminal().out().println(script);
            case ZSH ->
                natator.context().terminal().out().println("autoload -U +X bashcompinit && bashcompinit\n" + script);
        }
        return ExitCode.OK;
    }

    private static String names() {
        try (InputStream in = CompletionCommand.class.getResourceAsStream("names.bash")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
