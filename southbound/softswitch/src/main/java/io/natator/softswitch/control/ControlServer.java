package io.natator.softswitch.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers at a UNIX socket that only its owner may use. One thread a connection, few connections. */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST = 8;
    private static final int LONGEST_LINE = 300_000; // a packet in hexadecimal

    private final Path path;
    private final Inspector inspector;
    private final ServerSocketChannel listener;
    private final Semaphore room = new Semaphore(MOST);

    private ControlServer(Path path, Inspector inspector, ServerSocketChannel listener) {
        this.path = path;
        this.inspector = inspector;
        this.listener = listener;
    }

    /**
     * Listens. A socket that a process left behind is replaced.
     *
     * @throws IOException if another process listens there, or it cannot be made
     */
    public static ControlServer start(Path path, Inspector inspector) throws IOException {
        if (Files.exists(path)) {
            if (ControlSockets.answers(path)) {
                throw new IOException("another switch listens at " + path + ": give this one its own --control");
            }
            Files.delete(path);
        }
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot listen at " + path + ": " + e.getMessage(), e);
        }
        ControlServer server = new ControlServer(path, inspector, listener);
        Thread.ofVirtual().name("switch-control").start(server::accept);
        return server;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                if (room.tryAcquire()) {
                    Thread.ofVirtual().start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (listener.isOpen()) {
                    LOG.warn("control socket: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
                Writer out = new OutputStreamWriter(Channels.newOutputStream(client), StandardCharsets.UTF_8)) {
            inspector.answer(line(in), out);
            out.flush();
        } catch (IOException e) {
            LOG.debug("control socket: {}", e.getMessage());
        } finally {
            room.release();
        }
    }

    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("control socket: {}", e.getMessage());
        }
    }
}
