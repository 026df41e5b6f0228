package io.natator.bgp.bmp;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.bmp.codec.BmpMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a collector what sessions do. It is called, never listened to. Each connection begins with all that is there; one that
 * does not take what it is told in time is ended, and begins again.
 */
public final class BmpExporter implements AutoCloseable {
    /** Who lets observers look on, and away. */
    public interface Sessions {
        void observe(SessionObserver observer);

        void unobserve(SessionObserver observer);
    }

    private static final Logger LOG = LoggerFactory.getLogger(BmpExporter.class);
    private static final int CONNECT_MILLIS = 10_000;
    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 60_000;
    private static final long LAST_WORDS_MILLIS = 2_000;
    /** How often an idle connection looks whether it is still wanted. */
    private static final long LOOK_MILLIS = 500;

    private final BmpConfig config;
    private final Sessions sessions;
    private final Supplier<Map<String, long[]>> routes;
    private final Counters counters;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Optional<Socket> connection = Optional.empty();
    private long pause = FIRST_PAUSE;

    /** @param routes by neighbour: heard, told */
    public BmpExporter(BmpConfig config, Sessions sessions, Supplier<Map<String, long[]>> routes, Counters counters) {
        this.config = config;
        this.sessions = sessions;
        this.routes = routes;
        this.counters = counters;
        this.thread = Thread.ofPlatform().name("bmp").daemon().unstarted(this::run);
    }

    public BmpExporter start() {
        thread.start();
        return this;
    }

    private void run() {
        String said = "";
        while (!closed) {
            try (Socket socket = new Socket()) {
                connection = Optional.of(socket);
                socket.connect(new InetSocketAddress(config.host(), config.port()), CONNECT_MILLIS);
                counters.add(Counter.BMP_CONNECTIONS);
                said = "";
                tell(socket);
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                if (!closed && !reason.equals(said)) {
                    LOG.warn("BMP collector {}:{}: {}", config.host(), config.port(), reason);
                    said = reason;
                }
            } catch (InterruptedException e) {
                LOG.debug("BMP ends");
            }
            rest();
        }
    }

    private void rest() {
        try {
            if (!closed) {
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("BMP ends");
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    private void tell(Socket socket) throws IOException, InterruptedException {
        BmpStream stream = new BmpStream(config.bufferOctets(), counters);
        OutputStream out = socket.getOutputStream();
        out.write(BmpMessages.initiation(config.systemName(), "Natator"));
        // A collector that stops reading blocks the writes below, but not for longer than until the buffer is full.
        sessions.observe(stream);
        Thread watch = Thread.ofVirtual().start(() -> closeWhenOver(stream, socket));
        try {
            pump(stream, out);
        } finally {
            sessions.unobserve(stream);
            watch.interrupt();
        }
    }

    private void pump(BmpStream stream, OutputStream out) throws IOException, InterruptedException {
        long every = config.statistics().toNanos();
        long statisticsAt = System.nanoTime() + every;
        while (!closed && !stream.over()) {
            Optional<byte[]> message = stream.next(LOOK_MILLIS);
            if (message.isPresent()) {
                out.write(message.get());
                counters.add(Counter.BMP_MESSAGES_SENT);
                pause = FIRST_PAUSE;
            }
            if (System.nanoTime() >= statisticsAt) {
                statisticsAt += every;
                stream.statistics(routes.get());
            }
        }
        if (stream.over()) {
            throw new IOException("it did not take what it was told; it will be told all anew");
        }
        out.write(BmpMessages.termination());
    }

    /** Frees a write that blocks. */
    private static void closeWhenOver(BmpStream stream, Socket socket) {
        try {
            stream.awaitOver();
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("the connection ended by itself");
        }
    }

    /** Says that monitoring ends, if the collector listens. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(LAST_WORDS_MILLIS);
            if (thread.isAlive()) {
                connection.ifPresent(BmpExporter::cut);
                thread.interrupt();
                thread.join(LAST_WORDS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }
}
