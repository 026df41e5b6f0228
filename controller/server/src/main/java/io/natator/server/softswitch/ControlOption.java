package io.natator.server.softswitch;

import io.natator.softswitch.control.ControlSockets;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which running switch is meant. */
final class ControlOption {
    @Option(
            names = "--control",
            paramLabel = "PATH",
            description = "UNIX socket of the switch; default /run/natator/switch-DPID.sock, and for a command"
                    + " that of the only switch there is.")
    private Path path;

    /** Where the switch of this datapath listens. */
    Path of(long datapathId) {
        return path == null ? ControlSockets.of(ControlSockets.DIRECTORY, datapathId) : path;
    }

    /** Where the switch that is meant listens. */
    Path find() throws IOException {
        return path == null ? ControlSockets.only(ControlSockets.DIRECTORY) : path;
    }
}
