package io.natator.cli.command;

import io.natator.cli.client.Channels;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --server}, before a command or after it. */
public final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "ADDRESS",
            description = "The daemon, HOST:PORT or unix:PATH; NATATOR_SERVER in the environment, else "
                    + Channels.DEFAULT_ADDRESS + ".")
    private String address;

    /** The address, if it was given here. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }
}
