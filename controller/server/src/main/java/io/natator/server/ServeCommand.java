package io.natator.server;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code natator serve}: runs the daemon.
 *
 * <p>Its fields hold options only: classes of the daemon are first touched in {@link #call()}, so that other commands do
 * not load them.
 */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Run the controller.")
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "serve is not available in this build");
    }
}
