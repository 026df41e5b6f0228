package io.natator.server.softswitch;

import io.natator.softswitch.control.ControlClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running switch and prints the answer. */
abstract class Ask implements Callable<Integer> {
    /** How it is shown. */
    enum Output {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControlOption control;

    /** What to ask. */
    abstract String question();

    /** All that is to be asked, one after the other. */
    List<String> questions() throws IOException {
        return List.of(question());
    }

    @Override
    public final Integer call() {
        try {
            Path socket = control.find();
            for (String question : questions()) {
                List<String> lines = ControlClient.ask(socket, question);
                lines.forEach(spec.commandLine().getOut()::println);
            }
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("natator switch " + spec.name() + ": " + e.getMessage());
            return 1;
        }
    }

    /** One whose answer can be JSON as well. */
    abstract static class AsText extends Ask {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                description = "${COMPLETION-CANDIDATES}.",
                defaultValue = "text")
        private Output output;

        abstract String command();

        @Override
        final String question() {
            return (output == Output.json ? "json " : "") + command();
        }
    }
}
