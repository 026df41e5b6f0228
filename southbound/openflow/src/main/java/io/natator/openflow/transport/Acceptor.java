package io.natator.openflow.transport;

import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.codec.Hello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and says HELLO on each before anything else is done with it, on a thread that has nothing else
 * to do. Open vSwitch 3.1 reads once after its own HELLO; if ours is not there by then, it looks again only when some
 * timer of its own fires, up to half a second later. It leaves us some tenths of a millisecond.
 */
final class Acceptor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 1024;
    private static final int REHEARSALS = 16;
    private static final Duration REHEARSAL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final int maxConnections;
    private final Counts counts;
    private final Consumer<SocketChannel> greeted;
    private final AtomicInteger connections = new AtomicInteger();
    private final ByteBuffer hello;
    private ServerSocketChannel listener;
    private Thread thread;

    /** @param greeted owns the connections that it is given, and calls {@link #left} for each that has ended */
    Acceptor(int maxConnections, Counts counts, Consumer<SocketChannel> greeted) {
        this.maxConnections = maxConnections;
        this.counts = counts;
        this.greeted = greeted;
        ByteBuf b = Unpooled.buffer();
        Hello.write(b, 0);
        hello = ByteBuffer.allocateDirect(b.readableBytes());
        b.readBytes(hello);
        hello.flip();
    }

    /**
     * Loads what accepting and greeting needs, by doing it some times at a port that nobody knows: the first greeting
     * of a process takes milliseconds.
     */
    static void rehearse() {
        try (Acceptor rehearsal = new Acceptor(REHEARSALS, new Counts(), Acceptor::close)) {
            InetSocketAddress stage = rehearsal.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < REHEARSALS; i++) {
                try (Socket socket = new Socket()) {
                    socket.connect(stage, (int) REHEARSAL.toMillis());
                    socket.setSoTimeout((int) REHEARSAL.toMillis());
                    int _ = socket.getInputStream().read();
                }
            }
        } catch (IOException e) {
            LOG.debug("no rehearsal: {}", e.getMessage()); // without a loopback interface the first switch waits
        }
    }

    /** Starts to listen; returns the address in use. */
    InetSocketAddress start(InetSocketAddress listen) throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open();
        try {
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(listen, BACKLOG);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        listener = opened;
        thread = Thread.ofPlatform().daemon().name("openflow-accept").start(this::run);
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private void run() {
        while (listener.isOpen()) {
            try {
                greet(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                counts.add(Count.CONNECTIONS_IO_ERROR);
                LOG.warn("cannot accept a connection: {}", e.getMessage());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos()); // out of descriptors: that does not pass at once
            }
        }
    }

    private void greet(SocketChannel connection) {
        if (connections.get() >= maxConnections) {
            counts.add(Count.CONNECTIONS_TURNED_AWAY_LIMIT);
            close(connection);
            return;
        }
        try {
            // a new socket takes so few bytes at once
            connection.write(hello.duplicate());
        } catch (IOException e) {
            counts.add(Count.CONNECTIONS_IO_ERROR);
            close(connection);
            return;
        }
        connections.incrementAndGet();
        try {
            greeted.accept(connection);
        } catch (RuntimeException e) {
            left();
            close(connection);
            throw e;
        }
    }

    /** A connection has ended that had been greeted. */
    void left() {
        connections.decrementAndGet();
    }

    static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", connection, e.getMessage());
        }
    }

    @Override
    public void close() {
        if (listener == null) {
            return;
        }
        try {
            listener.close();
            thread.join();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", listener, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
