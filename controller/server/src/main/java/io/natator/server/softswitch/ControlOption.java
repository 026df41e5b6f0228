package io.natator.server.softswitch;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running switch is meant. */
final class ControlOption {
    @Option(
            names = "--control",
            paramLabel = "PATH",
            description = "UNIX socket of the switch; default ${DEFAULT-VALUE}.",
            defaultValue = "/run/natator/switch.sock")
    private Path path;

    Path path() {
        return path;
    }
}
