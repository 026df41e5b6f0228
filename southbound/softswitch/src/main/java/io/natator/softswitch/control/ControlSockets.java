package io.natator.softswitch.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where switches of a machine listen for commands if nothing else is said: one socket a datapath. */
public final class ControlSockets {
    /** Of all switches that are not told otherwise. */
    public static final Path DIRECTORY = Path.of("/run/natator");

    private ControlSockets() {}

    /** Of this datapath. */
    public static Path of(Path directory, long datapathId) {
        return directory.resolve("switch-" + Long.toHexString(datapathId) + ".sock");
    }

    /**
     * The only one at which a switch answers.
     *
     * @throws IOException if there is none or there are several; the message is for people
     */
    public static Path only(Path directory) throws IOException {
        List<Path> answering = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, "switch-*.sock")) {
                for (Path socket : sockets) {
                    if (answers(socket)) {
                        answering.add(socket);
                    }
                }
            }
        }
        Collections.sort(answering);
        return switch (answering.size()) {
            case 0 ->
                throw new IOException("no switch answers at " + directory.resolve("switch-*.sock")
                        + ": is it running, or does it have its own --control?");
            case 1 -> answering.getFirst();
            default -> throw new IOException("several switches run: say which, with --control, of " + answering);
        };
    }

    /** True if somebody listens there; a process that was killed leaves its socket behind. */
    static boolean answers(Path socket) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
