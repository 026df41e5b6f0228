package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A line goes to a daemon's UNIX socket, and an answer comes back: as quick as BIRD's own client, or quicker. */
final class Control implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final BufferedReader lines;

    /** Waits for the daemon to listen. */
    Control(Path socket) {
        AtomicReference<SocketChannel> connected = new AtomicReference<>();
        Wait.until(socket.getFileName() + " to listen", LIMIT, () -> {
            connected.set(connect(socket));
            return true;
        });
        channel = connected.get();
        lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    private static SocketChannel connect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LabException(socket + ": " + e.getMessage(), e);
        }
    }

    void send(String command) {
        try {
            ByteBuffer out = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of an answer. */
    String line() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw new LabException("the daemon closed its control socket");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command, and returns the one line that answers it. */
    String ask(String command) {
        send(command);
        return line();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
