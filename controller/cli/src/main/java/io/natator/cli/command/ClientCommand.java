package io.natator.cli.command;

import io.grpc.StatusRuntimeException;
import io.natator.cli.Context;
import io.natator.cli.NatatorCommand;
import io.natator.cli.client.Client;
import io.natator.cli.client.Failure;
import io.natator.cli.output.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to the daemon. */
abstract class ClientCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server;

    @Spec
    private CommandSpec spec;

    /** Does the work; returns an exit code. */
    abstract int run(Client client);

    @Override
    public Integer call() {
        prepare();
        try (Client client = connect()) {
            try {
                return run(client);
            } catch (StatusRuntimeException e) {
                throw Failure.of(e, doing(), client);
            }
        }
    }

    /** The root, also of a command within another one. */
    private NatatorCommand natator() {
        return (NatatorCommand) spec.root().userObject();
    }

    /** To the daemon that was named. */
    Client connect() {
        return natator().connect(server);
    }

    /** Checks arguments and reads files, before anything is sent. */
    void prepare() {}

    /** What the command is busy with, for messages: its words, unless something better is known. */
    String doing() {
        return spec.name();
    }

    Context context() {
        return natator().context();
    }

    Terminal terminal() {
        return natator().context().terminal();
    }

    /** What {@code KIND [NAME...]} names. */
    Targets targets(List<String> words) {
        try {
            return Targets.parse(words);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    /** Wrong usage: the text, and where the help is. */
    ParameterException usage(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
