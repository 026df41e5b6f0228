package io.natator.softswitch.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks a running switch. */
public final class ControlClient {
    private ControlClient() {}

    /**
     * The answer to {@code command}, as {@link Inspector} understands it.
     *
     * @throws IOException if no switch listens there, or it refuses; the message is for people
     */
    public static List<String> ask(Path path, String command) throws IOException {
        try (SocketChannel channel = connect(path)) {
            ByteBuffer line = ByteBuffer.wrap((command.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                int _ = channel.write(line);
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            List<String> lines = in.lines().toList();
            if (lines.isEmpty()) {
                throw new IOException("the switch at " + path + " has too much to do");
            }
            if (!lines.getFirst().equals("ok")) {
                throw new IOException(lines.getFirst().replaceFirst("^error ", ""));
            }
            return lines.subList(1, lines.size());
        }
    }

    private static SocketChannel connect(Path path) throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new IOException(
                    "no switch answers at " + path + " (" + e.getMessage() + "): is it running, and"
                            + " is this its --control?",
                    e);
        }
    }
}
